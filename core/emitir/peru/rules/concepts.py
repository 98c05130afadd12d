"""Concepts of catalog 55: those that an operation asks for, and what each is told with."""

from __future__ import annotations

from collections.abc import Iterable

from emitir import error_codes as codes
from emitir.i18n import N_
from emitir.money import cents
from emitir.peru import conceptos, productos
from emitir.peru.catalogs import catalog
from emitir.peru.comprobante import Comprobante
from emitir.peru.conceptos import Exigencia
from emitir.peru.model_item import Item, Propiedad
from emitir.peru.rules.engine import Report, rule
from emitir.peru.vigencias import RS_48_2026

_PLACA = "7000"
_SALES: dict[str, str | None] = {"07": None, "08": None}
_MISSING = N_("Falta el concepto {concept} ({name}) en las propiedades de la línea.")


def _told(item: Item) -> set[str]:
    return {one.codigo for one in item.propiedades} | ({_PLACA} if item.placa else set())


def _missing(report: Report, number: int, told: Iterable[str], wanted: tuple[Exigencia, ...]) -> None:
    for one in wanted:
        if one.concepto not in told:
            report(
                f"items-{number}-propiedades",
                _MISSING,
                code=one.regla,
                concept=one.concepto,
                name=catalog("55").description(one.concepto),
            )


@rule({"01": "3063", "03": "3063", **_SALES}, kind=codes.PROPIEDAD_FALTANTE, when="tipo_operacion")
def conceptos_de_operacion(c: Comprobante, report: Report) -> None:
    operation, items = c.tipo_operacion, c.datos.items
    every = conceptos.EN_CADA_LINEA.get(operation, ())
    for number, item in enumerate(items, 1):
        _missing(report, number, _told(item), every)
    some = conceptos.EN_ALGUNA_LINEA.get(operation, ())
    wanted = {one.concepto for one in some}
    if operation in {"2100", "2101", "2102"} and any(wanted <= _told(item) for item in items):
        return
    _missing(report, 1, set().union(*map(_told, items)) if items else set(), some)


@rule(
    {"01": "3150", "03": None, "08B": None, "07B": None}, kind=codes.PROPIEDAD_FALTANTE, when="codigo_sunat"
)
def conceptos_de_hipoteca(c: Comprobante, report: Report) -> None:
    for number, item in enumerate(c.datos.items, 1):
        if item.codigo_sunat != conceptos.HIPOTECA:
            continue
        told = _told(item)
        _missing(report, number, told, conceptos.DE_HIPOTECA)
        if any(one.codigo == "7002" and one.valor == "3" for one in item.propiedades):
            _missing(report, number, told, conceptos.DE_PRIMERA_VIVIENDA)


@rule({"01": "3146", "03": "3146", **_SALES}, kind=codes.PROPIEDAD_FALTANTE, when="propiedades")
def conceptos_del_estado(c: Comprobante, report: Report) -> None:
    own = {one.concepto for one in conceptos.DEL_ESTADO}
    for number, item in enumerate(c.datos.items, 1):
        told = _told(item)
        if told & own:
            _missing(report, number, told, conceptos.DEL_ESTADO)


@rule({"01": "2898", "03": "2898", **_SALES}, kind=codes.PROPIEDAD_FALTANTE, when="tipo_operacion")
def conceptos_de_seguro(c: Comprobante, report: Report) -> None:
    if c.tipo_operacion != "2104":
        return
    for number, item in enumerate(c.datos.items, 1):
        kind = next((one.valor for one in item.propiedades if one.codigo == "7015"), "")
        told = _told(item)
        if kind in {"1", "2"}:
            _missing(
                report, number, told, tuple(Exigencia(code, "2898") for code in ("7013", "7014", "7016"))
            )
        elif kind == "3":
            _missing(report, number, told, (Exigencia("7013", "2899"),))


@rule({"01": "", "03": ""}, source="Catálogo 55", kind=codes.VALOR_NO_PERMITIDO, when="propiedades")
def concepto_conocido(c: Comprobante, report: Report) -> None:
    for number, item in enumerate(c.datos.items, 1):
        seen: set[str] = {_PLACA} if item.placa else set()
        for place, one in enumerate(item.propiedades, 1):
            path = f"items-{number}-propiedades-{place}-codigo"
            if one.codigo not in catalog("55"):
                report(path, N_("El concepto {concept} no está en el catálogo 55."), concept=one.codigo)
            elif one.codigo in seen:
                report(path, N_("El concepto {concept} está repetido en la línea."), concept=one.codigo)
            seen.add(one.codigo)


@rule("3064", kind=codes.PROPIEDAD_FALTANTE, when="propiedades")
def valor_de_concepto(c: Comprobante, report: Report) -> None:
    for number, item in enumerate(c.datos.items, 1):
        for place, one in enumerate(item.propiedades, 1):
            name, code = _wanted(one)
            value = getattr(one, name)
            if value is None or value == "":
                report(
                    f"items-{number}-propiedades-{place}-{name}",
                    N_("El concepto {concept} se dice en {name}: falta."),
                    code=code,
                    concept=one.codigo,
                    name=name,
                )


def _wanted(one: Propiedad) -> tuple[str, str]:
    """The property that a concept is told in, and SUNAT's rule when it is missing."""
    if one.codigo in conceptos.FECHAS:
        return "fecha", "3065"
    if one.codigo in conceptos.HORAS:
        return "hora", "3172"
    if one.codigo == conceptos.VIGENCIA:
        return "fecha", "3243"
    if one.codigo == conceptos.CANTIDAD:
        return "cantidad", "3135"
    if one.codigo == conceptos.INTERES:
        return "cantidad", "3064"
    if one.codigo == conceptos.DIAS:
        return "dias", "3135"
    return "valor", "3064"


@rule("4280", kind=codes.FORMATO_INVALIDO, when="propiedades")
def forma_de_concepto(c: Comprobante, report: Report) -> None:
    for number, item in enumerate(c.datos.items, 1):
        for place, one in enumerate(item.propiedades, 1):
            if one.valor and not _fits(one):
                report(
                    f"items-{number}-propiedades-{place}-valor",
                    N_("El valor «{value}» no tiene la forma del concepto {concept}."),
                    code="4202" if one.codigo == "7021" else None,
                    value=one.valor,
                    concept=one.codigo,
                )


def _fits(one: Propiedad) -> bool:
    if numbered := conceptos.DE_CATALOGO.get(one.codigo):
        return one.valor in catalog(numbered)
    shortest, longest = conceptos.LARGOS.get(one.codigo, (1, 200))
    form = conceptos.FORMAS.get(one.codigo)
    return shortest <= len(one.valor) <= longest and (form is None or form.fullmatch(one.valor) is not None)


@rule("4281", kind=codes.FORMATO_INVALIDO, when="propiedades")
def forma_del_interes(c: Comprobante, report: Report) -> None:
    """Interest of an AFP: an amount of two decimals."""
    for number, item in enumerate(c.datos.items, 1):
        for place, one in enumerate(item.propiedades, 1):
            if (
                one.codigo == conceptos.INTERES
                and one.cantidad is not None
                and one.cantidad != cents(one.cantidad)
            ):
                report(
                    f"items-{number}-propiedades-{place}-cantidad",
                    N_("El interés lleva hasta dos decimales."),
                )


@rule("4366", kind=codes.PROPIEDAD_FALTANTE, when="propiedades")
def fin_de_vigencia(c: Comprobante, report: Report) -> None:
    for number, item in enumerate(c.datos.items, 1):
        for place, one in enumerate(item.propiedades, 1):
            if one.codigo == conceptos.VIGENCIA and one.fecha_fin is None:
                report(f"items-{number}-propiedades-{place}-fecha_fin", N_("Falta el fin de la vigencia."))


@rule({"01": "4282", **_SALES}, kind=codes.FORMATO_INVALIDO, when="propiedades")
def salida_despues_de_ingreso(c: Comprobante, report: Report) -> None:
    for number, item in enumerate(c.datos.items, 1):
        dates = {one.codigo: one.fecha for one in item.propiedades}
        arrival, departure = dates.get("4003"), dates.get("4004")
        if arrival and departure and departure < arrival:
            report(
                f"items-{number}-propiedades",
                N_("La fecha de salida del establecimiento es anterior a la de ingreso."),
            )


@rule(
    {"01": "4332", "03": "4332", "07": "4332", "08": "3496"},
    kind=codes.VALOR_NO_PERMITIDO,
    when="codigo_sunat",
)
def codigo_de_producto(c: Comprobante, report: Report) -> None:
    """An observation, of a nota de débito and for all from 2027 on a refusal (3496)."""
    code = "3496" if c.datos.fecha >= RS_48_2026 else None
    for number, item in enumerate(c.datos.items, 1):
        if item.codigo_sunat and not productos.known(item.codigo_sunat):
            report(
                f"items-{number}-codigo_sunat",
                N_("«{value}» no está en el catálogo 25 de SUNAT (código de producto)."),
                code=code,
                action=N_("Búsquelo en el catálogo de SUNAT, o deje la propiedad vacía."),
                value=item.codigo_sunat,
            )


@rule("4337", kind=codes.VALOR_NO_PERMITIDO, when="codigo_sunat")
def producto_hasta_la_clase(c: Comprobante, report: Report) -> None:
    for number, item in enumerate(c.datos.items, 1):
        if item.codigo_sunat and not productos.below_class(item.codigo_sunat):
            report(
                f"items-{number}-codigo_sunat",
                N_("El código de producto llega al menos hasta la clase: no termina en 0000."),
            )
