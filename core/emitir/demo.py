"""``emitir demo``: a factura and a boleta from the properties to the files, over real HTTP on loopback.

Sandbox and service run in this process, each on its own port; what is shown is read from their answers.
"""

from __future__ import annotations

import shutil
import signal
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import typer

from emitir.client import Emitido, EmitirApiError, EmitirClient, TransportError
from emitir.engine import Company, Engine, Settings
from emitir.peru.examples import AS_PRINTED, boleta, factura
from emitir.sandbox.server import SandboxServer
from emitir.service.logs import log_to_file
from emitir.service.server import ServiceServer
from emitir.signing.throwaway import throwaway_pkcs12

_PASSWORD = "demo"  # noqa: S105 - of a throw-away certificate
#: What SUNAT's own test environment takes for everybody.
_SECRETS = {"usuario_sol": "MODDATOS", "clave_sol": "moddatos"}
COMPANY: dict[str, Any] = {
    "ruc": "20512345671",
    "razon_social": "COMERCIAL ÑANDÚ & HIJOS S.A.C.",
    "nombre_comercial": "ÑANDÚ",
    "direccion": "AV. AREQUIPA 1234",
    "ubigeo": "150131",
    "departamento": "LIMA",
    "provincia": "LIMA",
    "distrito": "SAN ISIDRO",
    "telefono": "01 555 0100",
    "correo": "ventas@example.com",
    "ambiente": "sandbox",
}
_LOGO = b"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 96 96"><rect width="96" height="96" rx="18"
fill="#1f3b63"/><path d="M22 70c2-26 14-40 30-40 4-10 12-12 18-8l-6 6c8 14 4 30-8 36l-2 10h-6l1-8h-9l-3 8h-6l3-9z"
fill="#fff"/><circle cx="62" cy="28" r="2" fill="#1f3b63"/></svg>"""
_PATHS = {
    "billService": "/ol-ti-itcpfegem-beta/billService",
    "otrosCpe": "/ol-ti-itemision-otroscpe-gem-beta/billService",
    "billConsultService": "/ol-it-wsconscpegem/billConsultService",
}
#: Seconds between two looks at the state of a document that is on its way.
_LOOK = 0.01


class DemoError(Exception):
    """Something was not accepted; the message says what."""


@dataclass(frozen=True)
class Place:
    """A running demo: engine, company and token, the address of the service."""

    engine: Engine
    company: Company
    token: str
    url: str


def run(out: Path, port: int | None = None, keep: bool = False, env_file: Path | None = None) -> None:
    """Show it; ``keep`` stays until SIGINT or SIGTERM and writes ``env_file`` meanwhile.

    Files go to ``out``. Raises DemoError when a comprobante is not accepted, EmitirError when the demo cannot
    be set up.
    """
    out.mkdir(parents=True, exist_ok=True)
    with _running(out, port if port is not None else (8000 if keep else 0)) as place:
        _say("Servicio", place.url)
        _say("Empresa", f"{place.company.razon_social} (RUC {place.company.ruc}, {place.company.ambiente})")
        with EmitirClient(place.url, place.company.uuid, place.token) as client:
            typer.echo(f"  {client.hola()['mensaje']}")
            _show_refusal(client)
        now = datetime.now(UTC)
        files = _issue(place, "La factura documentada, corregida, en texto", factura(now), "texto", out)
        files += _issue(place, "Una boleta, en JSON", boleta(now), "json", out)
        _title("Archivos")
        for file in files:
            typer.echo(f"  {file}")
        if keep:
            _stay(place, env_file)


@contextmanager
def _running(out: Path, port: int) -> Iterator[Place]:
    """Sandbox, engine with a new company, service."""
    data = out / "data"
    shutil.rmtree(data, ignore_errors=True)
    with ExitStack() as stack:
        sandbox = stack.enter_context(SandboxServer())
        log_to_file(out / "demo.log")
        _title("Emitir, demostración")
        _say("SUNAT de prueba", sandbox.url)
        engine = stack.enter_context(Engine(Settings(data_dir=data)))
        now = datetime.now(UTC)
        certificate = throwaway_pkcs12(
            COMPANY["ruc"],
            COMPANY["razon_social"],
            _PASSWORD,
            now - timedelta(days=1),
            now + timedelta(days=365),
        )
        settings = {**COMPANY, "endpoints": {name: sandbox.url + path for name, path in _PATHS.items()}}
        company, token = engine.companies.create("pe", settings, _SECRETS, certificate, _PASSWORD, logo=_LOGO)
        service = stack.enter_context(ServiceServer(engine, port=port))
        yield Place(engine, company, token, service.url)


def _show_refusal(client: EmitirClient) -> None:
    """What the documented example gets as it was printed."""
    _title("La factura documentada, tal como está impresa")
    try:
        client.emitir(AS_PRINTED)
    except EmitirApiError as error:
        typer.echo(f"  HTTP {error.http}, {error.code}: {error.descripcion}")
        for problem in error.errores:
            typer.echo(f"  {typer.style('✗', fg='red')} {problem['propiedad']}: {problem['descripcion']}")
    else:
        raise DemoError("el ejemplo impreso tiene errores y fue aceptado")


def _issue(place: Place, title: str, properties: dict[str, Any], formato: Any, out: Path) -> list[Path]:
    """Issue one comprobante, show its states, download its files."""
    _title(title)
    answers: list[Emitido | Exception] = []

    def call() -> None:
        with EmitirClient(place.url, place.company.uuid, place.token, formato=formato) as client:
            try:
                answers.append(client.emitir(properties))
            except (EmitirApiError, TransportError) as error:
                answers.append(error)

    caller = threading.Thread(target=call, name="demo-caller")
    caller.start()
    shown = ""
    while caller.is_alive():
        caller.join(_LOOK)
        shown = _show_state(place, properties, shown)
    answer = answers[0]
    if isinstance(answer, Exception):
        raise DemoError(_reason(answer)) from answer
    if answer.estado_comprobante not in ("aceptado", "observado"):
        raise DemoError(f"{answer.codigo_documento} quedó en estado {answer.estado_comprobante}")
    typer.echo(f"  {answer.codigo_documento}: {answer.sunat_respuesta} {answer.sunat_descripcion}")
    for note in answer.observaciones:
        typer.echo(f"  observación: {note}")
    files = []
    with EmitirClient(place.url, place.company.uuid, place.token) as client:
        for kind in ("xml", "cdr", "pdf"):
            file = client.descargar(answer.codigo_descarga, kind)
            files.append(out / file.nombre)
            files[-1].write_bytes(file.contenido)
    return files


def _show_state(place: Place, properties: dict[str, Any], shown: str) -> str:
    """Print the state of the document when it is another one than ``shown``."""
    tipo = {"f": "01", "b": "03"}[properties["tipo"]]
    document = place.engine.comprobante(place.company, tipo, properties["serie"], properties["numero"])
    if document is None or document.estado == shown:
        return shown
    mark = typer.style("✓", fg="green") if document.accepted else "·"
    typer.echo(f"  {mark} {document.estado}")
    return document.estado


def _reason(failure: Exception) -> str:
    if not isinstance(failure, EmitirApiError):
        return str(failure)
    return f"{failure.code}: {failure.descripcion} {failure.extra}"


def _stay(place: Place, env_file: Path | None) -> None:
    """Leave the service running until it is told to stop; ``env_file`` lives as long."""
    stopped = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stopped.set())
    try:
        if env_file is not None:
            _write_env(env_file, place)
            typer.echo(
                f"\nEl servicio sigue en {place.url} y su acceso está en {env_file}. Ctrl-C lo detiene."
            )
        else:
            typer.echo(f"\nEl servicio sigue en {place.url}. Ctrl-C lo detiene.")
        stopped.wait()
    finally:
        if env_file is not None:
            env_file.unlink(missing_ok=True)
    typer.echo("Detenido.")


def _write_env(env_file: Path, place: Place) -> None:
    """Written aside and moved into place: whoever waits for the file finds it whole. It holds a token."""
    aside = env_file.with_name(env_file.name + ".nuevo")
    aside.touch(mode=0o600)
    aside.write_text(
        f"EMITIR_URL={place.url}\nPE_UUID={place.company.uuid}\nPE_TOKEN={place.token}\n", encoding="utf-8"
    )
    aside.replace(env_file)


def _title(text: str) -> None:
    typer.echo("\n" + typer.style(text, bold=True))


def _say(name: str, value: str) -> None:
    typer.echo(f"  {name}: {value}")
