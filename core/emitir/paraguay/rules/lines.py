"""The lines as they were given (groups E700 to E770)."""

from __future__ import annotations

from emitir import error_codes as codes
from emitir.i18n import N_
from emitir.paraguay.amounts import CON_IVA
from emitir.paraguay.catalogs import catalog
from emitir.paraguay.comprobante import Comprobante
from emitir.paraguay.rules.engine import Report, rule
from emitir.paraguay.unidades import unit_code


@rule("1802", kind=codes.VALOR_NO_PERMITIDO)
def units(c: Comprobante, report: Report) -> None:
    """The unit of measure is in the table, by code or by representation."""
    wrong = {unit for unit in {item.unidad for item in c.datos.items} if unit_code(unit) is None}
    for number, item in enumerate(c.datos.items if wrong else (), 1):
        if item.unidad in wrong:
            text = N_(
                "La unidad «{unit}» no está en la tabla 5: use el código (77) o la representación (UNI)."
            )
            report(f"items-{number}-unidad", text, unit=item.unidad)
    carga = c.datos.carga
    if carga is not None:
        for name in ("unidad_volumen", "unidad_peso"):
            unit = getattr(carga, name)
            if unit and unit_code(unit) is None:
                text = N_(
                    "La unidad «{unit}» no está en la tabla 5: use el código (77) o la representación (UNI)."
                )
                report(f"carga-{name}", text, code="", unit=unit)


@rule("1850", kind=codes.PROPIEDAD_FALTANTE, tipos="1456")
def price(c: Comprobante, report: Report) -> None:
    """Every line has its price."""
    for number, item in enumerate(c.datos.items, 1):
        if item.precio_unitario is None:
            report(f"items-{number}-precio_unitario", N_("Falta el precio unitario, con IVA."))


@rule(tipos="14567", source="XSD v150, dCantProSer")
def quantity(c: Comprobante, report: Report) -> None:
    """Nothing is sold in a quantity of zero."""
    for number, item in enumerate(c.datos.items, 1):
        if not item.cantidad:
            report(f"items-{number}-cantidad", N_("Debe ser mayor que cero."), kind=codes.FORMATO_INVALIDO)


@rule("1906", "1904", "1905", "1907", "1908", "1902", tipos="156")
def affectation(c: Comprobante, report: Report) -> None:
    """Affectation, rate and proportion go together; tax that is not IVA taxes no line."""
    taxed_document = c.datos.tipo_impuesto in CON_IVA
    for number, item in enumerate(c.datos.items, 1):
        kind, share = item.afectacion_iva, item.proporcion_iva
        if taxed_document and share is None and kind == "1" and item.tasa_iva != "0":
            continue  # as almost every line is
        path, taxed = f"items-{number}", kind in "14"
        if taxed and item.tasa_iva == "0":
            report(f"{path}-tasa_iva", N_("Lo gravado tiene tasa 5 o 10."), code="1908")
        if not taxed and item.tasa_iva in {"5", "10"}:
            report(f"{path}-tasa_iva", N_("Lo exento o exonerado tiene tasa 0."), code="1907", suggestion="0")
        if kind == "4" and (share is None or not 0 < share < 100):
            report(
                f"{path}-proporcion_iva",
                N_("Lo gravado parcial tiene una proporción mayor que 0 y menor que 100."),
                code="1906",
            )
        if kind == "1" and share is not None and share != 100:
            report(
                f"{path}-proporcion_iva",
                N_("Lo gravado tiene proporción 100."),
                code="1904",
                suggestion="100",
            )
        if not taxed and share:
            report(f"{path}-proporcion_iva", N_("Lo exento o exonerado tiene proporción 0."), code="1905")
        if not taxed_document and taxed and c.datos.tipo_impuesto != "2":
            report(
                f"{path}-afectacion_iva",
                N_("El documento no está afectado al IVA (tipo_impuesto): el ítem es exento o exonerado."),
                code="",
            )
        if c.datos.tipo_impuesto == "2" and {"afectacion_iva", "tasa_iva"} & item.model_fields_set:
            report(
                f"{path}-afectacion_iva",
                N_("En operaciones afectadas al ISC no se informa el IVA."),
                code="1902",
            )


@rule("1853", tipos="156")
def net_price(c: Comprobante, report: Report) -> None:
    """Discounts and anticipos do not exceed the price."""
    percent = c.datos.descuento_global_porcentaje or 0
    for number, item in enumerate(c.datos.items, 1) if percent else c.particulares:
        price = item.precio_unitario
        if price is None:
            continue
        of_all = item.descuento_global
        taken = (item.descuento or 0) + (item.anticipo or 0) + (item.anticipo_global or 0)
        taken += of_all if of_all is not None else price * percent / 100
        if taken > price:
            report(
                f"items-{number}-precio_unitario",
                N_("Los descuentos y anticipos por unidad superan el precio."),
            )


@rule("1862", tipos="156")
def global_discount(c: Comprobante, report: Report) -> None:
    """The global discount of a line is the percentage of its price, 0.8 apart at most."""
    percent = c.datos.descuento_global_porcentaje
    if not percent:
        return
    for number, item in enumerate(c.datos.items, 1):
        if item.descuento_global is None or item.precio_unitario is None:
            continue
        right = item.precio_unitario * percent / 100
        if abs(item.descuento_global - right) * 10 > 8:
            report(
                f"items-{number}-descuento_global",
                N_("El descuento global por unidad es {right}, el {percent} % del precio."),
                right=format(right.normalize(), "f"),
                percent=format(percent.normalize(), "f"),
            )


@rule("1807", "1808")
def relevance(c: Comprobante, report: Report) -> None:
    """Breakage and loss are of a remisión, with a quantity or a percentage."""
    for number, item in c.particulares:
        if item.relevancia and c.tipo != "7":
            report(f"items-{number}-relevancia", N_("Solo se informa en una nota de remisión."), code="1807")
        elif item.relevancia and item.cantidad_merma is None and item.porcentaje_merma is None:
            report(
                f"items-{number}-cantidad_merma",
                N_("Informe la cantidad o el porcentaje de quiebra o merma."),
                kind=codes.PROPIEDAD_FALTANTE,
                code="1808",
            )


@rule("1804", kind=codes.VALOR_NO_PERMITIDO)
def origin(c: Comprobante, report: Report) -> None:
    """The country of origin is in the table."""
    for number, item in c.particulares:
        if item.pais_origen and item.pais_origen not in catalog("paises"):
            report(
                f"items-{number}-pais_origen",
                N_("El país {country} no está en la tabla de la DNIT."),
                country=item.pais_origen,
            )
        car = item.vehiculo
        if car is not None and car.combustible == "9" and not car.combustible_descripcion:
            report(
                f"items-{number}-vehiculo-combustible_descripcion",
                N_("Describa el combustible."),
                kind=codes.PROPIEDAD_FALTANTE,
                code="",
            )


@rule("2050", "2051", "2052", "2053", "2054", "2055", tipos="156")
def cycle(c: Comprobante, report: Report) -> None:
    """A cycle has a beginning and an end, in that order; payments fall due from the day of issue on."""
    more = c.datos.adicionales
    if more is None:
        return
    if more.ciclo and more.ciclo_inicio is None:
        report("adicionales-ciclo_inicio", N_("Falta el inicio del ciclo."), kind=codes.PROPIEDAD_FALTANTE)
    if more.ciclo_inicio is not None and not more.ciclo:
        report("adicionales-ciclo_inicio", N_("Sin ciclo no se informa su inicio."), code="2051")
    if more.ciclo_inicio is not None and more.ciclo_fin is None:
        text = N_("Falta el fin del ciclo.")
        report("adicionales-ciclo_fin", text, kind=codes.PROPIEDAD_FALTANTE, code="2052")
    if more.ciclo_fin is not None and more.ciclo_inicio is None:
        report("adicionales-ciclo_fin", N_("Sin inicio del ciclo no se informa su fin."), code="2053")
    if more.ciclo_inicio and more.ciclo_fin and more.ciclo_fin < more.ciclo_inicio:
        report("adicionales-ciclo_fin", N_("El ciclo termina antes de empezar."), code="2054")
    for number, day in enumerate(more.vencimientos, 1):
        if day < c.datos.fecha:
            report(f"adicionales-vencimientos-{number}", N_("Vence antes de la emisión."), code="2055")


@rule(source="XSD v150, tLectura", tipos="1")
def meter(c: Comprobante, report: Report) -> None:
    """A meter does not run backwards: the consumption would be negative."""
    for number, energia in enumerate(c.datos.energia, 1):
        before, now = energia.lectura_anterior, energia.lectura_actual
        if before is not None and now is not None and now < before:
            report(f"energia-{number}-lectura_actual", N_("La lectura actual es menor que la anterior."))
