"""Consulta integrada de validez: an OAuth2 token and the state of any comprobante (spec.md §11)."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from emitir.sandbox.clock import MovableClock
from emitir.sandbox.records import ACCEPTED, VOIDED, Call, Registered
from emitir.sandbox.store import Store
from emitir.sandbox.sunat.lists import Lists
from emitir.sandbox.sunat.tokens import WRONG_SECRET, DeniedError, Tokens

_SCOPE = "https://api.sunat.gob.pe/v1/contribuyente/contribuyentes"


class InvalidError(Exception):
    """A parameter is missing or wrong: the sentence is the first argument."""


class ConsultaIntegrada:
    """Tokens and states."""

    def __init__(self, store: Store, clock: MovableClock) -> None:
        self._store = store
        self._tokens = Tokens(store, clock, "consulta")

    def token(self, client_id: str, form: dict[str, str]) -> dict[str, Any]:
        """A bearer token for client credentials. Raises DeniedError."""
        good = (
            form.get("grant_type") == "client_credentials"
            and form.get("scope") == _SCOPE
            and form.get("client_id") == client_id
            and form.get("client_secret") not in (None, "", WRONG_SECRET)
        )
        if not good:
            raise DeniedError({"error": "invalid_client", "error_description": "Credenciales incorrectas"})
        return self._tokens.issue(client_id)

    def state(self, authorization: str, ruc: str, body: dict[str, Any], call: Call) -> dict[str, Any]:
        """The answer of validarcomprobante. Raises DeniedError without a good token, InvalidError for wrong parameters."""
        self._tokens.subject(authorization)
        values = {
            name: str(body.get(name, "")).strip() for name in ("numRuc", "codComp", "numeroSerie", "numero")
        }
        call.file_name = "-".join(values.values())
        missing = [name for name in (*values, "fechaEmision") if not str(body.get(name, "")).strip()]
        if missing:
            raise InvalidError(f"Falta: {', '.join(missing)}")
        if not (values["numero"].isascii() and values["numero"].isdigit() and len(values["numero"]) <= 8):
            raise InvalidError("numero debe ser numérico")
        try:
            day = datetime.strptime(str(body["fechaEmision"]), "%d/%m/%Y").date().isoformat()  # noqa: DTZ007 -- a date
        except ValueError:
            raise InvalidError("fechaEmision debe ser dd/mm/aaaa") from None
        document = self._store.document(
            values["numRuc"], values["codComp"], values["numeroSerie"], int(values["numero"])
        )
        code = self._code(document, day, body.get("monto"))
        if code == "0" and document is None and values["numeroSerie"].isdigit():
            code = self._on_paper(values)
        call.outcome, call.code = "respondido", code
        data: dict[str, Any] = {"estadoCp": code}
        if code == "1":
            lists = Lists.load(self._store)
            data["estadoRuc"] = "01" if values["numRuc"] in lists.ruc_inactivo else "00"
            data["condDomiRuc"] = "12" if values["numRuc"] in lists.ruc_no_habido else "00"
        return {"success": True, "message": "Operation Success! ", "data": data}

    def _code(self, document: Registered | None, day: str, monto: Any) -> str:
        """0 no existe, 1 aceptado, 2 anulado. A rejected document does not exist; date and amount must agree."""
        if document is None or document.state not in (ACCEPTED, VOIDED) or document.issue_date != day:
            return "0"
        if monto not in (None, ""):
            try:
                if Decimal(str(monto)) != Decimal(document.total):
                    return "0"
            except InvalidOperation:
                raise InvalidError("monto debe ser numérico") from None
        return "1" if document.state == ACCEPTED else "2"

    def _on_paper(self, values: dict[str, str]) -> str:
        """3 autorizado, 4 no autorizado: whether the serie of a document on paper was authorised to be printed."""
        serie = f"{values['numRuc']}-{values['codComp']}-{values['numeroSerie']}"
        return "3" if serie in Lists.load(self._store).series_autorizadas else "4"
