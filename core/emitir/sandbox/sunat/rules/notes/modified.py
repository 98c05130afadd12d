"""What a nota modifies, and what SUNAT knows of it (2116, 2117, 2119 to 2121, 2524, 2884, 2885, 3209, 3286...)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from emitir.sandbox.records import REJECTED, VOIDED, Registered
from emitir.sandbox.sunat.rules.case import LINE, MODIFIED, ZERO, Case, exists, nodes, text, texts, to_number
from emitir.sandbox.sunat.rules.table import Hit, Table, code_set
from emitir.sandbox.sunat.xmlsafe import Element, parse

_ID = "cbc:ID"
_TYPE = "cbc:DocumentTypeCode"
#: Documents that SUNAT authorises beside facturas and boletas.
_AUTHORISED = code_set("05 06 12 13 15 16 18 21 28 30 34 37 42 43 45 55 11 17 23 24 56")
_OF_F = _AUTHORISED | {"01"}
_OF_B = frozenset({"03", "12", "16", "55"})
_NOTHING = frozenset({"", "-"})
_ANY = r"[a-zA-Z0-9-]{1,20}-[a-zA-Z0-9-]{1,20}"
_FORMATS = {
    "01": r"(F[A-Z0-9]{3}|E001|[0-9]{1,4})-[0-9]{1,8}",
    "03": r"(B[A-Z0-9]{3}|EB01|[0-9]{1,4})-[0-9]{1,8}",
    **dict.fromkeys(_AUTHORISED, _ANY),
    **dict.fromkeys(_NOTHING, rf"({_ANY})?"),
}
#: Types that stand in SUNAT's registry of electronic documents.
_REGISTERED = ("01", "03", "30", "34", "42")


def serie_of(node: Element) -> str:
    """Serie of a document named in a reference."""
    return text(node, _ID).partition("-")[0]


def known(case: Case, node: Element) -> Registered | None:
    """What SUNAT knows of a document named in a reference."""
    serie, _, number = text(node, _ID).partition("-")
    return case.find(text(node, _TYPE), serie, int(number)) if number.isascii() and number.isdigit() else None


def electronic(case: Case, node: Element) -> bool:
    """Whether SUNAT must know of the document: an electronic one of ours."""
    return text(node, _TYPE) in _REGISTERED and serie_of(node)[:1] in ("B", "F", "E")


def elsewhere(case: Case, node: Element) -> bool:
    """Whether it was issued through another of SUNAT's systems: then it exists, and no more is known of it."""
    return f"{case.name.ruc}-{text(node, _TYPE)}-{text(node, _ID)}" in case.lists.comprobantes_externos


def references(
    tipo: str, others: str, of_f: str, of_b: str, number: str, missing: str, voided: str, rejected: str
) -> Table:
    """The rules of a nota ``tipo``; ``others``: its type "otros conceptos", which need not modify anything."""
    table = Table(tipo)

    @table.rule("2524")
    def _none(case: Case, root: Element) -> Iterator[Hit]:
        free = "13" if tipo == "08" and case.rules_of_2027 else others
        if case.reason != free and not exists(root, MODIFIED):
            yield Hit(MODIFIED)

    @table.rule("3194")
    def _one_export(case: Case, root: Element) -> Iterator[Hit]:
        every = tipo == "08" and case.rules_of_2027
        if (case.reason == "11" or every) and len(nodes(root, MODIFIED)) > 1:
            yield Hit(MODIFIED, case.reason)

    def _wrong_type(case: Case, node: Element, first: str, allowed: frozenset[str]) -> Iterator[Hit]:
        serie = case.name.serie
        value = text(node, _TYPE)
        may_be = allowed | (_NOTHING if case.reason == others else frozenset())
        if (serie[0] if not serie.isdigit() else "0") == first and value not in may_be:
            yield Hit(f"{MODIFIED}/{_TYPE}", value)

    @table.rule(of_f, scope=MODIFIED)
    def _type_of_f(case: Case, node: Element) -> Iterator[Hit]:
        yield from _wrong_type(case, node, "F", _OF_F)

    @table.rule(of_b, scope=MODIFIED)
    def _type_of_b(case: Case, node: Element) -> Iterator[Hit]:
        yield from _wrong_type(case, node, "B", _OF_B)

    @table.rule("2594", scope=MODIFIED)
    def _type_on_paper(case: Case, node: Element) -> Iterator[Hit]:
        yield from _wrong_type(case, node, "0", _OF_F | {"03"})

    @table.rule("2884")
    def _mixed(case: Case, root: Element) -> Iterator[Hit]:
        types = {text(node, _TYPE) for node in nodes(root, MODIFIED)}
        if len(types) > 1:
            yield Hit(f"{MODIFIED}/{_TYPE}", " ".join(sorted(types)))

    @table.rule(number, scope=MODIFIED)
    def _number(case: Case, node: Element) -> Iterator[Hit]:
        pattern = _FORMATS.get(text(node, _TYPE))
        if pattern and not re.fullmatch(pattern, text(node, _ID), re.ASCII):
            yield Hit(f"{MODIFIED}/{_ID}", text(node, _ID))

    @table.rule("2365")
    def _repeated(case: Case, root: Element) -> Iterator[Hit]:
        keys = [(text(node, _TYPE), text(node, _ID)) for node in nodes(root, MODIFIED)]
        for key in sorted({key for key in keys if keys.count(key) > 1}):
            yield Hit(f"{MODIFIED}/{_ID}", key[1])

    def _asked(case: Case, node: Element) -> bool:
        # Sheet of notas de crédito: not for "otros conceptos"; that of notas de débito makes no difference.
        return electronic(case, node) and not (tipo == "07" and case.reason == others)

    @table.rule(missing, scope=MODIFIED)
    def _missing(case: Case, node: Element) -> Iterator[Hit]:
        if _asked(case, node) and not elsewhere(case, node) and known(case, node) is None:
            yield Hit(f"{MODIFIED}/{_ID}", text(node, _ID))

    def _in_state(code: str, state: str) -> None:
        @table.rule(code, scope=MODIFIED)
        def _check(case: Case, node: Element) -> Iterator[Hit]:
            document = known(case, node) if _asked(case, node) else None
            if document is not None and document.state == state:
                yield Hit(f"{MODIFIED}/{_ID}", text(node, _ID))

    _in_state(voided, VOIDED)
    _in_state(rejected, REJECTED)

    @table.rule("2885", scope=MODIFIED)
    def _earlier(case: Case, node: Element) -> Iterator[Hit]:
        document = known(case, node) if case.reason != others and electronic(case, node) else None
        if document is not None and text(case.root, "cbc:IssueDate") < document.issue_date:
            yield Hit("cbc:IssueDate", text(case.root, "cbc:IssueDate"))

    @table.rule("3209", "4368", scope=MODIFIED)
    def _currency(case: Case, node: Element) -> Iterator[Hit]:
        document = known(case, node) if electronic(case, node) else None
        if document is not None and document.currency != case.currency:
            yield Hit("cbc:DocumentCurrencyCode", case.currency)

    return table


CREDIT = references("07", "10", "2116", "2399", "2117", "2119", "2120", "2121")
DEBIT = references("08", "03", "2204", "2400", "2205", "2209", "2207", "2208")


@DEBIT.rule("3507")
def _taxed_penalty(case: Case, root: Element) -> Iterator[Hit]:
    if case.reason == "13":
        for value in texts(root, f"{LINE}//cbc:TaxExemptionReasonCode"):
            if not value.startswith("3"):
                yield Hit("cbc:TaxExemptionReasonCode", value)
                return


#: What only a nota de crédito is asked: how much it takes away, and type 13 (cuotas of a factura al crédito).
AMOUNTS = Table("07")


@AMOUNTS.rule("3286", "4028")
def _too_much(case: Case, root: Element) -> Iterator[Hit]:
    value = ZERO
    for node in nodes(root, MODIFIED):
        document = known(case, node) if electronic(case, node) else None
        if document is None:
            return
        value += to_number(document.total) or ZERO
    if case.reason != "10" and exists(root, MODIFIED) and case.payable > value:
        yield Hit("cac:LegalMonetaryTotal/cbc:PayableAmount", format(case.payable, "f"))


@AMOUNTS.rule("4367")
def _discount_of_boleta(case: Case, root: Element) -> Iterator[Hit]:
    if case.reason in ("04", "05", "08") and case.modifies == "03":
        yield Hit("cac:DiscrepancyResponse/cbc:ResponseCode", case.reason)


@AMOUNTS.rule("3261")
def _one_factura(case: Case, root: Element) -> Iterator[Hit]:
    if (case.reason == "13" or case.rules_of_2027) and len(nodes(root, MODIFIED)) > 1:
        yield Hit(MODIFIED, case.reason)


@AMOUNTS.rule("3259", scope=MODIFIED)
def _factura(case: Case, node: Element) -> Iterator[Hit]:
    if case.reason == "13" and text(node, _TYPE) != "01":
        yield Hit(f"{MODIFIED}/{_TYPE}", text(node, _TYPE))


@AMOUNTS.rule("3260", scope=MODIFIED)
def _on_credit(case: Case, node: Element) -> Iterator[Hit]:
    document = known(case, node) if case.reason == "13" and case.modifies == "01" else None
    kinds = "cac:PaymentTerms[cbc:ID='FormaPago']/cbc:PaymentMeansID"
    if document is not None and "Credito" not in texts(parse(document.xml), kinds):
        yield Hit(f"{MODIFIED}/{_ID}", text(node, _ID))
