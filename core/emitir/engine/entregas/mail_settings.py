"""The mail server of a company, as its settings hold it. The password is the secret ``smtp_clave``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import PlainValidator

from emitir.engine.entregas.mail_addresses import address_problem, normal_address
from emitir.i18n import N_
from emitir.inputs import InputModel, choice_field, field_error, integer_field, pattern_field, text_field

#: Name of the secret that opens the server.
SMTP_PASSWORD = "smtp_clave"  # noqa: S105 - the name of a secret, not a secret

STARTTLS, TLS, NONE = "starttls", "tls", "ninguna"
_SECURITY = {STARTTLS: STARTTLS, TLS: TLS, "ssl": TLS, NONE: NONE, "none": NONE}
#: The customary port of each way to secure the line (RFC 8314, RFC 6409).
PORTS = {STARTTLS: 587, TLS: 465, NONE: 25}

_HOST = re.compile(r"[A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?|[0-9A-Fa-f:.]{2,45}", re.ASCII)
_host = pattern_field(_HOST.pattern, N_("Debe ser el nombre o la dirección IP de un servidor, sin puerto."))


def _address(value: object) -> str:
    text = text_field(300)(value)
    address = normal_address(text)
    if address is None:
        problem = address_problem(text, "")
        shown = problem.params["direccion"]
        raise field_error(problem.code, problem.text, suggestion=problem.suggestion, direccion=shown)
    return address


def _no_address(value: object) -> str:
    return "" if value == "" else _address(value)


class SmtpSettings(InputModel):
    """How mail of a company leaves. ``puerto`` 0: the customary one of ``seguridad``."""

    servidor: Annotated[str, PlainValidator(_host)]
    puerto: Annotated[int, PlainValidator(integer_field(0, 65535))] = 0
    seguridad: Annotated[str, PlainValidator(choice_field(_SECURITY, accepted="starttls, tls, ninguna"))] = (
        STARTTLS
    )
    usuario: Annotated[str, PlainValidator(text_field(254, 0))] = ""
    remitente: Annotated[str, PlainValidator(_address)]
    nombre: Annotated[str, PlainValidator(text_field(120, 0))] = ""
    responder_a: Annotated[str, PlainValidator(_no_address)] = ""

    @property
    def port(self) -> int:
        """The port that is really used."""
        return self.puerto or PORTS[self.seguridad]


def smtp_settings(ajustes: Mapping[str, Any]) -> SmtpSettings | None:
    """The stored mail server of a company (``Company.ajustes``), ``None`` when it has none."""
    stored = ajustes.get("smtp")
    return SmtpSettings.model_validate(stored) if stored else None
