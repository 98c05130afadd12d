"""The part of an Odoo that the bot asks, over its real protocol: ``/jsonrpc`` and the version, as odoorpc speaks it.

Partners are searched by the domain that the bot sends: ``in`` and ``!=`` on their fields.
"""

from __future__ import annotations

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self

DB, USER, PASSWORD = "empresa", "bot@empresa.pe", "clave-de-odoo-muy-secreta"


class OdooServer:
    """A context manager; ``partners`` may be changed at any time."""

    def __init__(self) -> None:
        self.partners: list[dict[str, Any]] = []
        self.down = False
        odoo = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                call = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                answer = b"<html>mantenimiento</html>" if odoo.down else odoo._answer(self.path, call)
                self.send_response(503 if odoo.down else 200)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(answer)))
                self.end_headers()
                self.wfile.write(answer)

            def log_message(self, format: str, *args: object) -> None:
                return

        self._http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._http.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._http.server_address[1]}"
        self._thread = threading.Thread(target=self._http.serve_forever, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._http.shutdown()
        self._http.server_close()

    def settings(self, ruc: str) -> str:
        """The content of the bot's file about Odoo."""
        place = {"url": self.url, "db": DB, "usuario": USER, "clave_env": "CLAVE_ODOO"}
        return json.dumps({ruc: place})

    def _answer(self, path: str, call: dict[str, Any]) -> bytes:
        params = call["params"]
        if path == "/web/webclient/version_info":
            return _said(call, {"server_version": "19.0", "server_version_info": [19, 0, 0, "final", 0, ""]})
        if params["service"] == "common":
            return _said(call, 7 if params["args"] == [DB, USER, PASSWORD] else False)
        db, uid, password, model, method, *rest = params["args"]
        if (db, uid, password) != (DB, 7, PASSWORD):
            return _failed(call, "Access Denied")
        if method == "context_get":
            return _said(call, {"lang": "es_PE", "tz": "America/Lima"})
        if (model, method) != ("res.partner", "search_read"):
            return _failed(call, f"no method {model}.{method} here")
        (domain,), options = rest
        found = [partner for partner in self.partners if all(_fits(partner, term) for term in domain)]
        fields = ("id", *options["fields"])
        return _said(call, [{name: one[name] for name in fields} for one in found[: options["limit"]]])


def _fits(partner: dict[str, Any], term: list[Any]) -> bool:
    name, operator, value = term
    return partner[name] in value if operator == "in" else bool(partner[name] != value)


def _said(call: dict[str, Any], result: object) -> bytes:
    return json.dumps({"jsonrpc": "2.0", "id": call["id"], "result": result}).encode()


def _failed(call: dict[str, Any], message: str) -> bytes:
    error = {"code": 200, "message": "Odoo Server Error", "data": {"message": message, "debug": ""}}
    return json.dumps({"jsonrpc": "2.0", "id": call["id"], "error": error}).encode()
