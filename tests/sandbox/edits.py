"""Edits of a document, to break one thing in it."""

from __future__ import annotations

import copy
from typing import Any

from lxml import etree

from tests.sandbox.names import NS, Edit


def _found(root: etree._Element, path: str) -> list[Any]:
    found = root.xpath(path, namespaces=NS)
    assert isinstance(found, list)
    assert found, path
    return found


def set_text(path: str, value: str) -> Edit:
    """Edit: give every element at ``path`` this text."""

    def edit(root: etree._Element) -> None:
        for element in _found(root, path):
            element.text = value

    return edit


def set_attribute(path: str, name: str, value: str | None) -> Edit:
    """Edit: set or (None) remove an attribute."""

    def edit(root: etree._Element) -> None:
        for element in _found(root, path):
            if value is None:
                del element.attrib[name]
            else:
                element.set(name, value)

    return edit


def drop(path: str) -> Edit:
    """Edit: remove the elements at ``path``."""

    def edit(root: etree._Element) -> None:
        for element in _found(root, path):
            element.getparent().remove(element)

    return edit


def add_after(path: str, xml: str) -> Edit:
    """Edit: put ``xml`` behind the first element at ``path``."""

    def edit(root: etree._Element) -> None:
        declarations = " ".join(f'xmlns:{p}="{NS[p]}"' for p in ("cac", "cbc", "ext", "ds"))
        wrapper = etree.fromstring(f"<w {declarations}>{xml}</w>")
        place = _found(root, path)[0]
        for element in reversed(wrapper):
            place.addnext(element)

    return edit


def double(path: str) -> Edit:
    """Edit: repeat the first element at ``path``."""

    def edit(root: etree._Element) -> None:
        element = _found(root, path)[0]
        element.addnext(copy.deepcopy(element))

    return edit
