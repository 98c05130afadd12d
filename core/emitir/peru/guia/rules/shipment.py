"""Motive, weight, packages and containers (2523, 2532, 2880, 3392 to 3395, 3404, 3405, 3418 to 3423, 3450, 3451, 3457, 3615)."""

from __future__ import annotations

from collections.abc import Iterator

from emitir import error_codes as codes
from emitir.errors import Problem
from emitir.i18n import N_
from emitir.peru.catalogs import catalog
from emitir.peru.guia.rules.finding import broken, found, missing
from emitir.peru.guia.traslado import ADUANA, IMPORTACION, OTROS, Traslado

_CONTENEDORES = 2


def motive(guia: Traslado) -> Iterator[Problem]:
    """3404, 3405, 3457, 4190."""
    datos = guia.de_remitente
    if datos is None:
        return
    if not datos.motivo_traslado:
        yield missing("motivo_traslado", "3404")
    elif not catalog("20").holds(datos.motivo_traslado, datos.fecha):
        text = N_("El motivo {motivo} no está en el catálogo 20.")
        motivo = datos.motivo_traslado
        yield found(codes.VALOR_NO_PERMITIDO, text, "motivo_traslado", "3405", motivo=motivo)
    if datos.motivo_traslado == OTROS:
        if not datos.descripcion_motivo:
            yield missing("descripcion_motivo", "3457", N_("Describa el motivo del traslado."))
        elif sum(letter.isalpha() for letter in datos.descripcion_motivo) < 3:
            yield broken(N_("Describa el motivo con al menos tres letras."), "descripcion_motivo", "4190")


def modality(guia: Traslado) -> Iterator[Problem]:
    """2532, 3450, 3451, 3615."""
    datos = guia.de_remitente
    if datos is None:
        return
    if datos.modalidad is None:
        yield missing("modalidad", "2532")
    if not datos.vehiculo_transportista:
        return
    at = "vehiculo_transportista"
    if guia.privado:
        yield broken(N_("En transporte privado el vehículo es de la misma empresa."), at, "3450")
    if guia.publico and datos.vehiculo_m1l:
        yield broken(N_("Un vehículo M1 o L no se declara."), at, "3451")
    if guia.publico and datos.transbordo:
        yield broken(N_("Con transbordo no se declara el vehículo del transportista."), at, "3615")


def weight(guia: Traslado) -> Iterator[Problem]:
    """2523, 2880."""
    if guia.datos.peso_bruto is None:
        yield missing("peso_bruto", "2880")
    elif not guia.datos.peso_bruto:
        yield found(codes.FORMATO_INVALIDO, N_("El peso debe ser mayor que cero."), "peso_bruto", "2523")


def customs(guia: Traslado) -> Iterator[Problem]:
    """3392, 3395, 3418, 3419, 4383, 4387, 4437: what only imports and exports tell."""
    datos = guia.de_remitente
    if datos is None:
        return
    if guia.motivo not in ADUANA:
        for name, given, code in (
            ("traslado_total_dam", datos.traslado_total_dam, "3392"),
            ("peso_items", datos.peso_items is not None, "3395"),
            ("sustento_peso", bool(datos.sustento_peso), "3418"),
        ):
            if given:
                yield broken(N_("Va solo en importación (08) y exportación (09)."), name, code)
        return
    if not datos.traslado_total_dam:
        if datos.peso_items is None:
            yield missing("peso_items", "4383")
        if not datos.sustento_peso:
            yield missing("sustento_peso", "4387")
        if guia.motivo == IMPORTACION:
            text = N_("El control de los saldos por trasladar de la DAM o DS es de la empresa.")
            yield broken(text, "traslado_total_dam", "4437")
    if datos.bultos is None and not datos.contenedores:
        yield missing("bultos", "3419", N_("Indique los bultos o los contenedores."))


def containers(guia: Traslado) -> Iterator[Problem]:
    """3420 to 3423: up to two, each with its seal, none twice."""
    datos = guia.de_remitente
    if datos is None:
        return
    at_customs = guia.motivo in ADUANA
    if at_customs and len(datos.contenedores) > _CONTENEDORES:
        yield broken(N_("Van hasta dos contenedores."), "contenedores", "3420")
    numbers: set[str] = set()
    seals: set[str] = set()
    for number, one in enumerate(datos.contenedores, 1):
        at = f"contenedores-{number}-"
        if one.numero in numbers:
            yield broken(N_("El contenedor está repetido."), f"{at}numero", "3421")
        if at_customs and not one.precinto:
            yield missing(f"{at}precinto", "3422")
        if one.precinto and one.precinto in seals:
            yield broken(N_("El precinto está repetido."), f"{at}precinto", "3423")
        numbers.add(one.numero)
        seals.add(one.precinto)
