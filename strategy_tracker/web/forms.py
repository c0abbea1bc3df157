"""What every form shares: its hidden fields, its GOV.UK fields, and where a refusal is shown."""

import hashlib
import secrets
from collections.abc import Iterator, Mapping
from typing import Any

from flask import Flask, request
from flask_wtf import FlaskForm
from flask_wtf.form import _Auto
from govuk_frontend_wtf.main import WTFormsHelpers
from govuk_frontend_wtf.wtforms_widgets import (
    GovCheckboxesInput,
    GovCheckboxInput,
    GovFileInput,
    GovRadioInput,
    GovSelect,
    GovTextArea,
    GovTextInput,
)
from jinja2 import ChoiceLoader, PackageLoader, PrefixLoader
from werkzeug.datastructures import MultiDict
from wtforms import (
    BooleanField,
    DateField,
    FileField,
    HiddenField,
    PasswordField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.validators import InputRequired

from strategy_tracker.numbers import whole_number
from strategy_tracker.web import kept

MINE = "mine-"
"""Before the names of the fields in which a page of two versions carries what the person wrote first."""


class Form(FlaskForm):
    """A form with its key (the same form sent twice is one save) and the version that the person started from.

    Words kept from a session that had ended fill it again; after a conflict, `keep=mine` takes the person's first
    words. `order` names the fields as they stand on the page; those that it leaves out follow. `beside` names those
    that are no part of what is edited, and so never in conflict.
    """

    class Meta(FlaskForm.Meta):
        def wrap_formdata(self, form: Any, formdata: Any) -> Any:
            if formdata is _Auto and request.form.get("keep") == "mine":
                return first_words(form, request.form)
            return super().wrap_formdata(form, formdata) or kept.words()

    order: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    form_key = HiddenField(default=lambda: secrets.token_urlsafe(18))
    version = HiddenField(default="0")

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.refusals: list[str] = []

    @property
    def started_from(self) -> int:
        """The version the person read; 0 (which no row has) where the field was meddled with."""
        return whole_number(str(self.version.data or "")) or 0

    @property
    def key(self) -> str:
        """The form's key with a digest of all that was typed, 64 characters; "" where the form carries none.

        The same words sent twice are one save. Words that changed before the second sending are another: they are
        saved or meet the conflict, and are not taken for what was saved already.
        """
        if not self.form_key.data:
            return ""
        typed = sorted((name, value) for name, value in request.form.items(multi=True) if name != "csrf_token")
        files = sorted((name, file.filename or "") for name, file in request.files.items(multi=True))
        return hashlib.sha256(repr((typed, files)).encode("utf-8", "surrogatepass")).hexdigest()

    def refuse(self, problems: Mapping[str, str]) -> None:
        """Shows the problems of an Invalid at their fields; what has no field here stands at the top alone."""
        for name, words in problems.items():
            field = self._fields.get(name)
            if field is None or isinstance(field, HiddenField):
                self.refusals.append(words)
            else:
                field.errors = [*field.errors, words]

    def problems(self) -> Iterator[tuple[str, str]]:
        """Each problem as (id of the field to go to, words); the id is "" where there is none."""
        for words in self.refusals:
            yield "", words
        for field in self.asks:
            if field.errors:
                yield first_id(field), str(field.errors[0])

    @property
    def asks(self) -> list[Any]:
        """The fields that a person sees, in order."""
        seen = [field for field in self if not isinstance(field, HiddenField)]
        return sorted(seen, key=lambda field: self.order.index(field.name) if field.name in self.order else len(seen))


def first_words(form: Any, posted: MultiDict[str, str]) -> MultiDict[str, str]:
    """What the person wrote before the conflict, with the hidden fields of the page that showed it."""
    mine = [(name.removeprefix(MINE), value) for name, value in posted.items(multi=True) if name.startswith(MINE)]
    hidden = [(field.name, posted.get(field.name, "")) for field in form if isinstance(field, HiddenField)]
    return MultiDict([*mine, *hidden])


def shown(field: Any) -> str:
    """What a field holds, in the words that the page has for it; several choices stand on several lines."""
    if isinstance(field, SelectMultipleField):
        return "\n".join(label for value, label, *_ in field.choices or [] if value in (field.data or []))
    if isinstance(field, SelectField):
        return next((label for value, label, *_ in field.choices or [] if str(value) == str(field.data)), "")
    if isinstance(field, BooleanField):
        return "Yes" if field.data else "No"
    if isinstance(field, DateField):
        return str(field.words)
    return str(field.data or "")


def labels_of(field: Any) -> list[tuple[str, str]]:
    """The choices as (value, label), in whichever way they were given to the field."""
    return [(str(choice[0]), str(choice[1])) for choice in field.iter_choices()]


def values_of(field: Any) -> list[str]:
    return [value for value, _ in labels_of(field)]


def posted_values(field: Any) -> list[str]:
    """What the browser would send for the field as it stands."""
    if isinstance(field, SelectMultipleField):
        return [str(value) for value in field.data or []]
    if isinstance(field, BooleanField):
        return ["1"] if field.data else []
    if isinstance(field, DateField):
        return field.boxes()
    return [str(field.data if field.data is not None else "")]


def first_id(field: Any) -> str:
    """The id of the element that takes the focus: the first choice of radios and ticks, else the field's own."""
    if isinstance(field, RadioField) or field.type == "Ticks":
        return str(field.name)
    return str(field.id)


class Line(StringField):
    """One line of text."""

    widget = GovTextInput()


class Words(TextAreaField):
    """Text of several lines."""

    widget = GovTextArea()


class SecretInput(GovTextInput):
    """A plain box: the design system's own has a button that only a script brings to life."""

    input_type = "password"

    def __call__(self, field: Any, **kwargs: Any) -> Any:
        return super().__call__(field, **{**kwargs, "value": ""})


class Secret(PasswordField):
    """A password; never sent back."""

    widget = SecretInput()


class Choice(SelectField):
    """One of a list."""

    widget = GovSelect()

    def pre_validate(self, form: Any) -> None:
        if self.data not in values_of(self):
            raise ValidationError(f"{self.label.text}: select one of the list")


class OneOf(RadioField):
    """One of a few, all in sight."""

    widget = GovRadioInput()

    def pre_validate(self, form: Any) -> None:
        if self.data not in values_of(self):
            raise ValidationError(f"{self.label.text}: select one")


class Ticks(SelectMultipleField):
    """Any of a few."""

    widget = GovCheckboxesInput()

    def pre_validate(self, form: Any) -> None:
        if not set(self.data or []) <= set(values_of(self)):
            raise ValidationError(f"{self.label.text}: select from the list")


class Tick(BooleanField):
    """Yes, or not."""

    widget = GovCheckboxInput()


class Upload(FileField):
    """A file."""

    widget = GovFileInput()


class ReasonForm(Form):
    """Nothing but why."""

    reason = Words("Reason", [InputRequired("Enter a reason")], description="The history keeps it")


def init_app(app: Flask) -> None:
    """Lets the templates of the GOV.UK fields be found beside the product's own; after Jinja's options are set."""
    packages = PrefixLoader({name: PackageLoader(name) for name in ("govuk_frontend_jinja", "govuk_frontend_wtf")})
    app.jinja_env.loader = ChoiceLoader([loader for loader in (app.jinja_env.loader, packages) if loader])
    WTFormsHelpers(app)
