"""Transport of goods subject to detracción (operation 1004): from, to, the trip, its reference values."""

from __future__ import annotations

from emitir import error_codes as codes
from emitir.i18n import N_
from emitir.peru.catalogs import catalog
from emitir.peru.comprobante import Comprobante
from emitir.peru.rules.engine import Report, rule

_SALES: dict[str, str | None] = {"07": None, "08": None}
#: What a line of transport tells, and SUNAT's rule when it is missing.
_WANTED = {
    "origen_ubigeo": "3116",
    "origen_direccion": "3117",
    "destino_ubigeo": "3118",
    "destino_direccion": "3119",
    "detalle_viaje": "3120",
    "valor_referencial_servicio": "3124",
    "valor_referencial_carga_efectiva": "3125",
    "valor_referencial_carga_util": "3126",
}
_VALUES = [name for name in _WANTED if name.startswith("valor")]


@rule({"01": "3116", "03": "3116", **_SALES}, kind=codes.PROPIEDAD_FALTANTE, when="tipo_operacion")
def datos_de_transporte(c: Comprobante, report: Report) -> None:
    if c.tipo_operacion != "1004":
        return
    for number, item in enumerate(c.datos.items, 1):
        for name, code in _WANTED.items():
            value = getattr(item, name)
            if value is None or value == "":
                text = N_("El transporte de carga con detracción indica {name} en cada línea.")
                report(f"items-{number}-{name}", text, code=code, name=name)


@rule({"01": "3123", "03": "3123", **_SALES}, kind=codes.FORMATO_INVALIDO, when=" ".join(_VALUES))
def valores_referenciales(c: Comprobante, report: Report) -> None:
    for number, item in enumerate(c.datos.items, 1):
        for name in _VALUES:
            value = getattr(item, name)
            if value is not None and not value:
                report(f"items-{number}-{name}", N_("El valor referencial debe ser mayor que cero."))


@rule({"01": "4200", "03": "4200"}, kind=codes.VALOR_NO_PERMITIDO, when="origen_ubigeo destino_ubigeo")
def ubigeos(c: Comprobante, report: Report) -> None:
    for number, item in enumerate(c.datos.items, 1):
        for name in ("origen_ubigeo", "destino_ubigeo"):
            ubigeo = getattr(item, name)
            if ubigeo and ubigeo not in catalog("13"):
                text = N_("El ubigeo {ubigeo} no existe en el catálogo 13.")
                report(f"items-{number}-{name}", text, ubigeo=ubigeo)


@rule(
    {"01": "4236", "03": "4236"},
    kind=codes.FORMATO_INVALIDO,
    when="origen_direccion destino_direccion detalle_viaje",
)
def direcciones(c: Comprobante, report: Report) -> None:
    for number, item in enumerate(c.datos.items, 1):
        for name, code in (
            ("origen_direccion", None),
            ("destino_direccion", None),
            ("detalle_viaje", "4270"),
        ):
            if 0 < len(getattr(item, name)) < 3:
                report(f"items-{number}-{name}", N_("Debe tener al menos 3 caracteres."), code=code)
