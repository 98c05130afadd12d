"""The case that breaks each rule: base document, what is changed in it, the code and the property that are told."""

from __future__ import annotations

from datetime import date
from typing import Any

from emitir.paraguay import cdc

Properties = dict[str, Any]


def cdc_of(tipo: str, ruc: str = "80000000", dv: str = "5") -> str:
    """The CDC of some document."""
    return cdc.build(cdc.Cdc(tipo, ruc, dv, "001", "001", 77, "2", date(2026, 11, 1), "1", "123456789"))


ITEM: Properties = {"codigo": "A1", "descripcion": "Cuaderno", "cantidad": 2, "precio_unitario": 15000}
GOOD: Properties = {"codigo": "A1", "descripcion": "Cuaderno", "cantidad": 2}
RUC: Properties = {"tipo_doc": "r", "numero_doc": "80012345-0", "razon_social": "Cliente S.A."}
ABROAD: Properties = {
    "tipo_doc": "p",
    "numero_doc": "1",
    "razon_social": "John",
    "pais": "USA",
    "direccion": "x",
}
HEAD: Properties = {"serie": "001-001", "numero": 1, "fecha": "2026-11-21"}
STOP: Properties = {"direccion": "Ruta 2", "departamento": "CENTRAL", "ciudad": "LUQUE"}
CAR: Properties = {"tipo": "Camión", "marca": "Scania", "matricula": "ABC123"}
CARRIER: Properties = {
    "ruc": "80012345-0",
    "nombre": "Transportes",
    "domicilio": "Luque",
    "chofer_numero_doc": "1",
    "chofer_nombre": "José",
    "chofer_direccion": "Luque",
}
TRIP: Properties = {
    "tipo": "propio",
    "responsable_flete": "1",
    "inicio": "2026-11-21",
    "fin": "2026-11-22",
    "salida": STOP,
    "entregas": [STOP],
    "vehiculos": [CAR],
    "transportista": CARRIER,
}
SELLER: Properties = {"numero_doc": "3456789", "nombre": "Ramón", "direccion": "Yvy", "ciudad": "5946"}
PRINTED: Properties = {
    "timbrado": "11223344",
    "establecimiento": "001",
    "punto": "002",
    "numero": "0000009",
    "tipo": "f",
    "fecha": "2026-11-01",
}
CARD: Properties = {"denominacion": "visa"}
CHEQUE: Properties = {"numero": "1", "banco": "Itaú"}

F: Properties = {"tipo": "f", **HEAD, "items": [ITEM]}
FR: Properties = F | RUC
A: Properties = {
    "tipo": "a",
    **HEAD,
    "vendedor": SELLER,
    "documentos": [{"constancia": "no_contribuyente"}],
    "items": [ITEM],
}
C: Properties = {"tipo": "c", **HEAD, **RUC, "motivo": "2", "documento": cdc_of("1"), "items": [ITEM]}
R: Properties = {
    "tipo": "r",
    **HEAD,
    **RUC,
    "direccion": "Av. Principal",
    "motivo": "1",
    "documento": cdc_of("1"),
    "kilometros": 5,
    "transporte": TRIP,
    "items": [GOOD],
}


def item(**more: Any) -> Properties:
    """The one line of a document, with more properties."""
    return {"items": [ITEM | more]}


def paid(**more: Any) -> Properties:
    """The one payment of a document."""
    return {"pagos": [{"monto": 30000} | more]}


def trip(**more: Any) -> Properties:
    """The transport with other properties; None takes one away."""
    return {"transporte": {k: v for k, v in (TRIP | more).items() if v is not None}}


def without(base: Properties, *names: str) -> Properties:
    """The base without these properties."""
    return {name: value for name, value in base.items() if name not in names}


def printed(**more: Any) -> Properties:
    """A printed associated document with other properties; None takes one away."""
    document = {k: v for k, v in (PRINTED | more).items() if v is not None}
    return {"documento": "", "documentos": [document]}


USD: Properties = {"moneda": "USD", "tipo_cambio": "7250"}
WRONG = "80012345-1"

#: (code, property, base, changes)
BAD: list[tuple[str, str, Properties, Properties]] = [
    ("1150", "fecha", F, {"fecha": "2026-10-21"}),
    ("1151", "fecha", F, {"fecha": "2026-11-27"}),
    ("1156", "fecha", F, {"fecha": "2018-11-22"}),
    ("1103", "fecha", F, {"fecha": "2024-11-19"}),
    ("1101", "serie", F, {"serie": "87654321-001-001"}),
    ("1105", "serie", F, {"serie": "000-001"}),
    ("1106", "serie", F, {"serie": "001-000"}),
    ("1206", "moneda", F, {"moneda": "XYZ", "tipo_cambio": 1}),
    ("1207", "tipo_cambio", F, {"moneda": "USD"}),
    ("1208", "tipo_cambio", F, {"tipo_cambio": 1}),
    ("1854", "items-2-tipo_cambio", F, {"moneda": "USD", "items": [ITEM | {"tipo_cambio": 7000}, ITEM]}),
    ("1855", "items-1-tipo_cambio", F, USD | item(tipo_cambio=7000)),
    ("1856", "items-1-tipo_cambio", F, item(tipo_cambio=7000)),
    ("1213", "moneda", A, {"moneda": "USD"}),
    ("1220", "obligaciones-1", F, {"obligaciones": ["999"]}),
    ("1222", "obligaciones-2", F, {"obligaciones": ["211", "211"]}),
    (
        "1402",
        "compras_publicas-fecha",
        FR,
        {
            "operacion": "b2g",
            "compras_publicas": {
                "modalidad": "LP",
                "entidad": "12345",
                "ano": "26",
                "secuencia": "0000001",
                "fecha": "2026-11-22",
            },
        },
    ),
    ("1216", "tipo_transaccion", C, {"tipo_transaccion": "1"}),
    ("1351", "indicador_presencia", C, {"indicador_presencia": "1"}),
    ("1451", "motivo", F, {"motivo": "1"}),
    ("1501", "forma_pago", C, {"forma_pago": "contado"}),
    ("2101", "transporte", C, {"transporte": TRIP}),
    ("2390", "carga", C, {"carga": {"peso": 1, "unidad_peso": "KG"}}),
    ("2551", "vendedor", F, {"vendedor": SELLER}),
    ("2601", "kilometros", F, {"kilometros": 5}),
    ("1201", "obligaciones", R, {"obligaciones": ["211"]}),
    ("2351", "comision", R, {"comision": 5}),
    ("1851", "items-1-precio_unitario", R, {"items": [ITEM]}),
    ("1901", "items-1-tasa_iva", A, item(tasa_iva="10")),
    ("1901", "items-1-afectacion_iva", R, {"items": [GOOD | {"afectacion_iva": "1"}]}),
    ("1853", "items-1-descuento", A, item(descuento=5)),
    ("2550", "vendedor", without(A, "vendedor"), {}),
    ("1450", "motivo", without(C, "motivo"), {}),
    ("1450", "motivo", C, {"motivo": "9"}),
    ("2600", "motivo", without(R, "motivo"), {}),
    ("2600", "motivo_descripcion", R, {"motivo": "99"}),
    ("2100", "transporte", without(R, "transporte"), {}),
    ("1335", "tipo_doc", F, {"numero_doc": "1234567"}),
    ("1304", "numero_doc", F, {"tipo_doc": "r", "razon_social": "Cliente"}),
    ("1314", "numero_doc", F, {"tipo_doc": "c", "razon_social": "Cliente"}),
    ("1331", "numero_doc", without(C, "tipo_doc", "numero_doc"), {}),
    ("1309", "numero_doc", FR, {"numero_doc": WRONG}),
    ("1317", "numero_doc", A, {"tipo_doc": "r", "numero_doc": "80012345-0"}),
    ("1316", "operacion", A, {"operacion": "b2b"}),
    (
        "1300",
        "operacion",
        F,
        {"tipo_doc": "c", "numero_doc": "1", "razon_social": "Cliente", "operacion": "b2b"},
    ),
    ("1300", "operacion", FR, {"operacion": "b2f", "pais": "USA", "direccion": "x"}),
    ("1333", "operacion", F, {"operacion": "b2f", "pais": "USA", "direccion": "x"}),
    ("1320", "pais", FR, {"pais": "USA"}),
    (
        "1301",
        "pais",
        F,
        {"tipo_doc": "p", "numero_doc": "1", "razon_social": "John", "pais": "XXX", "direccion": "x"},
    ),
    ("1318", "direccion", without(R, "direccion"), {}),
    ("1318", "direccion", F, without(ABROAD, "direccion")),
    ("1328", "ciudad", FR, {"ciudad": "Atlantis"}),
    ("1328", "ciudad", FR, {"departamento": "CAPITAL", "ciudad": "LUQUE"}),
    ("2553", "vendedor-ciudad", A, {"vendedor": SELLER | {"ciudad": "San Antonio"}}),
    (
        "2557",
        "lugar_transaccion-ciudad",
        A,
        {"lugar_transaccion": {"direccion": "x", "ciudad": "San Antonio"}},
    ),
    ("1321", "numero_doc", F, item(cantidad=1, precio_unitario=7000000)),
    ("1321", "numero_doc", F, USD | item(cantidad=1, precio_unitario=1000)),
    ("2400", "documentos", without(C, "documento"), {}),
    ("2415", "documentos", C, {"documentos": [PRINTED]}),
    ("2416", "documentos-1", A, {"documentos": [PRINTED]}),
    ("2434", "documentos-1", F, {"documentos": [{"constancia": "1"}]}),
    ("2402", "documentos-1", C, {"documento": "", "documentos": [{"numero": "0000001"}]}),
    ("2406", "documentos-1-establecimiento", C, printed(establecimiento=None)),
    ("2407", "documentos-1-punto", C, printed(punto=None)),
    ("2408", "documentos-1-numero", C, printed(numero=None)),
    ("2409", "documentos-1-tipo", C, printed(tipo=None)),
    ("2411", "documentos-1-fecha", C, printed(fecha=None)),
    ("2419", "documentos-1-timbrado", C, printed(cdc=cdc_of("1"))),
    ("2420", "documentos-1-establecimiento", C, printed(cdc=cdc_of("1"))),
    ("2421", "documentos-1-punto", C, printed(cdc=cdc_of("1"))),
    ("2422", "documentos-1-numero", C, printed(cdc=cdc_of("1"))),
    ("2423", "documentos-1-tipo", C, printed(cdc=cdc_of("1"))),
    ("2425", "documentos-1-fecha", C, printed(cdc=cdc_of("1"))),
    (
        "2427",
        "documentos-1-constancia",
        C,
        {"documento": "", "documentos": [{"cdc": cdc_of("1"), "constancia": "1"}]},
    ),
    ("2431", "documentos-1-constancia_numero", C, printed(constancia_numero="12345678901")),
    ("2433", "documentos-1-constancia_control", C, printed(constancia_control="abc-1234")),
    ("2430", "documentos-1-constancia_numero", A, {"documentos": [{"constancia": "2"}]}),
    ("2432", "documentos-1-constancia_control", A, {"documentos": [{"constancia": "2"}]}),
    ("2403", "documento", C, {"documento": cdc_of("1")[:-1] + "0"}),
    ("2414", "documento", C, {"documento": cdc_of("7")}),
    ("2439", "documento", C, {"documento": cdc_of("1", "80012345", "0")}),
    (
        "2443",
        "documentos-1-ruc_fusionado",
        C,
        {"documento": "", "documentos": [{"cdc": cdc_of("1"), "ruc_fusionado": "80012345-0"}]},
    ),
    (
        "2444",
        "documentos-1-ruc_fusionado",
        F,
        {"documentos": [{"cdc": cdc_of("1"), "ruc_fusionado": "80000000-5"}]},
    ),
    ("2440", "documentos-1-timbrado", C, printed(timbrado="12345678")),
    ("2413", "documentos", FR, {"tipo_transaccion": "12"}),
    ("2436", "documentos-1-comprobante_retencion", FR, printed(comprobante_retencion="001-001-0000001")),
    ("1802", "items-1-unidad", F, item(unidad="docenita")),
    ("1850", "items-1-precio_unitario", F, {"items": [GOOD]}),
    ("1906", "items-1-proporcion_iva", FR, item(afectacion_iva="4")),
    ("1906", "items-1-proporcion_iva", FR, item(afectacion_iva="4", proporcion_iva=100)),
    ("1904", "items-1-proporcion_iva", F, item(proporcion_iva=50)),
    ("1905", "items-1-proporcion_iva", F, item(afectacion_iva="3", proporcion_iva=50)),
    ("1907", "items-1-tasa_iva", F, item(afectacion_iva="2", tasa_iva="5")),
    ("1908", "items-1-tasa_iva", F, item(tasa_iva="0")),
    ("1908", "items-1-tasa_iva", F, item(tasa_iva="18")),
    ("1902", "items-1-afectacion_iva", FR, {"tipo_impuesto": "2"} | item(tasa_iva="10")),
    ("1853", "items-1-precio_unitario", FR, item(descuento=10000, anticipo=5001)),
    ("1853", "items-1-total", F, item(total=1)),
    (
        "1862",
        "items-1-descuento_global",
        FR,
        {"descuento_global_porcentaje": 10} | item(descuento_global=1400),
    ),
    ("1807", "items-1-relevancia", F, item(relevancia="1", cantidad_merma=1)),
    ("1808", "items-1-cantidad_merma", R, {"items": [GOOD | {"relevancia": "1"}]}),
    ("1804", "items-1-pais_origen", F, item(pais_origen="XXX")),
    ("2050", "adicionales-ciclo_inicio", F, {"adicionales": {"ciclo": "Mayo"}}),
    (
        "2051",
        "adicionales-ciclo_inicio",
        F,
        {"adicionales": {"ciclo_inicio": "2026-11-01", "ciclo_fin": "2026-11-30"}},
    ),
    ("2052", "adicionales-ciclo_fin", F, {"adicionales": {"ciclo": "Mayo", "ciclo_inicio": "2026-11-01"}}),
    ("2053", "adicionales-ciclo_fin", F, {"adicionales": {"ciclo_fin": "2026-11-30"}}),
    (
        "2054",
        "adicionales-ciclo_fin",
        F,
        {"adicionales": {"ciclo": "M", "ciclo_inicio": "2026-11-02", "ciclo_fin": "2026-11-01"}},
    ),
    ("2055", "adicionales-vencimientos-1", F, {"adicionales": {"vencimientos": ["2026-11-20"]}}),
    ("1503", "forma_pago", A, {"forma_pago": "credito", "plazo": "30 días"}),
    ("1701", "plazo", F, {"forma_pago": "contado", "plazo": "30 días"}),
    ("1701", "cuotas", F, {"forma_pago": "contado", "cuotas": [{"monto": 5}]}),
    ("1703", "plazo", FR, {"forma_pago": "credito"}),
    ("1706", "cantidad_cuotas", FR, {"plazo": "30 días", "cantidad_cuotas": 2}),
    ("1751", "cuotas", FR, {"plazo": "30 días", "cuotas": [{"monto": 5}]}),
    ("1551", "pagos", FR, {"plazo": "30 días", "entrega_inicial": 5}),
    ("1552", "entrega_inicial", FR, {"plazo": "30 días"} | paid()),
    ("1600", "pagos-1-tarjeta", F, paid(tipo="3")),
    ("1601", "pagos-1-tarjeta", F, paid(tarjeta=CARD)),
    ("1650", "pagos-1-cheque", F, paid(tipo="2")),
    ("1651", "pagos-1-cheque", F, paid(cheque=CHEQUE)),
    ("1553", "pagos-1-tipo", F, paid(tipo="16")),
    ("1555", "pagos-1-moneda", F, paid(moneda="XYZ", tipo_cambio=1)),
    ("1556", "pagos-1-tipo_cambio", F, paid(moneda="USD")),
    ("1557", "pagos-1-tipo_cambio", F, paid(tipo_cambio=1)),
    ("1604", "pagos-1-tarjeta-ruc_procesadora", F, paid(tipo="3", tarjeta=CARD | {"ruc_procesadora": WRONG})),
    ("2102", "transporte-tipo", R, trip(tipo=None)),
    ("2107", "transporte-inicio", R, trip(inicio=None)),
    ("2109", "transporte-fin", R, trip(fin=None)),
    ("2150", "transporte-salida", R, trip(salida=None)),
    ("2200", "transporte-entregas", R, trip(entregas=None)),
    ("2250", "transporte-vehiculos", R, trip(vehiculos=None)),
    ("2300", "transporte-transportista", R, trip(transportista=None)),
    ("2108", "transporte-inicio", R, trip(inicio="2018-11-01")),
    ("2110", "transporte-fin", R, trip(fin="2026-11-20")),
    ("2153", "transporte-salida-ciudad", R, trip(salida=STOP | {"ciudad": "Atlantis"})),
    ("2203", "transporte-entregas-1-ciudad", R, trip(entregas=[STOP | {"ciudad": "Atlantis"}])),
    ("2254", "transporte-vehiculos-1-matricula", R, trip(vehiculos=[without(CAR, "matricula")])),
    ("2252", "transporte-vehiculos-1-vuelo", R, trip(modalidad="aereo")),
    ("2253", "transporte-vehiculos-1-vuelo", R, trip(vehiculos=[CAR | {"vuelo": "PZ0701"}])),
    ("2306", "transporte-transportista-ruc", R, trip(transportista=CARRIER | {"ruc": WRONG})),
    ("2308", "transporte-transportista-tipo_doc", R, trip(transportista=CARRIER | {"tipo_doc": "1"})),
    ("2307", "transporte-transportista-tipo_doc", R, trip(transportista=without(CARRIER, "ruc"))),
    (
        "2311",
        "transporte-transportista-numero_doc",
        R,
        trip(transportista=without(CARRIER, "ruc") | {"tipo_doc": "1"}),
    ),
    ("2113", "transporte-pais_destino", R, trip(pais_destino="XXX")),
    (
        "2313",
        "transporte-transportista-nacionalidad",
        R,
        trip(transportista=CARRIER | {"nacionalidad": "XXX"}),
    ),
    ("2604", "fecha_factura", R, {"fecha_factura": "2026-12-01"}),
    ("2605", "fecha_factura", without(R, "documento"), {}),
    ("2606", "numero_doc", R, {"motivo": "7"}),
    ("2365", "total", F, {"total": 1}),
]

#: Refused without a code of the authority: (property, base, changes)
BAD_FORM: list[tuple[str, Properties, Properties]] = [
    ("tipo", F, {"tipo": "x"}),
    ("numero", F, {"numero": 0}),
    ("numero", F, {"numero": 10_000_000}),
    ("serie", F, {"serie": "1-1"}),
    ("serie", F, {"serie": "F001"}),
    ("fecha", F, {"fecha": "21/11/2026"}),
    ("hora", F, {"hora": "25:00"}),
    ("moneda", F, {"moneda": "guaranies"}),
    ("razon_social", FR, {"razon_social": "ABC"}),
    ("numero_doc", F, {"numero_doc": "1.234.567"}),
    ("correo", FR, {"correo": "nadie"}),
    ("items", F, {"items": []}),
    ("items-1-cantidad", F, item(cantidad=0)),
    ("items-1-cantidad", F, item(cantidad="mil")),
    ("items-1-cantidad", F, item(cantidad="12345678901")),
    ("items-1-precio_unitario", F, item(precio_unitario=-1)),
    ("items-1-descripcion", F, item(descripcion="dos\nlíneas")),
    ("items-1-descripcion", F, item(descripcion=" ")),
    ("items-1-precio", F, item(precio=5)),
    ("items-1-afectacion_iva", F, item(afectacion_iva="10")),
    ("items-1-afectacion_iva", FR, {"tipo_impuesto": "4"}),
    ("items-1-vehiculo-combustible_descripcion", FR, item(vehiculo={"combustible": "9"})),
    ("items-1-vehiculo-chasis", FR, item(vehiculo={"chasis": "1"})),
    ("items", F, item(cantidad="9999999999", precio_unitario="999999999999999")),
    ("indicador_presencia_descripcion", F, {"indicador_presencia": "9"}),
    ("tipo_doc_descripcion", F, {"tipo_doc": "o", "numero_doc": "1", "razon_social": "Luis"}),
    ("razon_social", F, {"tipo_doc": "c", "numero_doc": "1"}),
    ("numero_doc", F, {"tipo_doc": "i", "numero_doc": "123"}),
    ("ciudad", F, ABROAD | {"ciudad": "LUQUE"}),
    ("cantidad_cuotas", FR, {"cuotas": [{"monto": 5}], "cantidad_cuotas": 2}),
    ("cuotas-1-moneda", FR, {"cuotas": [{"monto": 5, "moneda": "XYZ"}]}),
    ("pagos-1-descripcion", F, paid(tipo="99")),
    ("pagos-1-tipo", F, paid(tipo="22")),
    ("pagos-1-tarjeta-descripcion", F, paid(tipo="3", tarjeta={"denominacion": "99"})),
    ("pagos-1-tarjeta-numero", F, paid(tipo="3", tarjeta=CARD | {"numero": "4111111111111111"})),
    ("pagos-1-cheque-banco", F, paid(tipo="2", cheque={"numero": "1"})),
    ("kilometros", without(R, "kilometros"), {}),
    ("energia-1-lectura_actual", F, {"energia": [{"lectura_anterior": 5, "lectura_actual": 4}]}),
    ("seguro-polizas", F, {"seguro": {"polizas": []}}),
    ("carga-unidad_peso", F, {"carga": {"peso": 1, "unidad_peso": "kilito"}}),
    ("transporte-transportista-agente_ruc", R, trip(transportista=CARRIER | {"agente_ruc": WRONG})),
    ("transporte-vehiculos-1-matricula", R, trip(vehiculos=[CAR | {"matricula": "AB1"}])),
    ("energia", C, {"energia": [{"medidor": "1"}]}),
    ("documentos-1-cdc", C, {"documento": "", "documentos": [{"cdc": "123"}]}),
    ("redondeo", F, {"redondeo": "quizás"}),
    ("exportacion", FR, {"exportacion": {"condicion": "FOB"}}),
    ("exportacion", C, {"exportacion": {"condicion": "FOB"}}),
    (
        "exportacion",
        F,
        ABROAD | {"informacion_fisco": "a) Exportación", "exportacion": {"condicion": "FOB"}},
    ),
    ("cosa", F, {"cosa": 1}),
]
