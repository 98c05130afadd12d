"""What the KuDE says (spec.md §13), as text: stored with the document. Only data of the signed document.

Contract of the stored data, version 1 (absent keys mean that there is nothing to print): ``v`` 1; ``tipo``;
``ambiente``; ``denominacion``; ``numero`` (``001-001-0000021``); ``creado`` (ISO); ``cdc``; ``qr``: the address of the
XML, to the letter; ``consulta``; ``emisor`` {``nombre``, ``ruc``, ``fantasia``, ``lineas``}; ``timbrado``: lines of the box;
``receptor``, ``datos``, ``referencias``, ``traslado``, ``totales``, ``iva``, ``pago``: label and value; ``detalle``, a list per line:
code, description, unit, quantity, unit price, discount, anticipo, exempt, 5 %, 10 %, total; ``renglones``, the same lines for a
tape: words, quantity and price, tax, amount; ``total``: label and value; ``letras``; ``firmas``: who signs on the paper;
``cuotas``: number, date, amount; ``notas``: title and text.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from emitir.money import round_amount
from emitir.paraguay import cdc
from emitir.paraguay.amounts import CON_CAMIVA, CON_IVA, NADA, Linea
from emitir.paraguay.catalogs import catalog, literal
from emitir.paraguay.comprobante import Comprobante
from emitir.paraguay.documents.partes import place_of
from emitir.paraguay.documents.qr import CONSULTA
from emitir.paraguay.model import DocumentoAsociado, LugarTransaccion, Vendedor
from emitir.paraguay.plazos import ASUNCION
from emitir.paraguay.printed_trip import trip
from emitir.paraguay.unidades import unit_code, unit_literal
from emitir.printing.figures import grouped
from emitir.text import amount_in_words, number_in_words

VERSION = 1
_SIMBOLOS = {"PYG": "Gs.", "USD": "US$", "EUR": "€", "BRL": "R$", "ARS": "AR$"}
#: What is signed by hand on a remisión that goes with the goods.
_FIRMAS = ["Entregado por", "Transportado por", "Recibí conforme: aclaración, documento y fecha"]
_MONEDAS = {"PYG": "Guaraníes", "USD": "Dólares americanos", "EUR": "Euros", "BRL": "Reales"}


def figure(value: Decimal, places: int = 0) -> str:
    """``1.234,5``: point for thousands, comma for decimals, none lost."""
    return grouped(value, places, ",", ".")


def day(value: date) -> str:
    """``dd-mm-aaaa``, as the DNIT prints dates."""
    return f"{value.day:02}-{value.month:02}-{value.year:04}"


def amount(value: Decimal, currency: str) -> str:
    """Guaraníes without decimals, other currencies with two."""
    places = 0 if currency == "PYG" else 2
    return figure(round_amount(value, places), places)


def money(value: Decimal, currency: str) -> str:
    """With its symbol: ``Gs. 15.000``."""
    return f"{_SIMBOLOS.get(currency, currency)} {amount(value, currency)}"


def printable(c: Comprobante) -> dict[str, Any]:
    """Everything that the KuDE says, as JSON values. Raises ValueError before the document was signed."""
    if not c.qr:
        raise ValueError("the KuDE carries the QR of the signed document: sign it first")
    datos, emisor = c.datos, c.emisor
    timbrado, establecimiento, punto, serie = c.partes_serie
    stored: dict[str, Any] = {
        "v": VERSION,
        "tipo": datos.tipo,
        "ambiente": emisor.ambiente,
        "denominacion": literal("tipo_documento", datos.tipo),
        "numero": f"{establecimiento}-{punto}-{datos.numero:07d}{f' {serie}' if serie else ''}",
        "creado": c.momento.replace(tzinfo=ASUNCION).isoformat(),
        "cdc": c.codigo_documento,
        "qr": c.qr,
        "consulta": CONSULTA[emisor.ambiente],
        "emisor": _issuer(c),
        "timbrado": [f"Timbrado N° {timbrado}", f"Inicio de vigencia {day(emisor.timbrado_inicio)}"],
        "receptor": _receiver(c),
        "datos": _facts(c),
        "referencias": _references(c),
        "traslado": trip(c),
        "detalle": [_line(c, linea) for linea in c.lineas] or [_good(c, n) for n in range(len(datos.items))],
        "renglones": renglones(c),
        "totales": _totals(c),
        "iva": _iva(c),
        "pago": _payment(c),
        "cuotas": [
            [
                str(number),
                day(cuota.fecha) if cuota.fecha else "",
                money(cuota.monto, cuota.moneda or c.moneda),
            ]
            for number, cuota in enumerate(datos.cuotas, 1)
        ],
        "notas": _notes(c),
        "firmas": _FIRMAS if datos.tipo == "7" else [],
    }
    if c.totales is not None:
        stored["total"] = ["Total a pagar", money(c.total, c.moneda)]
        stored["letras"] = f"Son: {_in_words(c)}"
    return {key: value for key, value in stored.items() if value or key == "v"}


def _in_words(c: Comprobante) -> str:
    if c.moneda == "PYG":
        return f"{number_in_words(int(round_amount(c.total, 0))).upper()} GUARANÍES"
    name = _MONEDAS.get(c.moneda) or literal("monedas", c.moneda)
    return amount_in_words(round_amount(c.total, 2), name.upper())


def _issuer(c: Comprobante) -> dict[str, Any]:
    emisor = c.emisor
    local = emisor.local(c.partes_serie[1])
    where = place_of(local.departamento, local.distrito, local.ciudad)
    number = f" {local.numero_casa}" if local.numero_casa else ""
    lines = (
        "; ".join(activity.descripcion for activity in emisor.actividades),
        ", ".join(
            filter(None, (local.direccion + number, local.complemento_direccion_1, where.ciudad_nombre))
        ),
        " · ".join(filter(None, (f"Tel. {local.telefono}", local.correo, emisor.web, local.sucursal))),
    )
    return {
        "nombre": emisor.nombre,
        "ruc": emisor.ruc,
        "fantasia": emisor.nombre_comercial,
        "lineas": [line for line in lines if line],
    }


def _receiver(c: Comprobante) -> list[list[str]]:
    datos, receptor = c.datos, c.receptor
    rows = [["Nombre o razón social", receptor.nombre]]
    if receptor.ruc:
        rows.append(["RUC", receptor.documento])
    elif not receptor.innominado:
        kind = literal("documento_identidad_receptor", receptor.tipo_doc, datos.tipo_doc_descripcion)
        rows.append([kind, receptor.numero])
    if datos.nombre_comercial:
        rows.append(["Nombre de fantasía", datos.nombre_comercial])
    where = ""
    if datos.ciudad:
        where = place_of(datos.departamento, datos.distrito, datos.ciudad).ciudad_nombre
    elif datos.pais != "PRY":
        where = literal("paises", datos.pais)
    number = f" {datos.numero_casa}" if datos.numero_casa else ""
    address = ", ".join(filter(None, (datos.direccion + number, where)))
    more = (
        ("Dirección", address),
        ("Teléfono", datos.telefono or datos.celular),
        ("Correo", datos.correo),
        ("Código de cliente", datos.codigo_cliente),
    )
    return rows + [[label, value] for label, value in more if value]


def _facts(c: Comprobante) -> list[list[str]]:
    datos = c.datos
    rows = [["Fecha de emisión", f"{day(c.momento)} {c.momento:%H:%M:%S}"]]
    if datos.tipo in "14":
        code = datos.tipo_transaccion or ("1" if datos.tipo == "1" else "10")
        rows.append(["Condición de venta", literal("condicion_operacion", c.condicion)])
        rows.append(["Tipo de transacción", literal("tipo_transaccion", code)])
    if datos.tipo != "7":
        rows.append(["Moneda", f"{_MONEDAS.get(c.moneda) or literal('monedas', c.moneda)} ({c.moneda})"])
        if datos.tipo_cambio is not None:
            rows.append(["Tipo de cambio", figure(datos.tipo_cambio)])
        rows.append(["Tipo de operación", catalog("tipo_operacion").description(c.receptor.operacion)])
    if datos.orden_compra:
        rows.append(["Orden de compra", datos.orden_compra])
    return rows


def _references(c: Comprobante) -> list[list[str]]:
    datos = c.datos
    rows = []
    if datos.tipo in "56":
        rows.append(["Motivo de emisión", literal("motivo_ncd", datos.motivo)])
    if datos.tipo == "7":
        rows.append(
            ["Motivo del traslado", literal("motivo_remision", datos.motivo, datos.motivo_descripcion)]
        )
    if datos.vendedor is not None:
        seller = datos.vendedor
        kind = literal("documento_identidad", seller.tipo_doc)
        rows += [
            ["Vendedor", f"{seller.nombre} ({kind} {seller.numero_doc})"],
            ["Domicilio", _address(seller, seller.numero_casa)],
            ["Lugar de la operación", _address(datos.lugar_transaccion or seller)],
        ]
    return rows + [["Documento asociado", _associated(one)] for one in c.asociados]


def _address(where: Vendedor | LugarTransaccion, house: int = 0) -> str:
    place = place_of(where.departamento, where.distrito, where.ciudad)
    number = f" {house}" if house else ""
    return f"{where.direccion}{number}, {place.ciudad_nombre}, {place.departamento_nombre}"


def _associated(one: DocumentoAsociado) -> str:
    if one.cdc:
        return f"CDC {cdc.grouped(one.cdc)}"
    if one.constancia:
        return f"{literal('tipo_constancia', one.constancia)} {one.constancia_numero}".strip()
    name = literal("documento_impreso", one.tipo)
    issued = f" del {day(one.fecha)}" if one.fecha else ""
    return f"{name} {one.establecimiento}-{one.punto}-{one.numero}, timbrado {one.timbrado}{issued}"


def renglones(c: Comprobante) -> list[list[str]]:
    """The lines as a tape has them, which has no room for columns."""
    if not c.lineas:
        return [
            [item.descripcion, f"{figure(item.cantidad)} {_unit(item.unidad)}", "", ""]
            for item in c.datos.items
        ]
    return [_renglon(c, linea) for linea in c.lineas]


def _renglon(c: Comprobante, linea: Linea) -> list[str]:
    item, currency = linea.item, c.moneda
    price = figure(item.precio_unitario or NADA, 0 if currency == "PYG" else 2)
    with_iva = c.tipo != "4" and c.datos.tipo_impuesto in CON_CAMIVA
    tax = _tax(linea, currency) if with_iva else ""
    discount, advance = _taken(linea)
    parts = (
        tax,
        f"descuento {amount(discount, currency)}" if discount else "",
        f"anticipo {amount(advance, currency)}" if advance else "",
    )
    said = f"{figure(item.cantidad)} {_unit(item.unidad)} × {price}"
    return [item.descripcion, said, " · ".join(filter(None, parts)), amount(linea.total, currency)]


def _taken(linea: Linea) -> tuple[Decimal, Decimal]:
    """Discounts and anticipos of a line, of all its units."""
    item = linea.item
    discount = (item.descuento or NADA) + linea.descuento_global
    advance = (item.anticipo or NADA) + (item.anticipo_global or NADA)
    return discount * item.cantidad, advance * item.cantidad


def _tax(linea: Linea, currency: str) -> str:
    afectacion = linea.item.afectacion_iva
    if afectacion in "23":
        return "Exonerado" if afectacion == "2" else "Exento"
    if not linea.exenta:
        return f"IVA {linea.tasa} %"
    taxed, exempt = amount(linea.total - linea.exenta, currency), amount(linea.exenta, currency)
    return f"IVA {linea.tasa} %: {taxed}; exento: {exempt}"


def _unit(given: str) -> str:
    return unit_literal(unit_code(given) or given)


def _line(c: Comprobante, linea: Linea) -> list[str]:
    """A line that is taxed in part stands in two columns: what is exempt, and what is taxed with its IVA."""
    item, currency = linea.item, c.moneda
    discount, advance = _taken(linea)
    exempt = five = ten = total = ""
    if c.tipo == "4" or c.datos.tipo_impuesto not in CON_CAMIVA:
        total = amount(linea.total, currency)
    elif item.afectacion_iva in "23":
        exempt = amount(linea.total, currency)
    else:
        taxed = linea.total - linea.exenta
        exempt = amount(linea.exenta, currency) if linea.exenta else ""
        five, ten = (amount(taxed, currency), "") if linea.tasa == 5 else ("", amount(taxed, currency))
    return [
        item.codigo,
        f"{item.descripcion}\n{item.informacion}" if item.informacion else item.descripcion,
        _unit(item.unidad),
        figure(item.cantidad),
        figure(item.precio_unitario or NADA, 0 if currency == "PYG" else 2),
        amount(discount, currency) if discount else "",
        amount(advance, currency) if advance else "",
        exempt,
        five,
        ten,
        total,
    ]


def _good(c: Comprobante, index: int) -> list[str]:
    item = c.datos.items[index]
    return [item.codigo, item.descripcion, _unit(item.unidad), figure(item.cantidad), *([""] * 7)]


def _totals(c: Comprobante) -> list[list[str]]:
    if c.totales is None:
        return []
    t, currency = c.totales, c.moneda
    rows = (
        ("Subtotal exentas", t.exento),
        ("Subtotal exoneradas", t.exonerado),
        ("Subtotal IVA 5 %", t.gravado5),
        ("Subtotal IVA 10 %", t.gravado10),
        ("Descuentos", t.descuento),
        ("Anticipos", t.anticipo),
        ("Total de la operación", t.operacion),
        ("Redondeo", t.redondeo),
        ("Comisión", t.comision),
    )
    found = [[label, money(value, currency)] for label, value in rows if value]
    if t.guaranies is not None:
        found.append(["Total en guaraníes", money(t.guaranies, "PYG")])
    return found


def _iva(c: Comprobante) -> list[list[str]]:
    if c.totales is None or c.tipo == "4" or c.datos.tipo_impuesto not in CON_IVA:
        return []
    t = c.totales
    rows = (
        ("Liquidación del IVA (5 %)", t.iva5),
        ("Liquidación del IVA (10 %)", t.iva10),
        ("Total IVA", t.iva),
    )
    return [[label, money(value, c.moneda)] for label, value in rows]


def _payment(c: Comprobante) -> list[list[str]]:
    datos = c.datos
    if datos.tipo not in "14":
        return []
    rows = [
        [literal("tipo_pago", pago.tipo, pago.descripcion), money(pago.monto, pago.moneda or c.moneda)]
        for pago in c.pagos
    ]
    if c.condicion == "2":
        said = datos.plazo or f"{datos.cantidad_cuotas or len(datos.cuotas)} cuotas"
        rows.insert(0, ["Crédito", said])
    return rows


def _notes(c: Comprobante) -> list[list[str]]:
    datos = c.datos
    rows = (
        ("Información de interés para el fisco", c.informacion_fisco),
        ("Información del emisor", datos.informacion_emisor),
        ("Observaciones", datos.observaciones),
    )
    return [[title, body] for title, body in rows if body]
