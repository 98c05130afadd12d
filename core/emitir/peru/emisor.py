"""The issuer: a company's settings for Peru, checked and completed."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Annotated, Any

from pydantic import Field, PlainValidator

from emitir import error_codes as codes
from emitir.errors import EmitirError, Problem
from emitir.i18n import N_
from emitir.inputs import InputModel, choice_field, pattern_field, problems_of, text_field
from emitir.peru.catalogs import catalog
from emitir.peru.identity import RUC_PREFIXES, is_ruc, ruc_check_digit

#: The first is the default; production is never reached without being named (issue: explicit choice).
AMBIENTES = ("sandbox", "beta", "produccion", "ose")
#: Environments whose documents have no legal value.
AMBIENTES_DE_PRUEBA = frozenset({"sandbox", "beta"})

_ruc = pattern_field(r"[0-9]{11}", N_("El RUC tiene 11 dígitos."))
_ubigeo = pattern_field(r"([0-9]{6})?", N_("El ubigeo tiene 6 dígitos."))
_local = pattern_field(
    r"[0-9]{4}", N_("El código de establecimiento anexo tiene 4 dígitos."), authority="4242"
)


_hora = pattern_field(
    r"([01][0-9]|2[0-3]):[0-5][0-9]", N_("Debe ser una hora HH:MM de Lima, por ejemplo 02:00.")
)


_mtc = pattern_field(
    "((?!0+$)[0-9A-Z]{1,20})?",
    N_("El registro del MTC tiene hasta 20 letras y cifras."),
    upper=True,
    authority="4392",
)


def _text(maximum: int, minimum: int = 0, **more: Any) -> PlainValidator:
    return PlainValidator(text_field(maximum, minimum, **more))


def _choice(*names: str) -> PlainValidator:
    return PlainValidator(choice_field({name: name for name in names}))


def _url(value: object) -> str:
    text = text_field(300, 0)(value)
    if text and not text.startswith(("https://", "http://")):
        return pattern_field("https?://.+", N_("Debe ser una dirección http:// o https://."))(text)
    return text.rstrip("/")


Url = Annotated[str, PlainValidator(_url)]


class Endpoints(InputModel):
    """Addresses that replace the ones of the environment (an OSE, a proxy, a sandbox on another port).

    Named as SUNAT names its services.
    """

    billService: Url = ""  # noqa: N815
    billConsultService: Url = ""  # noqa: N815
    otrosCpe: Url = ""  # noqa: N815
    consultaIntegrada: Url = ""  # noqa: N815
    consultaToken: Url = ""  # noqa: N815
    gre: Url = ""
    greToken: Url = ""  # noqa: N815


class Emisor(InputModel):
    """Settings of a Peruvian company. Limits of the address parts: rules 4094-4098 of SUNAT."""

    ruc: Annotated[str, PlainValidator(_ruc)]
    razon_social: Annotated[str, _text(1500, 3, authority="1037")]
    nombre_comercial: Annotated[str, _text(1500)] = ""
    direccion: Annotated[str, _text(200)] = ""
    ubigeo: Annotated[str, PlainValidator(_ubigeo)] = ""
    urbanizacion: Annotated[str, _text(25, authority="4095")] = ""
    departamento: Annotated[str, _text(30, authority="4097")] = ""
    provincia: Annotated[str, _text(30, authority="4096")] = ""
    distrito: Annotated[str, _text(30, authority="4098")] = ""
    codigo_establecimiento: Annotated[str, PlainValidator(_local)] = "0000"
    telefono: Annotated[str, _text(60)] = ""
    cuenta_detraccion: Annotated[str, _text(50)] = ""
    #: Number in the registry of the MTC, of the guías de transportista.
    registro_mtc: Annotated[str, PlainValidator(_mtc)] = ""
    correo: Annotated[str, _text(120)] = ""
    web: Annotated[str, _text(120)] = ""
    ambiente: Annotated[str, _choice(*AMBIENTES)] = AMBIENTES[0]
    hash_firma: Annotated[str, _choice("sha256", "sha1")] = "sha256"
    #: Boletas and their notas: one by one, or by resumen diario at that hour of Lima.
    envio_boletas: Annotated[str, _choice("individual", "resumen")] = "individual"
    hora_resumen: Annotated[str, PlainValidator(_hora)] = "02:00"
    endpoints: Endpoints = Field(default_factory=Endpoints)

    @property
    def de_prueba(self) -> bool:
        """Whether its documents have no legal value."""
        return self.ambiente in AMBIENTES_DE_PRUEBA


_TEXT = {"type": "string"}
#: What a company changes with its own token (command ``ajustes``); the rest is the administrator's.
PROPIOS: dict[str, dict[str, Any]] = {
    "nombre_comercial": {**_TEXT, "description": N_("Nombre comercial que se imprime.")},
    "direccion": {**_TEXT, "description": N_("Dirección fiscal, sin distrito, provincia ni departamento.")},
    "ubigeo": {**_TEXT, "description": N_("Ubigeo de la dirección fiscal: 6 dígitos.")},
    "urbanizacion": {**_TEXT, "description": N_("Urbanización de la dirección fiscal.")},
    "distrito": {**_TEXT, "description": N_("Distrito de la dirección fiscal.")},
    "provincia": {**_TEXT, "description": N_("Provincia de la dirección fiscal.")},
    "departamento": {**_TEXT, "description": N_("Departamento de la dirección fiscal.")},
    "telefono": {**_TEXT, "description": N_("Teléfono que se imprime.")},
    "correo": {**_TEXT, "description": N_("Correo que se imprime y al que responden los clientes.")},
    "web": {**_TEXT, "description": N_("Página web que se imprime.")},
    "cuenta_detraccion": {
        **_TEXT,
        "description": N_("Cuenta del Banco de la Nación en la que se depositan las detracciones."),
    },
    "registro_mtc": {
        **_TEXT,
        "description": N_("Registro de la empresa en el MTC, para sus guías de transportista."),
    },
    "envio_boletas": {
        "enum": ["individual", "resumen"],
        "description": N_("Las boletas y sus notas: una por una, o juntas en el resumen diario."),
    },
    "hora_resumen": {**_TEXT, "description": N_("Hora de Lima en que sale el resumen diario, HH:MM.")},
}


def ruc_problem(ruc: str, path: str) -> Problem | None:
    """What is wrong with a RUC of 11 digits, with the right digit as suggestion; None when nothing is."""
    if is_ruc(ruc):
        return None
    if not ruc.startswith(RUC_PREFIXES):
        return Problem(
            codes.NUMERO_IDENTIDAD_INVALIDO,
            N_("El RUC {ruc} no existe: empieza con 10, 15, 16, 17 o 20."),
            path,
            {"ruc": ruc},
            authority_code="3202",
        )
    return Problem(
        codes.NUMERO_IDENTIDAD_INVALIDO,
        N_("El dígito verificador del RUC {ruc} es incorrecto: termina en {wrong} y le corresponde {right}."),
        path,
        {"ruc": ruc, "wrong": ruc[10], "right": ruc_check_digit(ruc[:10])},
        authority_code="3202",
        source="SUNAT 3202; RUC módulo 11",
        suggestion=ruc[:10] + ruc_check_digit(ruc[:10]),
    )


def check_emisor(company: Mapping[str, Any]) -> Emisor:
    """Validate a company's settings; raises EmitirError with every problem."""
    from pydantic import ValidationError

    problems: list[Problem] = []
    emisor = None
    try:
        emisor = Emisor.model_validate(company)
    except ValidationError as failure:
        problems = problems_of(failure, Emisor)
    ruc = company.get("ruc")
    if isinstance(ruc, str) and len(ruc) == 11 and ruc.isdigit() and (wrong := ruc_problem(ruc, "ruc")):
        problems.append(wrong)
    if emisor and emisor.ubigeo and emisor.ubigeo not in catalog("13"):
        problems.append(
            Problem(
                codes.VALOR_NO_PERMITIDO,
                N_("El ubigeo {ubigeo} no existe en el catálogo 13."),
                "ubigeo",
                {"ubigeo": emisor.ubigeo},
                authority_code="4093",
            )
        )
    if emisor and emisor.ambiente == "ose" and not emisor.endpoints.billService:
        problems.append(
            Problem(
                codes.CONFIGURACION_INVALIDA,
                N_("Para enviar por un OSE indique la dirección de su servicio."),
                "endpoints-billService",
            )
        )
    if problems or emisor is None:
        raise EmitirError(problems)
    return emisor


@lru_cache(maxsize=256)
def _cached(items: tuple[tuple[str, Any], ...]) -> Emisor:
    return check_emisor({key: dict(value) if isinstance(value, tuple) else value for key, value in items})


def emisor_of(company: Mapping[str, Any]) -> Emisor:
    """The checked issuer; the same settings are checked once."""
    return _cached(
        tuple(
            (key, tuple(value.items()) if isinstance(value, dict) else value)
            for key, value in company.items()
        )
    )
