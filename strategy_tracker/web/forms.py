"""What every form shares: its hidden fields, its GOV.UK fields, and where a refusal is shown."""

import secrets
from collections.abc import Iterator, Mapping
from typing import Any

from flask import Flask
from flask_wtf import FlaskForm
from govuk_frontend_wtf.main import WTFormsHelpers
from govuk_frontend_wtf.wtforms_widgets import (
    GovCheckboxesInput,
    GovCheckboxInput,
    GovFileInput,
    GovPasswordInput,
    GovRadioInput,
    GovSelect,
    GovTextArea,
    GovTextInput,
)
from jinja2 import ChoiceLoader, PackageLoader, PrefixLoader
from wtforms import (
    BooleanField,
    FileField,
    HiddenField,
    PasswordField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)

LONGEST_VERSION = 9


class Form(FlaskForm):
    """A form with its key (the same form sent twice is one save) and the version that the person started from.

    WTForms fills `_fields` in order, so the error summary names the fields as they stand on the page.
    """

    form_key = HiddenField(default=lambda: secrets.token_urlsafe(18))
    version = HiddenField(default="0")

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.refusals: list[str] = []

    @property
    def started_from(self) -> int:
        """The version the person read; 0 (which no row has) where the field was meddled with."""
        given = self.version.data or ""
        return int(given) if given.isascii() and given.isdecimal() and len(given) <= LONGEST_VERSION else 0

    @property
    def key(self) -> str:
        """At most 64 characters, as the table of keys holds them."""
        return (self.form_key.data or "")[:64]

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
        for field in self:
            if field.errors:
                hidden = isinstance(field, HiddenField)
                yield "" if hidden else first_id(field), str(field.errors[0])

    @property
    def asks(self) -> list[Any]:
        """The fields that a person sees, in order."""
        return [field for field in self if not isinstance(field, HiddenField)]


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


class Secret(PasswordField):
    """A password; never sent back."""

    widget = GovPasswordInput()


class Choice(SelectField):
    """One of a list."""

    widget = GovSelect()


class OneOf(RadioField):
    """One of a few, all in sight."""

    widget = GovRadioInput()


class Ticks(SelectMultipleField):
    """Any of a few."""

    widget = GovCheckboxesInput()


class Tick(BooleanField):
    """Yes, or not."""

    widget = GovCheckboxInput()


class Upload(FileField):
    """A file."""

    widget = GovFileInput()


def init_app(app: Flask) -> None:
    """Lets the templates of the GOV.UK fields be found beside the product's own; after Jinja's options are set."""
    packages = PrefixLoader({name: PackageLoader(name) for name in ("govuk_frontend_jinja", "govuk_frontend_wtf")})
    app.jinja_env.loader = ChoiceLoader([loader for loader in (app.jinja_env.loader, packages) if loader])
    WTFormsHelpers(app)
