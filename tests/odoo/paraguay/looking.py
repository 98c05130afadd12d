"""What the tests look at after an invoice was posted."""

from __future__ import annotations

from decimal import Decimal

from lxml import etree

from scripts.odoo.paraguay import PyBooks


def approved(books: PyBooks, move: int) -> etree._Element:
    """The XML of an invoice that must have been approved, with its totals equal to Odoo's."""
    state = books.state(move)
    assert state["estado"] in ("aceptado", "observado"), state
    assert {"pdf", "xml"} <= set(state["archivos"])
    xml = etree.fromstring(books.file(move, "xml"))
    total = Decimal(texts(xml, "dTotGralOpe")[0])
    odoo = Decimal(str(books.read("account.move", move, "amount_total")["amount_total"]))
    assert abs(total - odoo) < Decimal("0.01")
    return xml


def texts(xml: etree._Element, name: str) -> list[str]:
    return [str(text) for text in xml.xpath(f"//*[local-name()='{name}']/text()")]


def told(books: PyBooks, move: int) -> str:
    """The last message of an invoice."""
    domain = [["model", "=", "account.move"], ["res_id", "=", move]]
    return str(
        books.call("mail.message", "search_read", domain, ["body"], limit=1, order="id desc")[0]["body"]
    )
