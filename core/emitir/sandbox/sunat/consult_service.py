"""billConsultService: getStatus and getStatusCdr. Facturas and their notes only; in production only."""

from __future__ import annotations

from emitir.sandbox.records import ACCEPTED, REJECTED, Call, Registered
from emitir.sandbox.store import Store
from emitir.sandbox.sunat import access, archive, envelope
from emitir.sandbox.sunat.lists import Lists
from emitir.sandbox.sunat.messages import consult_message

_STATES = {ACCEPTED: "0001", REJECTED: "0002"}
_VOIDED = "0003"
_CDR_EXISTS = "cdr"


class ConsultService:
    """What SUNAT says of a number, and its CDR."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def get_status(self, request: envelope.Request, call: Call) -> bytes:
        """The state of a document, without its CDR."""
        status, document = self._find(request, call, missing="0011")
        if document is not None:
            status = _STATES.get(document.state, _VOIDED)
        return self._answer("getStatus", "status", status, None, call)

    def get_status_cdr(self, request: envelope.Request, call: Call) -> bytes:
        """The CDR of a document, accepted or rejected. 0127 when there is none."""
        status, document = self._find(request, call, missing="0127")
        content = None
        if document is not None:
            status, content = _CDR_EXISTS, archive.pack(f"R-{document.name}", document.cdr)
        return self._answer("getStatusCdr", "statusCdr", status, content, call)

    def _answer(self, operation: str, wrapper: str, status: str, content: bytes | None, call: Call) -> bytes:
        code = "0004" if status == _CDR_EXISTS else status
        call.outcome, call.code = ("con CDR" if content else "respondido"), code
        fields: list[tuple[str, str | bytes]] = [("content", content)] if content else []
        fields += [("statusCode", code), ("statusMessage", consult_message(status))]
        return envelope.answer(operation, *fields, wrapper=wrapper)

    def _find(self, request: envelope.Request, call: Call, missing: str) -> tuple[str, Registered | None]:
        caller = access.user_ruc(request)
        ruc, tipo, serie, number = (
            request.fields.get(name, "")
            for name in ("rucComprobante", "tipoComprobante", "serieComprobante", "numeroComprobante")
        )
        call.file_name = "-".join((ruc, tipo, serie, number))
        lists = Lists.load(self._store)
        if not (ruc.isascii() and ruc.isdigit() and len(ruc) == 11):
            return "0004", None
        if len(tipo) != 2:
            return "0005", None
        if len(serie) != 4:
            return "0006", None
        if not (number.isascii() and number.isdigit()) or not 0 < int(number) < 10**8:
            return "0007", None
        if ruc in lists.ruc_inexistente:
            return "0008", None
        if tipo not in ("01", "07", "08"):
            return "0009", None
        if not serie.startswith("F"):
            return "0010", None
        if caller != ruc and caller not in lists.proveedores:
            return "0012", None
        document = self._store.document(ruc, tipo, serie, int(number))
        return ("", document) if document else (missing, None)
