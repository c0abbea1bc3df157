"""The words of a request that failed, under the labels of the form in which they were typed."""

from collections.abc import Iterator
from typing import Any

from flask import Request
from wtforms import DateField, HiddenField
from wtforms.fields.core import UnboundField

from strategy_tracker.web.forms import Form
from strategy_tracker.web.kept import NEVER_KEPT

HIDDEN = NEVER_KEPT | {"form_key", "version", "seen"}
Fields = dict[str, Any]


def words_of(asked: Request) -> list[tuple[str, str]]:
    """Each field with its words, in the order in which they were sent; what nobody typed is left out.

    A request that failed early has built no form, so its form is the one that asks for these fields. Where there is
    none, or two that call a field otherwise, the field's own name stands for its label.
    """
    posted = {name: values for name, values in asked.form.lists() if name and name not in HIDDEN}
    forms = _asking_for(frozenset(posted))
    return [
        (_label(name, forms), words)
        for name, values in posted.items()
        for words in _words(values, [form[name] for form in forms])
        if words.strip()
    ]


def _asking_for(names: frozenset[str]) -> list[Fields]:
    """The fields of the smallest forms that have all of these."""
    found = [fields for form in _forms(Form) if names <= (fields := _fields(form)).keys()]
    least = min(map(len, found), default=0)
    return [fields for fields in found if len(fields) == least]


def _forms(form: type[Form]) -> Iterator[type[Form]]:
    yield form
    for each in form.__subclasses__():
        yield from _forms(each)


def _fields(form: type[Form]) -> Fields:
    every = ((name, getattr(form, name)) for name in dir(form))
    return {name: field for name, field in every if isinstance(field, UnboundField)}


def _label(name: str, forms: list[Fields]) -> str:
    labels = {(*form[name].args, form[name].kwargs.get("label"))[0] for form in forms}
    label = labels.pop() if len(labels) == 1 else None
    return str(label or name.replace("_", " ").replace("-", " ").capitalize())


def _words(values: list[str], fields: list[Any]) -> list[str]:
    """As they stood on the page: the boxes of a date in one line, a choice by its label, nothing that was hidden."""
    kinds = {field.field_class for field in fields}
    if kinds and all(issubclass(kind, HiddenField) for kind in kinds):
        return []
    if kinds and all(issubclass(kind, DateField) for kind in kinds):
        return [" ".join(values)]
    labels = {str(value): str(label) for field in fields for value, label, *_ in field.kwargs.get("choices") or ()}
    return [labels.get(value, value) if value else "" for value in values]
