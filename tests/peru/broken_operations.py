"""What breaks the rules of taxes and operations: golden case, changes, path, codigo_error, SUNAT's code."""

from __future__ import annotations

from typing import Any

Row = tuple[str, dict[str, Any], str, str, str]

_ANTICIPO = {"documento": "F001-9", "monto": "59.00"}

BROKEN_OPERATIONS: list[Row] = [
    # kinds of operation and exportación
    ("factura-precio-unitario", {"tipo_operacion": "0501"}, "tipo_operacion", "VALOR_NO_PERMITIDO", "3206"),
    ("boleta-dni", {"tipo_operacion": "0202"}, "tipo_operacion", "VALOR_NO_PERMITIDO", "3206"),
    ("boleta-dni", {"tipo_operacion": "2106"}, "tipo_operacion", "VALOR_NO_PERMITIDO", "3206"),
    ("factura-tax-free", {"tipo_doc": "r", "numero_doc": "20100070970"}, "tipo_doc", "VALOR_NO_PERMITIDO", "2800"),
    ("factura-exportacion-0200", {"items-1-afectacion_igv": "10"}, "items-1-afectacion_igv", "VALOR_NO_PERMITIDO", "2642"),
    ("nota-credito-exportacion", {"items-1-afectacion_igv": "10"}, "items-1-afectacion_igv", "VALOR_NO_PERMITIDO", "2642"),
    ("factura-exportacion-0200", {"items-1-tipo_isc": "01", "items-1-tasa_isc": "10"}, "items-1-tipo_isc", "REGLA_INCUMPLIDA", "3107"),
    ("factura-exportacion-0200", {"items-1-otros_tributos": "1"}, "items-1-otros_tributos", "REGLA_INCUMPLIDA", "3107"),
    ("factura-exportacion-0200", {"tipo_doc": "r", "numero_doc": "20100070970"}, "tipo_doc", "VALOR_NO_PERMITIDO", "2800"),
    ("boleta-exportacion", {"tipo_operacion": "0200", "tipo_doc": "r", "numero_doc": "20100070970"}, "tipo_doc", "VALOR_NO_PERMITIDO", "2800"),
    ("factura-exportacion-0200", {"tipo_operacion": "0101"}, "tipo_operacion", "REGLA_INCUMPLIDA", ""),
    ("factura-exportacion-servicios", {"pais_uso": None}, "pais_uso", "PROPIEDAD_FALTANTE", "3098"),
    ("factura-exportacion-servicios", {"pais_uso": "PE"}, "pais_uso", "VALOR_NO_PERMITIDO", "3099"),
    ("factura-exportacion-servicios", {"pais_uso": "QQ"}, "pais_uso", "VALOR_NO_PERMITIDO", "3099"),
    ("factura-exportacion-servicios", {"pais_uso": "USA"}, "pais_uso", "FORMATO_INVALIDO", "3099"),
    ("factura-precio-unitario", {"pais_uso": "US"}, "pais_uso", "REGLA_INCUMPLIDA", ""),
    ("factura-gasto-deducible", {"tipo_doc": "p", "numero_doc": "XK88"}, "tipo_doc", "VALOR_NO_PERMITIDO", "2800"),
    ("factura-gasto-deducible", {"items-1-codigo_sunat": None}, "items-1-codigo_sunat", "PROPIEDAD_FALTANTE", "3181"),
    ("boleta-nrus", {"items-1-afectacion_igv": "10"}, "items-1-igv", "REGLA_INCUMPLIDA", "3240"),
    ("nota-credito-exportacion", {"documentos": [{"tipo": "f", "serie": "F001", "numero": 3}]}, "documentos", "REGLA_INCUMPLIDA", "3194"),
    # IVAP
    ("factura-ivap", {"items": [{"descripcion": "A", "cantidad": 1, "valor_unitario": 1, "afectacion_igv": "17"}, {"descripcion": "B", "cantidad": 1, "valor_unitario": 1}]}, "items-2-afectacion_igv", "VALOR_NO_PERMITIDO", "2644"),
    ("nota-credito-ivap", {"items-1-afectacion_igv": "10"}, "items-1-afectacion_igv", "VALOR_NO_PERMITIDO", "2644"),
    ("nota-credito-ivap", {"motivo": "07"}, "motivo", "VALOR_NO_PERMITIDO", "3230"),
    ("factura-ivap", {"items-1-tipo_isc": "01", "items-1-tasa_isc": "5"}, "items-1-tipo_isc", "REGLA_INCUMPLIDA", "2650"),
    # ISC and other taxes
    ("factura-isc-valor", {"items-1-tipo_isc": None}, "items-1-tipo_isc", "PROPIEDAD_FALTANTE", "2373"),
    ("factura-isc-valor", {"items-1-tipo_isc": "04"}, "items-1-tipo_isc", "FORMATO_INVALIDO", "2041"),
    ("factura-isc-valor", {"items-1-tasa_isc": None}, "items-1-tasa_isc", "PROPIEDAD_FALTANTE", "3104"),
    ("factura-isc-especifico", {"items-1-isc_unitario": "0"}, "items-1-isc_unitario", "PROPIEDAD_FALTANTE", "3104"),
    ("boleta-isc-venta-publico", {"items-1-base_isc": None}, "items-1-base_isc", "PROPIEDAD_FALTANTE", "3108"),
    ("factura-isc-valor", {"items-1-isc": "36.00"}, "items-1-isc", "TOTAL_NO_CUADRA", "3108"),
    ("factura-otros-tributos", {"items-1-otros_tributos": "34.00"}, "items-1-otros_tributos", "TOTAL_NO_CUADRA", "3109"),
    ("factura-gratuita-15", {"items-2-otros_tributos": "1.00"}, "items-2-otros_tributos", "REGLA_INCUMPLIDA", "3223"),
    # gratuitas
    ("factura-precio-unitario", {"items-1-gratuita": True}, "items-1-afectacion_igv", "VALOR_NO_PERMITIDO", ""),
    ("factura-precio-unitario", {"items-1-gratuita": "quizá"}, "items-1-gratuita", "TIPO_INCORRECTO", ""),
    ("boleta-gratuita-21", {"items-2-igv": "1.00"}, "items-2-igv", "REGLA_INCUMPLIDA", "3110"),
    ("factura-gratuita-11", {"items-2-igv": "0.00"}, "items-2-igv", "REGLA_INCUMPLIDA", "3111"),
    ("factura-gratuita-11", {"items-2-igv": "9.00"}, "items-2-igv", "TOTAL_NO_CUADRA", "3103"),
    ("factura-gratuita-11", {"items-2-valor_unitario": "0"}, "items-2-valor_unitario", "FORMATO_INVALIDO", "2369"),
    # bags
    ("boleta-bolsas", {"items-2-cantidad": "100000"}, "items-2-cantidad", "REGLA_INCUMPLIDA", "2892"),
    ("boleta-bolsas", {"items-2-cantidad": "1.5"}, "items-2-cantidad", "REGLA_INCUMPLIDA", "3236"),
    ("nota-credito-bolsas", {"fecha": "2019-07-31", "items-2-icbper": "0.50"}, "total_icbper", "REGLA_INCUMPLIDA", "2949"),
    # totals
    ("factura-exportacion-0200", {"total_exportacion": "600.00"}, "total_exportacion", "TOTAL_NO_CUADRA", "3273"),
    ("factura-gratuita-11", {"total_gratuito": "30.00"}, "total_gratuito", "TOTAL_NO_CUADRA", "3276"),
    ("factura-ivap", {"total_ivap": "3500.00"}, "total_ivap", "TOTAL_NO_CUADRA", "3295"),
    ("factura-isc-valor", {"total_isc": "30.00"}, "total_isc", "TOTAL_NO_CUADRA", "3298"),
    ("factura-otros-tributos", {"total_otros_tributos": "30.00"}, "total_otros_tributos", "TOTAL_NO_CUADRA", "3299"),
    ("factura-descuento-global", {"total_gravado": "70.00"}, "total_gravado", "TOTAL_NO_CUADRA", "3277"),
    ("factura-descuento-global", {"total_igv": "14.00"}, "total_igv", "TOTAL_NO_CUADRA", "3291"),
    ("factura-descuento-global", {"total": "85.00"}, "total", "TOTAL_NO_CUADRA", "3280"),
    ("factura-anticipo", {"total": "236.00"}, "total", "TOTAL_NO_CUADRA", "3280"),
    ("factura-anticipo", {"total_anticipos": "100.00"}, "total_anticipos", "TOTAL_NO_CUADRA", "2509"),
    # discounts and charges
    ("factura-descuento-linea", {"items-1-descuento": "20.01"}, "items-1-descuento", "REGLA_INCUMPLIDA", "3271"),
    ("factura-descuento-linea", {"items-3-porcentaje_descuento": "101"}, "items-3-porcentaje_descuento", "REGLA_INCUMPLIDA", ""),
    ("factura-descuento-linea", {"items-1-porcentaje_descuento": "5"}, "items-1-porcentaje_descuento", "REGLA_INCUMPLIDA", ""),
    ("factura-descuento-linea", {"items-1-descuento": "-1"}, "items-1-descuento", "FORMATO_INVALIDO", ""),
    ("nota-credito-gratuita", {"items-1-descuento_no_base": "1.00"}, "items-1-descuento_no_base", "REGLA_INCUMPLIDA", ""),
    ("factura-exonerada", {"descuento_global": "1.00"}, "descuento_global", "REGLA_INCUMPLIDA", "3277"),
    ("factura-descuento-global", {"descuento_global": "70.01"}, "descuento_global", "REGLA_INCUMPLIDA", "3277"),
    ("factura-descuento-global", {"porcentaje_descuento_global": "5"}, "porcentaje_descuento_global", "REGLA_INCUMPLIDA", ""),
    ("factura-fise", {"fise": "0"}, "fise", "FORMATO_INVALIDO", "3074"),
    ("factura-fise", {"base_fise": "0"}, "base_fise", "FORMATO_INVALIDO", "3092"),
    ("boleta-redondeo", {"redondeo": "-1.01"}, "redondeo", "VALOR_NO_PERMITIDO", "3303"),
    ("boleta-redondeo", {"redondeo": "12"}, "redondeo", "FORMATO_INVALIDO", "3303"),
    # legends
    ("factura-amazonia", {"leyendas-1-codigo": "9999"}, "leyendas-1-codigo", "VALOR_NO_PERMITIDO", "3027"),
    ("factura-amazonia", {"leyendas-1-codigo": "2006"}, "leyendas-1-codigo", "VALOR_NO_PERMITIDO", "3027"),
    ("factura-amazonia", {"leyendas": [{"codigo": "2001"}, {"codigo": "2001"}]}, "leyendas-2-codigo", "REGLA_INCUMPLIDA", "3014"),
    ("factura-amazonia", {"items-1-afectacion_igv": "10"}, "leyendas-1-codigo", "REGLA_INCUMPLIDA", "3283"),
    ("factura-amazonia", {"items-1-afectacion_igv": "10", "leyendas-1-codigo": "2002"}, "leyendas-1-codigo", "REGLA_INCUMPLIDA", "3284"),
    ("factura-amazonia", {"items-1-afectacion_igv": "10", "leyendas-1-codigo": "2003"}, "leyendas-1-codigo", "REGLA_INCUMPLIDA", "3285"),
    ("factura-amazonia", {"items-1-afectacion_igv": "10", "leyendas-1-codigo": "2008"}, "leyendas-1-codigo", "REGLA_INCUMPLIDA", "3289"),
    # anticipos
    ("factura-anticipo", {"anticipos-1-documento": "B001-1"}, "anticipos-1-documento", "FORMATO_INVALIDO", "2521"),
    ("boleta-anticipo", {"anticipos-1-documento": "F001-1"}, "anticipos-1-documento", "FORMATO_INVALIDO", "2521"),
    ("factura-anticipo", {"anticipos-1-documento": None}, "anticipos-1-documento", "PROPIEDAD_FALTANTE", ""),
    ("factura-anticipo", {"anticipos-1-tipo": "c"}, "anticipos-1-tipo", "VALOR_NO_PERMITIDO", "2505"),
    ("factura-anticipo", {"anticipos-1-ruc": "20100070971"}, "anticipos-1-ruc", "NUMERO_IDENTIDAD_INVALIDO", "2529"),
    ("factura-anticipo", {"anticipos-1-monto": "0"}, "anticipos-1-monto", "FORMATO_INVALIDO", "2503"),
    ("factura-anticipo", {"anticipos-1-valor": "118.01"}, "anticipos-1-valor", "FORMATO_INVALIDO", "3287"),
    ("factura-anticipo", {"anticipos-1-afectacion_igv": "20"}, "anticipos-1-afectacion_igv", "REGLA_INCUMPLIDA", "3287"),
    ("factura-anticipo", {"anticipos-1-monto": "236.01"}, "anticipos", "REGLA_INCUMPLIDA", "3280"),
    ("factura-anticipo", {"anticipos": [_ANTICIPO, _ANTICIPO]}, "anticipos-2-documento", "REGLA_INCUMPLIDA", ""),
    # detracción
    ("factura-precio-unitario", {"tipo_operacion": "1001"}, "detraccion_codigo", "PROPIEDAD_FALTANTE", "3127"),
    ("factura-precio-unitario", {"detraccion_monto": "10"}, "detraccion_codigo", "PROPIEDAD_FALTANTE", "3127"),
    ("factura-detraccion", {"tipo_operacion": "0101"}, "tipo_operacion", "VALOR_NO_PERMITIDO", "3128"),
    ("factura-detraccion-cobre", {"fecha": "2026-08-31"}, "detraccion_codigo", "VALOR_NO_PERMITIDO", "3033"),
    ("factura-detraccion", {"detraccion_codigo": "999"}, "detraccion_codigo", "VALOR_NO_PERMITIDO", "3033"),
    ("factura-detraccion", {"tipo_operacion": "1004"}, "detraccion_codigo", "VALOR_NO_PERMITIDO", "3129"),
    ("factura-detraccion", {"detraccion_cuenta": None}, "detraccion_cuenta", "PROPIEDAD_FALTANTE", "3034"),
    ("factura-detraccion", {"detraccion_medio_pago": "500"}, "detraccion_medio_pago", "VALOR_NO_PERMITIDO", "3174"),
    ("factura-detraccion", {"detraccion_monto": "0"}, "detraccion_monto", "FORMATO_INVALIDO", "3037"),
    ("factura-detraccion", {"detraccion_codigo": "002"}, "detraccion_porcentaje", "PROPIEDAD_FALTANTE", "3035"),
    ("factura-detraccion-dolares", {"tipo_cambio": None}, "tipo_cambio", "PROPIEDAD_FALTANTE", "3035"),
    ("factura-detraccion-dolares", {"tipo_cambio": "0"}, "tipo_cambio", "FORMATO_INVALIDO", ""),
    ("factura-detraccion-credito", {"cuotas-1-monto": "1180.00"}, "cuotas", "TOTAL_NO_CUADRA", "3319"),
    # percepción
    ("factura-precio-unitario", {"tipo_operacion": "2001"}, "percepcion_regimen", "PROPIEDAD_FALTANTE", "3093"),
    ("factura-percepcion", {"tipo_operacion": "0101"}, "tipo_operacion", "VALOR_NO_PERMITIDO", "3308"),
    ("factura-percepcion", {"percepcion_regimen": "09"}, "percepcion_regimen", "FORMATO_INVALIDO", "3071"),
    ("factura-percepcion", {"forma_pago": "credito", "cuotas": [{"monto": "236.00", "fecha": "2026-12-21"}]}, "percepcion_regimen", "REGLA_INCUMPLIDA", "3330"),
    ("factura-percepcion", {"moneda": "USD"}, "tipo_cambio", "PROPIEDAD_FALTANTE", "2792"),
    ("factura-percepcion", {"percepcion_monto": "9.00"}, "percepcion_monto", "TOTAL_NO_CUADRA", "2798"),
    ("factura-percepcion", {"percepcion_base": "240.00"}, "percepcion_base", "REGLA_INCUMPLIDA", "2797"),
    ("factura-percepcion", {"percepcion_base": "0"}, "percepcion_base", "FORMATO_INVALIDO", "3233"),
    ("factura-percepcion", {"percepcion_monto": "0"}, "percepcion_monto", "FORMATO_INVALIDO", "2968"),
    # retención
    ("boleta-dni", {"retencion_porcentaje": "3"}, "retencion_porcentaje", "REGLA_INCUMPLIDA", ""),
    ("factura-no-domiciliado", {"retencion_porcentaje": "3"}, "tipo_doc", "REGLA_INCUMPLIDA", "3262"),
    ("factura-retencion", {"retencion_porcentaje": "4"}, "retencion_porcentaje", "VALOR_NO_PERMITIDO", "3262"),
    ("factura-retencion", {"retencion_monto": "9.00"}, "retencion_monto", "TOTAL_NO_CUADRA", "3263"),
    ("factura-retencion", {"retencion_base": "237.00"}, "retencion_base", "REGLA_INCUMPLIDA", "3264"),
    ("factura-retencion", {"retencion_monto": "0"}, "retencion_monto", "FORMATO_INVALIDO", "2968"),
    ("factura-precio-unitario", {"tipo_operacion": "2002"}, "renta_segunda_base", "PROPIEDAD_FALTANTE", "3316"),
    ("factura-renta-segunda", {"tipo_operacion": "0101"}, "tipo_operacion", "VALOR_NO_PERMITIDO", "3317"),
    ("factura-renta-segunda", {"renta_segunda_base": "0"}, "renta_segunda_base", "PROPIEDAD_FALTANTE", "3318"),
    ("boleta-dni", {"renta_segunda_base": "10"}, "renta_segunda_base", "REGLA_INCUMPLIDA", ""),
    # references
    ("factura-referencias", {"guias-2": {"numero": "T001-8"}}, "guias-2-numero", "REGLA_INCUMPLIDA", "2364"),
    ("factura-referencias", {"documentos_relacionados-2": {"numero": "CONTRATO-17"}}, "documentos_relacionados-2-numero", "REGLA_INCUMPLIDA", "2365"),
    ("factura-referencias", {"documentos_relacionados-1-tipo": "02"}, "documentos_relacionados-1-tipo", "REGLA_INCUMPLIDA", "3216"),
    ("nota-debito-cargo", {"documentos_relacionados": [{"numero": "A"}, {"numero": "A"}]}, "documentos_relacionados-2-numero", "REGLA_INCUMPLIDA", "2426"),
    ("nota-credito-otros", {"documentos_relacionados": [{"tipo": "05", "numero": "A"}]}, "documentos_relacionados-1-tipo", "REGLA_INCUMPLIDA", "2637"),
    ("nota-credito-otros", {"documentos_relacionados": [{"numero": "A"}, {"numero": "B"}]}, "documentos_relacionados", "REGLA_INCUMPLIDA", "2635"),
    ("factura-referencias", {"establecimiento": "12"}, "establecimiento", "FORMATO_INVALIDO", "4242"),
    ("boleta-tren", {"agente_ventas_ruc": None}, "agente_ventas_ruc", "PROPIEDAD_FALTANTE", "3156"),
    ("boleta-tren", {"agente_ventas_ruc": "20100070971"}, "agente_ventas_ruc", "NUMERO_IDENTIDAD_INVALIDO", "3202"),
    ("boleta-tren", {"medio_pago": None}, "medio_pago", "PROPIEDAD_FALTANTE", "3173"),
    ("boleta-tren", {"autorizacion_pago": None}, "autorizacion_pago", "PROPIEDAD_FALTANTE", "3175"),
    # transport of goods
    *[
        ("factura-detraccion-carga", {f"items-1-{name}": None}, f"items-1-{name}", "PROPIEDAD_FALTANTE", code)
        for name, code in (
            ("origen_ubigeo", "3116"), ("origen_direccion", "3117"), ("destino_ubigeo", "3118"),
            ("destino_direccion", "3119"), ("detalle_viaje", "3120"), ("valor_referencial_servicio", "3124"),
            ("valor_referencial_carga_efectiva", "3125"), ("valor_referencial_carga_util", "3126"),
        )
    ],
    ("factura-detraccion-carga", {"items-1-valor_referencial_servicio": "0"}, "items-1-valor_referencial_servicio", "FORMATO_INVALIDO", "3123"),
    # concepts of catalog 55
    *[
        (name, {"items-1-propiedades": None}, "items-1-propiedades", "PROPIEDAD_FALTANTE", code)
        for name, wanted in {
            "factura-detraccion-pesca": "3063 3130 3131 3132 3133 3134",
            "factura-hospedaje": "3136 3137 3138 3139 3140 3141 3142 3143 3144 3145",
            "factura-aerea": "3168 3169 3170 3171",
            "boleta-tren": "3159 3160 3161 3162 3163 3164 3165 3166 3167 3204",
            "factura-seguro": "3242",
        }.items()
        for code in wanted.split()
    ],
    *[
        ("boleta-dni", {"tipo_operacion": "2105"}, "items-1-propiedades", "PROPIEDAD_FALTANTE", code)
        for code in ("2595", "2596", "2597")
    ],
    ("factura-precio-unitario", {"tipo_operacion": "2100"}, "items-1-propiedades", "PROPIEDAD_FALTANTE", "3241"),
    ("factura-seguro", {"items-1-propiedades": [{"codigo": "7015", "valor": "2"}]}, "items-1-propiedades", "PROPIEDAD_FALTANTE", "2898"),
    ("factura-seguro", {"items-1-propiedades": [{"codigo": "7015", "valor": "3"}]}, "items-1-propiedades", "PROPIEDAD_FALTANTE", "2899"),
    *[
        ("factura-gasto-deducible", {"items-1-codigo_sunat": "84121901", "items-1-propiedades": [{"codigo": "7002", "valor": "3"}]}, "items-1-propiedades", "PROPIEDAD_FALTANTE", code)
        for code in ("3150", "3151", "3152", "3153", "3154", "3155")
    ],
    *[
        ("factura-estado", {"items-1-propiedades": [{"codigo": kept, "valor": "1"}]}, "items-1-propiedades", "PROPIEDAD_FALTANTE", code)
        for kept, code in (("5001", "3146"), ("5000", "3147"), ("5000", "3148"), ("5000", "3149"))
    ],
    ("factura-estado", {"items-1-propiedades-1-codigo": "9999"}, "items-1-propiedades-1-codigo", "VALOR_NO_PERMITIDO", ""),
    ("factura-estado", {"items-1-propiedades-2-codigo": "5000"}, "items-1-propiedades-2-codigo", "VALOR_NO_PERMITIDO", ""),
    ("factura-estado", {"items-1-propiedades-1-valor": None}, "items-1-propiedades-1-valor", "PROPIEDAD_FALTANTE", "3064"),
    ("factura-estado", {"items-1-propiedades-1-walor": "x"}, "items-1-propiedades-1-walor", "PROPIEDAD_DESCONOCIDA", ""),
    ("factura-hospedaje", {"items-1-propiedades-6-fecha": None}, "items-1-propiedades-6-fecha", "PROPIEDAD_FALTANTE", "3065"),
    ("factura-hospedaje", {"items-1-propiedades-10-dias": None}, "items-1-propiedades-10-dias", "PROPIEDAD_FALTANTE", "3135"),
    ("nota-debito-penalidad", {"motivo": "13"}, "motivo", "VALOR_NO_PERMITIDO", "2172"),
    ("nota-debito-penalidad-2027", {"items-1-afectacion_igv": "10"}, "items-1-afectacion_igv", "VALOR_NO_PERMITIDO", "3507"),
    ("nota-debito-penalidad-2027", {"motivo": "03"}, "documento", "PROPIEDAD_FALTANTE", "2524"),
    ("nota-credito-varios", {"fecha": "2027-01-15"}, "documentos", "REGLA_INCUMPLIDA", "3261"),
    ("nota-credito-varios", {"fecha": "2027-01-15", "tipo": "d", "motivo": "02"}, "documentos", "REGLA_INCUMPLIDA", "3194"),
    ("factura-codigo-sunat", {"fecha": "2027-01-15", "items-1-codigo_sunat": "10101599"}, "items-1-codigo_sunat", "VALOR_NO_PERMITIDO", "3496"),
    ("nota-debito-aumento", {"items-1-codigo_sunat": "10101599"}, "items-1-codigo_sunat", "VALOR_NO_PERMITIDO", "3496"),
    ("boleta-tren", {"items-1-propiedades-9-hora": None}, "items-1-propiedades-9-hora", "PROPIEDAD_FALTANTE", "3172"),
    ("factura-seguro", {"items-1-propiedades-3-fecha": None}, "items-1-propiedades-3-fecha", "PROPIEDAD_FALTANTE", "3243"),
]  # fmt: skip

#: Golden case, changes, SUNAT's code of the observation.
OBSERVED_OPERATIONS: list[tuple[str, dict[str, Any], str]] = [
    ("boleta-afp", {"items-1-propiedades-3-cantidad": "1.255"}, "4281"),
    ("boleta-afp", {"items-1-propiedades-2-valor": "2026-13"}, "4280"),
    ("factura-codigo-sunat", {"items-1-codigo_sunat": "10101599"}, "4332"),
    ("nota-credito-anulacion", {"items-1-codigo_sunat": "10101599"}, "4332"),
    ("factura-codigo-sunat", {"items-1-codigo_sunat": "10100000"}, "4337"),
    ("factura-referencias", {"guias-1-numero": "X-1"}, "4006"),
    ("factura-referencias", {"documentos_relacionados-1-tipo": "55"}, "4009"),
    ("factura-referencias", {"documentos_relacionados-1-numero": "CONTRATO 17"}, "4010"),
    ("factura-itinerante", {"entrega_ubigeo": "999999"}, "4231"),
    ("factura-itinerante", {"entrega_direccion": "JR"}, "4236"),
    ("factura-detraccion-carga", {"items-1-origen_ubigeo": "999999"}, "4200"),
    ("factura-detraccion-carga", {"items-1-origen_direccion": "A"}, "4236"),
    ("factura-detraccion-carga", {"items-1-detalle_viaje": "A"}, "4270"),
    ("factura-estado", {"items-1-propiedades-2-valor": "X" * 11}, "4280"),
    ("factura-hospedaje", {"items-1-propiedades-3-valor": "QQ"}, "4280"),
    ("factura-hospedaje", {"items-1-propiedades-8-fecha": "2026-11-10"}, "4282"),
    ("factura-seguro", {"items-1-propiedades-3-fecha_fin": None}, "4366"),
    ("factura-estado", {"items-1-propiedades-1": {"codigo": "7021", "valor": "1"}, "items-1-propiedades-2": {"codigo": "7020", "valor": "1"}, "items-1-propiedades-3": {"codigo": "7023", "valor": "1"}, "items-1-propiedades-4": {"codigo": "7022", "valor": "1"}}, "4202"),
    ("boleta-bolsas", {"items-2-icbper": "0.90"}, "4237"),
]  # fmt: skip
