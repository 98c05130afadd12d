"""The one way XML from outside is read: no entities, no network, no DOCTYPE, bounded size."""

from __future__ import annotations

import re

from lxml import etree

#: Largest document that is read, in bytes.
MAX_SIZE = 20_000_000
_ROOT = re.compile(rb"<[A-Za-z_:]")


class UnsafeXmlError(ValueError):
    """Not XML, or XML that tries something: a DOCTYPE, an entity, too much of it."""


def parse(data: bytes, max_size: int = MAX_SIZE) -> etree._Element:
    """The root element of ``data``. Raises :class:`UnsafeXmlError`, whose text never repeats the data."""
    if len(data) > max_size:
        raise UnsafeXmlError("demasiado grande")
    root_at = _ROOT.search(data)
    if b"<!DOCTYPE" in data[: root_at.start() if root_at else None]:
        raise UnsafeXmlError("DOCTYPE")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_pis=True
    )
    try:
        root = etree.fromstring(data.strip(), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise UnsafeXmlError("XML mal formado") from error
    # In UTF-16, or behind a comment, the search above misses it, so the parser is asked too.
    docinfo = root.getroottree().docinfo
    if docinfo.doctype or docinfo.internalDTD is not None:
        raise UnsafeXmlError("DOCTYPE")
    return root


def local_name(element: etree._Element) -> str:
    """The element's name without its namespace; empty for a comment."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def text_of(element: etree._Element | None) -> str:
    """All text inside ``element``, with single blanks; empty for none."""
    return "" if element is None else " ".join("".join(element.itertext()).split())
