"""Styles: elements of the same name, attributes and ancestors get one style, matched against the selectors once.

Holds only where no selector asks for an element's neighbours or place (`+`, `~`, `:first-child`): true of our
stylesheet, which a test watches, and of WeasyPrint's own for all that our templates contain. A page that brings styles
or form fields of its own takes WeasyPrint's way.
"""

from math import inf
from typing import Any

import weasyprint.css as weasy
from weasyprint.layout import page as pages

slow_page_styles = pages.set_page_type_computed_styles
OUT_OF_REACH = frozenset({"style", "link", "select", "option", "textarea", "input", "button", "fieldset"})
Declared = dict[str, tuple[Any, tuple[Any, ...]]]


class SharedStyles(weasy.StyleFor):
    """Computes what StyleFor computes, once for each kind of element."""

    def __init__(
        self, html: Any, sheets: Any, presentational_hints: bool, font_config: Any, target_collector: Any
    ) -> None:
        if any(element.tag in OUT_OF_REACH for element in html.etree_element.iter()):
            super().__init__(html, sheets, presentational_hints, font_config, target_collector)
            return
        self._cascaded_styles: dict[Any, Declared] = {}
        self._computed_styles: dict[Any, Any] = {}
        self.initial_page_sizes = {"box": None, "area": None}
        self._sheets = sheets
        self.font_config = font_config
        self._own = self._own_declarations(html, presentational_hints)
        self._first = {}
        self._style(html, target_collector)
        self._cascaded_styles.clear()
        self.kinds_of_page: set[Any] = set()
        selectors = [each for sheet, *_ in sheets for _, listed, _ in sheet.page_rules for each in listed]
        self.counts_pages = any(page_type.index is not None for _, _, page_type in selectors)

    #: Whether a rule asks for a page's number.
    counts_pages = True
    #: Each element to the first of its kind, which alone has styles.
    _first: dict[Any, Any] = {}

    def __call__(self, element: Any, pseudo_type: str | None = None) -> Any:
        if not self.counts_pages and isinstance(element, pages.PageType):
            element = _kind_of_page(element)
        element = self._first.get(element, element)
        style = self._computed_styles.get((element, pseudo_type))
        if style and "_settled" in style.__dict__:
            return style
        style = super().__call__(element, pseudo_type)
        if style is not None:
            style.__dict__["_settled"] = True
        return style

    def _own_declarations(self, html: Any, presentational_hints: bool) -> dict[Any, tuple[Declared, Any]]:
        """What an element's own attributes declare: its language, anchor, link and style."""
        found: dict[Any, tuple[Declared, Any]] = {}
        attributes = weasy.find_style_attributes(html.etree_element, presentational_hints, html.base_url)
        for specificity, element, declarations, base_url in attributes:
            style, _ = found.setdefault(element, ({}, None))
            for name, values, importance in weasy.preprocess_declarations(base_url, declarations):
                _declare(style, name, values, (weasy.declaration_precedence("author", importance), inf, specificity))
        return found

    def _style(self, html: Any, target_collector: Any) -> None:
        """In tree order: a parent has its style before its children ask for it."""
        first_of: dict[Any, Any] = {}
        for wrapper in html.wrapper_element.iter_subtree():
            element = wrapper.etree_element
            parent = self._first[wrapper.parent.etree_element] if wrapper.parent else None
            first = self._first[element] = first_of.setdefault((parent, element.tag, *element.attrib.items()), element)
            if first is element:
                self._compute(html, wrapper, element, parent, target_collector)

    def _compute(self, html: Any, wrapper: Any, element: Any, parent: Any, target_collector: Any) -> None:
        """The style of a first of its kind, and of its pseudo-elements."""
        found: dict[str | None, Declared] = {None: dict(self._own.get(element, ({}, None))[0])}
        for sheet, origin, sheet_specificity in self._sheets:
            for specificity, _, pseudo, (declarations, layer) in sheet.matcher.match(wrapper):
                order = inf if layer is None else sheet.layers.index(layer)
                for name, values, importance in declarations:
                    weight = (weasy.declaration_precedence(origin, importance), order, sheet_specificity or specificity)
                    _declare(found.setdefault(pseudo, {}), name, values, weight)
        for pseudo, declared in found.items():
            self._cascaded_styles[element, pseudo] = declared
            self.set_computed_styles(
                element,
                root=html.etree_element,
                parent=element if pseudo else parent,
                pseudo_type=pseudo,
                base_url=html.base_url,
                target_collector=target_collector,
            )


def _declare(style: Declared, name: str, values: Any, weight: tuple[Any, ...]) -> None:
    old = style.get(name)
    if old is None or old[1] <= weight:
        style[name] = values, weight


def set_page_type_computed_styles(page_type: Any, html: Any, style_for: Any) -> None:
    """Pages that no rule tells apart share their style and their margin boxes'."""
    if not isinstance(style_for, SharedStyles) or style_for.counts_pages:
        slow_page_styles(page_type, html, style_for)
        return
    kind = _kind_of_page(page_type)
    if kind not in style_for.kinds_of_page:
        style_for.kinds_of_page.add(kind)
        style_for.get_cascaded_styles().clear()
        slow_page_styles(kind, html, style_for)


def _kind_of_page(page_type: Any) -> Any:
    """The page type with its number forgotten, but for the first."""
    return page_type._replace(index=min(page_type.index, 1), groups=())


def apply() -> None:
    """Documents get the styles that are shared."""
    weasy.StyleFor = SharedStyles
    pages.set_page_type_computed_styles = set_page_type_computed_styles
