"""What SUNAT knows of the sales of a percepción (2609, 2610, 3312, 3325, 3328, 3329)."""

from __future__ import annotations

from collections.abc import Iterator

from emitir.sandbox.records import ACCEPTED, Registered
from emitir.sandbox.sunat.rules.case import Case, text, texts
from emitir.sandbox.sunat.rules.table import Hit, Table
from emitir.sandbox.sunat.rules.withholding.kinds import PERCEPTION
from emitir.sandbox.sunat.rules.withholding.references import EXCEPTIONAL
from emitir.sandbox.sunat.xmlsafe import Element, parse

TABLE = Table("40")

_SCOPE = PERCEPTION.reference
_TYPE = "cbc:ID/@schemeID"
#: Type of operation of a sale that carries its percepción itself.
_SUBJECT = "2001"


def _document(case: Case, node: Element) -> Registered | None:
    serie, _, number = text(node, "cbc:ID").partition("-")
    return case.find(text(node, _TYPE), serie, int(number)) if number.isdecimal() else None


def _sale(case: Case, node: Element, tipo: str) -> Element | None:
    """The sale as it was sent, when it is of this type and SUNAT has it."""
    document = _document(case, node) if text(node, _TYPE) == tipo else None
    return parse(document.xml) if document is not None and not document.informed_by else None


@TABLE.rule("2609", scope=_SCOPE)
def _unknown(case: Case, node: Element) -> Iterator[Hit]:
    tipo, number = text(node, _TYPE), text(node, "cbc:ID")
    asked = (tipo in ("01", "07", "08") and number.startswith("F")) or (
        tipo in ("01", "03", "07", "08") and number.startswith(("E001", "EB01"))
    )
    if not asked or f"{case.name.ruc}-{tipo}-{number}" in case.lists.comprobantes_externos:
        return
    document = _document(case, node)
    if document is None or document.state != ACCEPTED:
        yield Hit(f"{_SCOPE}/cbc:ID", number)


@TABLE.rule("2610", scope=_SCOPE)
def _date(case: Case, node: Element) -> Iterator[Hit]:
    document = _document(case, node) if text(node, "cbc:ID")[:1] in ("F", "B", "E") else None
    if document is not None and text(node, "cbc:IssueDate") != document.issue_date:
        yield Hit(f"{_SCOPE}/cbc:IssueDate", text(node, "cbc:IssueDate"))


def _subject_itself(code: str, tipo: str, *, exceptional_too: bool) -> None:
    @TABLE.rule(code, scope=_SCOPE)
    def _check(case: Case, node: Element) -> Iterator[Hit]:
        if not exceptional_too and text(case.root, EXCEPTIONAL):
            return
        sale = _sale(case, node, tipo)
        if sale is not None and text(sale, "cbc:InvoiceTypeCode/@listID") == _SUBJECT:
            yield Hit(f"{_SCOPE}/cbc:ID", text(node, "cbc:ID"))


_subject_itself("3312", "01", exceptional_too=False)
_subject_itself("3328", "03", exceptional_too=True)


def _paid(code: str, how: str, *, exceptional: bool) -> None:
    @TABLE.rule(code, scope=_SCOPE)
    def _check(case: Case, node: Element) -> Iterator[Hit]:
        sale = _sale(case, node, "01") if (text(case.root, EXCEPTIONAL) == "01") == exceptional else None
        if sale is None:
            return
        if how in texts(sale, "cac:PaymentTerms[cbc:ID='FormaPago']/cbc:PaymentMeansID"):
            yield Hit(f"{_SCOPE}/cbc:ID", text(node, "cbc:ID"))


_paid("3325", "Credito", exceptional=True)
_paid("3329", "Contado", exceptional=False)
