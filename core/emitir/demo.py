"""``emitir demo``: comprobantes of both countries from their properties to the files, over real HTTP on loopback.

Sandbox and service run in this process, each on its own port; what is shown is read from their answers.
"""

from __future__ import annotations

import shutil
import signal
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import typer

from emitir.client import Emitido, EmitirApiError, EmitirClient, TransportError
from emitir.demo_companies import PERU as COMPANY
from emitir.demo_companies import Tenant, create_paraguay, create_peru
from emitir.engine import Engine, Settings
from emitir.engine.comprobante import Comprobante
from emitir.paraguay.examples import factura as factura_paraguay
from emitir.peru.examples import AS_PRINTED, boleta, factura
from emitir.sandbox.server import SandboxServer
from emitir.service.logs import log_to_file
from emitir.service.server import ServiceServer

__all__ = ["COMPANY", "DemoError", "Place", "run"]

#: Seconds between two looks at the state of a document that is on its way.
_LOOK = 0.01


class DemoError(Exception):
    """Something was not accepted; the message says what."""


@dataclass(frozen=True)
class Place:
    """A running demo: engine, a company of each country, the address of the service."""

    engine: Engine
    peru: Tenant
    paraguay: Tenant
    url: str

    def client(self, tenant: Tenant, formato: Any = "json") -> EmitirClient:
        """A client of the service with the key of that company."""
        return EmitirClient(self.url, tenant.company.uuid, tenant.token, formato=formato)


def run(out: Path, port: int | None = None, keep: bool = False, env_file: Path | None = None) -> None:
    """Show it; ``keep`` stays until SIGINT or SIGTERM and writes ``env_file`` meanwhile.

    Files go to ``out``. Raises DemoError when a comprobante is not accepted, EmitirError when the demo cannot
    be set up.
    """
    out.mkdir(parents=True, exist_ok=True)
    with _running(out, port if port is not None else (8000 if keep else 0)) as place:
        _say("Servicio", place.url)
        for tenant in (place.peru, place.paraguay):
            company = tenant.company
            _say("Empresa", f"{company.razon_social} (RUC {company.ruc}, {company.ambiente})")
            with place.client(tenant) as client:
                typer.echo(f"  {client.hola()['mensaje']}")
        with place.client(place.peru) as client:
            _show_refusal(client)
        now = datetime.now(UTC)
        title = "La factura documentada, corregida, en texto"
        files = _issue(place, place.peru, title, factura(now), "texto", out)
        files += _issue(place, place.peru, "Una boleta, en JSON", boleta(now), "json", out)
        title = "Una factura de Paraguay, con su KuDE"
        files += _issue(place, place.paraguay, title, factura_paraguay(now), "json", out)
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
        _say("SUNAT y SIFEN de prueba", sandbox.url)
        engine = stack.enter_context(Engine(Settings(data_dir=data)))
        peru, paraguay = create_peru(engine, sandbox.url), create_paraguay(engine, sandbox.url)
        service = stack.enter_context(ServiceServer(engine, port=port))
        yield Place(engine, peru, paraguay, service.url)


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


def _issue(
    place: Place, tenant: Tenant, title: str, properties: dict[str, Any], formato: Any, out: Path
) -> list[Path]:
    """Issue one comprobante, show its states, download its files."""
    _title(title)
    shown = _state(place, tenant)[0]
    answers: list[Emitido | Exception] = []

    def call() -> None:
        with place.client(tenant, formato) as client:
            try:
                answers.append(client.emitir(properties))
            except (EmitirApiError, TransportError) as error:
                answers.append(error)

    caller = threading.Thread(target=call, name="demo-caller")
    caller.start()
    while caller.is_alive():
        caller.join(_LOOK)
        shown = _show_state(place, tenant, shown)
    answer = answers[0]
    if isinstance(answer, Exception):
        raise DemoError(_reason(answer)) from answer
    if answer.estado_comprobante not in ("aceptado", "observado"):
        raise DemoError(f"{answer.codigo_documento} quedó en estado {answer.estado_comprobante}")
    typer.echo(f"  {answer.codigo_documento}: {answer.sunat_respuesta} {answer.sunat_descripcion}")
    for note in answer.observaciones:
        typer.echo(f"  observación: {note}")
    files = []
    with place.client(tenant) as client:
        for kind in ("xml", "cdr", "pdf"):
            file = client.descargar(answer.codigo_descarga, kind)
            files.append(out / file.nombre)
            files[-1].write_bytes(file.contenido)
    return files


def _show_state(place: Place, tenant: Tenant, shown: str) -> str:
    """Print name and state of the company's newest document when they are others than ``shown``."""
    now, document = _state(place, tenant)
    if document is None or now == shown:
        return shown
    mark = typer.style("✓", fg="green") if document.accepted else "·"
    typer.echo(f"  {mark} {document.estado}")
    return now


def _state(place: Place, tenant: Tenant) -> tuple[str, Comprobante | None]:
    """Name and state of the company's newest document, and the document."""
    document = next(iter(place.engine.latest(tenant.company, 1)), None)
    return ("", None) if document is None else (f"{document.codigo_documento} {document.estado}", document)


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
    lines = [f"EMITIR_URL={place.url}"]
    for name, tenant in (("PE", place.peru), ("PY", place.paraguay)):
        lines += [f"{name}_UUID={tenant.company.uuid}", f"{name}_TOKEN={tenant.token}"]
    aside.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    aside.replace(env_file)


def _title(text: str) -> None:
    typer.echo("\n" + typer.style(text, bold=True))


def _say(name: str, value: str) -> None:
    typer.echo(f"  {name}: {value}")
