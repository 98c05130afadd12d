"""Post an invoice in Odoo, and the comprobante is accepted by the sandbox SUNAT."""

from __future__ import annotations

from lxml import etree

from scripts.odoo.books import Books


def accepted(books: Books, move: int) -> dict[str, object]:
    """The state of an invoice that must have been accepted with its three files."""
    state = books.state(move)
    assert state["estado"] == "aceptado", state
    assert sorted(state["archivos"]) == ["cdr", "pdf", "xml"]
    return state


def test_a_posted_invoice_is_accepted_with_its_files_in_the_chatter(books: Books) -> None:
    move = books.invoice(books.customer(), books.line("CUADERNO A4 & <rayado>", 2, 100, books.tax("1000")))
    state = accepted(books, move)
    assert state["documento"] == "F001-1"
    assert state["codigo_documento"] == "20512345671-01-F001-1"
    xml = etree.fromstring(books.file(move, "xml"))
    assert "CUADERNO A4 & <rayado>" in "".join(xml.itertext())
    assert xml.xpath("string(//*[local-name()='PayableAmount'])") == "236.00"
    assert books.file(move, "pdf").startswith(b"%PDF-")
    messages = books.call(
        "mail.message",
        "search_read",
        [["model", "=", "account.move"], ["res_id", "=", move]],
        ["attachment_ids"],
    )
    assert sorted(len(message["attachment_ids"]) for message in messages)[-1] == 3
