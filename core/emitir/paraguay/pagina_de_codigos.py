"""The page of the codes that properties take (docs/paraguay/codigos.md), from the DNIT's tables."""

from __future__ import annotations

from emitir.paraguay.catalogs import catalog

#: Property, what stands beside the code, and the table.
_TABLES = (
    ("tipo_doc", "r es el RUC; letras c, p, e, k, i, t, o", "documento_identidad_receptor"),
    ("operacion", "b2b, b2c, b2g, b2f", "tipo_operacion"),
    ("tipo_transaccion", "", "tipo_transaccion"),
    ("tipo_impuesto", "", "tipo_impuesto"),
    ("obligaciones", "", "obligaciones"),
    ("indicador_presencia", "", "indicador_presencia"),
    ("condicion_anticipo", "", "condicion_anticipo"),
    ("motivo (notas de crédito y débito)", "", "motivo_ncd"),
    ("motivo (remisión)", "", "motivo_remision"),
    ("responsable_emision", "", "responsable_remision"),
    ("pagos-N-tipo", "efectivo, cheque, tarjeta_credito, tarjeta_debito, transferencia", "tipo_pago"),
    ("pagos-N-tarjeta-denominacion", "visa, mastercard", "denominacion_tarjeta"),
    ("pagos-N-tarjeta-forma", "pos, web", "forma_procesamiento_tarjeta"),
    ("items-N-afectacion_iva", "gravado, exonerado, exento, parcial", "afectacion_iva"),
    ("items-N-unidad", "el código, la representación o el nombre", "unidades_medida"),
    ("items-N-relevancia", "quiebra, merma", "relevancia_mercaderia"),
    ("items-N-vehiculo-operacion", "", "operacion_vehiculo"),
    ("items-N-vehiculo-combustible", "", "combustible"),
    ("documentos-N-tipo", "f, c, d, r", "documento_impreso"),
    ("documentos-N-constancia", "no_contribuyente, microproductor", "tipo_constancia"),
    ("vendedor-naturaleza", "no_contribuyente, extranjero", "naturaleza_vendedor"),
    ("vendedor-tipo_doc, transportista-tipo_doc", "c, p, e, k", "documento_identidad"),
    ("transporte-tipo", "propio, tercero", "tipo_transporte"),
    ("transporte-modalidad", "terrestre, fluvial, aereo, multimodal", "modalidad_transporte"),
    ("transporte-responsable_flete", "", "responsable_flete"),
    ("transporte-condicion", "", "incoterms"),
    ("carga-caracteristica", "frio, peligrosa", "caracteristica_carga"),
    ("tipo_regimen (empresa)", "", "regimen"),
)


_INTRODUCTION = (
    "Las propiedades de `emitir` que toman un código de una tabla de la DNIT. Donde hay letras o nombres, valen lo "
    "mismo que el código. Departamentos, distritos y ciudades van por código o por nombre; países en tres letras "
    "(ISO 3166) y monedas también (ISO 4217)."
)


def page() -> str:
    """docs/paraguay/codigos.md."""
    parts = [
        "# Paraguay: los códigos de las propiedades",
        "<!-- Generado con «make docs» a partir de core/emitir/paraguay/data: no lo edite a mano. -->",
        _INTRODUCTION,
    ]
    for name, also, table in _TABLES:
        found = catalog(table)
        rows = [
            f"| {code} | {row['descripcion'] or 'otro (con su descripción)'} |"
            for code, row in found.rows.items()
        ]
        beside = f"\n\nTambién: {also}." if also else ""
        parts.append(f"## {name}{beside}\n\n| código | significado |\n|---|---|\n" + "\n".join(rows))
    return "\n\n".join(parts) + "\n"
