"""The goods (2580, 2780, 2781, 3372, 3377 to 3379, 3396, 3425 to 3431, 3435, 3446, 4320)."""

from __future__ import annotations

from collections.abc import Iterator

from emitir import error_codes as codes
from emitir.errors import Problem
from emitir.i18n import N_
from emitir.peru.catalogs import catalog
from emitir.peru.guia.model_partes import Bien
from emitir.peru.guia.rules.finding import broken, found, missing
from emitir.peru.guia.traslado import ADUANA, DECLARACIONES, OTROS, Traslado

#: Papers that list the goods themselves, with or without the word that all of them are moved.
_LISTAN = frozenset({"01", "03", "04", "12", "48", "50", "52"})


def any_goods(guia: Traslado) -> Iterator[Problem]:
    """3435, and the line that a guía de remitente needs."""
    if guia.datos.items or guia.total_dam:
        return
    datos = guia.de_transportista
    if datos is not None:
        listed = bool(guia.tipos() & _LISTAN)
        covered = bool(guia.tipos() & (_LISTAN | {"09", "82"}))
        if covered and (not listed or datos.traslado_total):
            return
    yield missing("items", "3435", N_("Indique los bienes que se trasladan."))


def each(guia: Traslado) -> Iterator[Problem]:
    """Every one of the goods by itself."""
    numbers = {one.numero for one in guia.documentos if one.tipo in DECLARACIONES}
    for number, item in enumerate(guia.datos.items, 1):
        at = f"items-{number}-"
        if not guia.total_dam:
            yield from _basics(guia, item, at)
            yield from _regulated(guia, item, at)
        if guia.motivo in ADUANA and not guia.total_dam:
            yield from _declared(item, at, numbers)
        if item.codigo_sunat and item.normalizado and item.codigo_sunat not in catalog("62A"):
            text = N_("El código no es de un bien normalizado.")
            yield broken(text, f"{at}codigo_sunat", "3425")


def _basics(guia: Traslado, item: Bien, at: str) -> Iterator[Problem]:
    if not item.cantidad:
        yield missing(f"{at}cantidad", "2580", N_("La cantidad debe ser mayor que cero."))
    if not item.descripcion:
        yield missing(f"{at}descripcion", "2781")
    elif len(item.descripcion) < 3:
        yield broken(N_("Describa el bien con al menos tres letras."), f"{at}descripcion", "4084")
    if guia.motivo in ADUANA:
        if item.unidad not in catalog("65"):
            text = N_("La unidad {unidad} no está en el catálogo 65, que es el de importación y exportación.")
            yield found(codes.VALOR_NO_PERMITIDO, text, f"{at}unidad", "3446", unidad=item.unidad)
    elif item.unidad not in catalog("03") and not (guia.motivo == OTROS and item.unidad in catalog("65")):
        text = N_("La unidad {unidad} no está en el catálogo 03.")
        yield found(codes.VALOR_NO_PERMITIDO, text, f"{at}unidad", "4320", unidad=item.unidad)


def _regulated(guia: Traslado, item: Bien, at: str) -> Iterator[Problem]:
    """Goods that SUNAT regulates (catalog 62)."""
    if not item.normalizado:
        return
    if not item.codigo_sunat:
        yield missing(f"{at}codigo_sunat", "3372")
    if not item.partida_arancelaria:
        yield missing(f"{at}partida_arancelaria", "3426")
    elif item.partida_arancelaria not in catalog("62"):
        text = N_("La partida {partida} no está en el catálogo 62 de bienes normalizados.")
        yield broken(text, f"{at}partida_arancelaria", "3429", partida=item.partida_arancelaria)
    if guia.de_remitente and not guia.tipos() & {"49", "80"}:
        text = N_("Un bien normalizado lleva la constancia de depósito (49 u 80) como documento relacionado.")
        yield broken(text, f"{at}normalizado", "3379")


def _declared(item: Bien, at: str, numbers: set[str]) -> Iterator[Problem]:
    """Where in its declaration each of the goods stands, when not all of them are moved."""
    if not item.dam:
        yield missing(f"{at}dam", "3427")
    elif item.dam not in numbers:
        text = N_("La declaración {dam} no está entre los documentos relacionados.")
        yield broken(text, f"{at}dam", "3430", dam=item.dam)
    if not item.dam_serie:
        yield missing(f"{at}dam_serie", "3428")
