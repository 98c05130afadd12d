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
IVAP = Tributo("1016", "IVAP", "VAT", "gravado_ivap", N_("gravado con IVAP"))
ISC = Tributo("2000", "ISC", "EXC", "isc", N_("ISC"))
EXPORTACION = Tributo("9995", "EXP", "FRE", "exportacion", N_("exportación"))
GRATUITO = Tributo("9996", "GRA", "FRE", "gratuito", N_("gratuito"))
EXONERADO = Tributo("9997", "EXO", "VAT", "exonerado", N_("exonerado"))
INAFECTO = Tributo("9998", "INA", "FRE", "inafecto", N_("inafecto"))
ICBPER = Tributo("7152", "ICBPER", "OTH", "icbper", N_("ICBPER"))
OTROS = Tributo("9999", "OTROS", "OTH", "otros_tributos", N_("otros tributos"))

TRIBUTOS = (ISC, IGV, IVAP, EXPORTACION, GRATUITO, EXONERADO, INAFECTO, ICBPER, OTROS)

#: Affectations of retiros and bonificaciones: nobody pays, but the IGV of the value is told (rule 3111).
GRATUITAS_GRAVADAS = ("11", "12", "13", "14", "15", "16")
#: Gratuitas without IGV (rule 3110).
GRATUITAS_SIN_IGV = ("21", "31", "32", "33", "34", "35", "36", "37")
#: Affectations that are of a paid sale unless the line says that it is gratuita.
TAMBIEN_GRATUITAS = frozenset({"17", "40"})

#: Every affectation of catalog 07 and its tax in a paid sale, or that of what is given away.
AFECTACIONES: dict[str, Tributo] = {
    "10": IGV,
    **dict.fromkeys(GRATUITAS_GRAVADAS, GRATUITO),
    "17": IVAP,
    "20": EXONERADO,
    "30": INAFECTO,
    **dict.fromkeys(GRATUITAS_SIN_IGV, GRATUITO),
    "40": EXPORTACION,
}
