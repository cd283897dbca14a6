"""Forms of a page as a browser fills them in: only fields and choices that are there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from lxml import html
from werkzeug.datastructures import MultiDict

Value = str | list[str] | tuple[bytes, str]
"""A text or the one choice, the boxes that are ticked, or a file with its name."""
Given = Mapping[str, Value]


@dataclass(frozen=True)
class PageForm:
    """One form of a page."""

    element: Any

    @property
    def action(self) -> str:
        """Return where the form is sent; empty is the page itself."""
        return str(self.element.get("action") or "")

    @property
    def names(self) -> set[str]:
        """Return the names of its fields."""
        return {control.get("name") for control in self._controls()}

    @property
    def buttons(self) -> set[str]:
        """Return the buttons that tell which of them was pressed, as `name=value`."""
        found = self.element.xpath(".//button[@name][not(@form)]")
        if self.element.get("id"):
            found += self._outside("self::button")
        return {f"{each.get('name')}={each.get('value') or ''}" for each in found}

    def filled(self, given: Given, press: str = "") -> MultiDict[str, Any]:
        """Return what a browser sends when the given fields are filled and a button is pressed."""
        missing = set(given) - self.names
        assert not missing, f"{self.action} has no field {missing}; it has {self.names}"
        sent: MultiDict[str, Any] = MultiDict()
        for control in self._controls():
            name = control.get("name")
            for value in _values(control, given.get(name)):
                sent.add(name, value)
        if press:
            sent.add(*press.split("=", 1))
        return sent

    def _controls(self) -> list[Any]:
        inside = "(self::input or self::select or self::textarea) and @name and not(@disabled)"
        found = self.element.xpath(f".//*[{inside}][not(@form)]")
        if self.element.get("id"):
            found += self._outside(inside)
        return [each for each in found if each.get("type") not in ("submit", "image", "reset")]

    def _outside(self, kind: str) -> list[Any]:
        """Return the controls that stand elsewhere on the page and name this form."""
        name = self.element.get("id")
        return list(self.element.getroottree().xpath(f"//*[{kind}][@form='{name}']"))


def forms_of(document: Any) -> list[PageForm]:
    """Return the forms of a page that send something."""
    return [PageForm(each) for each in document.xpath("//main//form[@method='post']")]


def _values(control: Any, given: Value | None) -> Iterator[Any]:
    """Return what one control sends."""
    if control.tag == "select":
        yield from _chosen(control, given)
    elif control.get("type") in ("checkbox", "radio"):
        own = control.get("value") or "on"
        wanted = [given] if isinstance(given, str) else given
        if own in wanted if wanted is not None else control.get("checked") is not None:
            yield own
    elif control.get("type") == "file":
        if isinstance(given, tuple):
            content, name = given
            yield BytesIO(content), name
    else:
        # A browser leaves out the line break with which a text begins.
        text = (control.text or "").removeprefix("\n")
        kept = text if control.tag == "textarea" else control.get("value")
        yield given if isinstance(given, str) else kept or ""


def _chosen(control: Any, given: Value | None) -> Iterator[str]:
    options = [each.get("value", each.text) for each in control.xpath(".//option")]
    if isinstance(given, str):
        given = [given]
    if given is None:
        given = [
            each.get("value", each.text) for each in control.xpath(".//option[@selected]")
        ] or ([] if control.get("multiple") is not None else options[:1])
    for each in given:
        assert each in options, f"{control.get('name')} offers no {each}, but {options}"
        yield str(each)


def parsed(text: str) -> Any:
    """Return a page as a tree."""
    return html.fromstring(text)
