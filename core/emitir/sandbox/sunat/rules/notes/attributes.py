"""Attributes of a nota that say which catalog a code is of (4251 to 4259)."""

from __future__ import annotations

from emitir.sandbox.sunat.rules.attributes import COMMON, DETRACCION, Row, code_list, table_of
from emitir.sandbox.sunat.rules.case import MODIFIED


def _rows(name: str, catalog: str) -> tuple[Row, ...]:
    return (
        *COMMON,
        ("cac:DiscrepancyResponse/cbc:ResponseCode", code_list(name, catalog)),
        (f"{MODIFIED}/cbc:DocumentTypeCode", code_list("Tipo de Documento", "01")),
    )


CREDIT_ATTRIBUTES = table_of(_rows("Tipo de nota de credito", "09"), "07")
DEBIT_ATTRIBUTES = table_of((*_rows("Tipo de nota de debito", "10"), *DETRACCION), "08")
