"""Affectation to the IGV (catalog 07) and the tax that it means (catalog 05): spec.md §5, "Mapping"."""

from __future__ import annotations

from dataclasses import dataclass

from emitir.i18n import N_


@dataclass(frozen=True, slots=True)
class Tributo:
    """A row of catalog 05 as the XML names it: code, name, international type; ``kind`` of total."""

    code: str
    name: str
    type_code: str
    kind: str
    label: str


IGV = Tributo("1000", "IGV", "VAT", "gravado", N_("gravado"))
EXONERADO = Tributo("9997", "EXO", "VAT", "exonerado", N_("exonerado"))
INAFECTO = Tributo("9998", "INA", "FRE", "inafecto", N_("inafecto"))
ICBPER = Tributo("7152", "ICBPER", "OTH", "icbper", N_("ICBPER"))

#: Affectations that can be issued today.
AFECTACIONES: dict[str, Tributo] = {"10": IGV, "20": EXONERADO, "30": INAFECTO}
