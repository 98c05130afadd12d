"""``hola``: is the company ready to issue? Settings, certificate and connection, with what is wrong in words."""

from __future__ import annotations

from typing import Any

from emitir.engine.empresas.health import HolaResult
from emitir.error_codes import PROPIEDAD_DESCONOCIDA
from emitir.errors import EmitirError, Problem
from emitir.i18n import N_, translate
from emitir.service.answers import Answer, error_answer
from emitir.service.command import Call, Command

_TEXT = {"type": "string"}


def run(call: Call) -> Answer:
    """Look at the company; what keeps it from issuing is an error that carries the same facts."""
    unknown = [
        Problem(PROPIEDAD_DESCONOCIDA, N_("hola no lleva propiedades."), name) for name in call.properties
    ]
    if unknown:
        raise EmitirError(unknown)
    result = call.engine.hola(call.company)
    facts = _facts(result, call.language)
    if result.ok:
        text = N_("Hola, {name}: todo listo para emitir en el ambiente {environment} de {authority}.")
        said = translate(text, call.language).format(
            name=result.company.razon_social, environment=result.company.ambiente, authority=result.authority
        )
        return Answer({"estado": "ok", "mensaje": said, **facts})
    error = error_answer(EmitirError(result.problems), call.language)
    return Answer({**error.properties, **facts}, error.http)


def _facts(result: HolaResult, language: str) -> dict[str, Any]:
    company = result.company
    facts: dict[str, Any] = {
        "razon_social": company.razon_social,
        "ruc": company.ruc,
        "pais": company.pais,
        "ambiente": company.ambiente,
        "autoridad": result.authority,
        "conexion": result.connected,
    }
    if result.certificate is not None:
        facts["certificado_titular"] = result.certificate.subject
        facts["certificado_vence"] = result.certificate.valid_to.date().isoformat()
        facts["certificado_dias"] = result.days_left
    facts |= result.facts
    if result.warnings:
        facts["advertencias"] = [warning.as_dict(language) for warning in result.warnings]
    return facts


COMMAND = Command(
    name="hola",
    summary=N_("Comprobar que la empresa puede emitir"),
    description=N_(
        "Revisa los datos de la empresa, la vigencia de su certificado y la conexión con la autoridad, sin enviar "
        "ningún comprobante. No lleva propiedades. Si algo impide emitir, responde con un error que dice todo lo "
        "que hay que corregir."
    ),
    run=run,
    answer={
        "mensaje": {**_TEXT, "description": N_("El resultado en una frase.")},
        "razon_social": {**_TEXT, "description": N_("Nombre de la empresa.")},
        "ruc": {**_TEXT, "description": N_("RUC de la empresa.")},
        "pais": {**_TEXT, "description": N_("País: pe o py.")},
        "ambiente": {
            **_TEXT,
            "description": N_(
                "A dónde van los comprobantes: sandbox, beta u ose (Perú), test (Paraguay), produccion."
            ),
        },
        "autoridad": {**_TEXT, "description": N_("La autoridad tributaria.")},
        "conexion": {"type": "boolean", "description": N_("Si la autoridad aceptó la conexión.")},
        "certificado_titular": {**_TEXT, "description": N_("Titular del certificado.")},
        "certificado_vence": {**_TEXT, "format": "date", "description": N_("Último día del certificado.")},
        "certificado_dias": {"type": "integer", "description": N_("Días que le quedan al certificado.")},
        "timbrado": {**_TEXT, "description": N_("Timbrado con que se emite (Paraguay).")},
        "timbrado_inicio": {
            **_TEXT,
            "format": "date",
            "description": N_("Primer día de vigencia del timbrado (Paraguay)."),
        },
        "csc_id": {**_TEXT, "description": N_("Identificador del CSC con que se firma el QR (Paraguay).")},
        "ruc_estado": {**_TEXT, "description": N_("Estado del RUC de la empresa (Paraguay).")},
        "facturador_electronico": {
            "type": "boolean",
            "description": N_("Si la autoridad la tiene como facturador electrónico (Paraguay)."),
        },
        "reloj_diferencia": {
            "type": "integer",
            "description": N_("Segundos que el reloj de este equipo adelanta al de la autoridad (Paraguay)."),
        },
        "advertencias": {
            "type": "array",
            "items": {"type": "object"},
            "description": N_("Lo que pronto impedirá emitir, como en errores."),
        },
    },
)
