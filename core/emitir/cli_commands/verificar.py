"""``emitir verificar``: whether a received XML holds, with or without asking the authority."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from emitir.cli_commands.reporting import REFUSED, reported, show_json

_MARKS = {"bien": "bien", "mal": "MAL", "sin_comprobar": "sin comprobar"}


def verificar(
    file: Annotated[Path, typer.Argument(help="El XML recibido.")],
    trust: Annotated[
        Path | None, typer.Option("--trust", help="Autoridades de certificación en que se confía (PEM).")
    ] = None,
    company: Annotated[
        Path | None,
        typer.Option("--company", help="Datos de la empresa (JSON), para preguntar a la autoridad."),
    ] = None,
    p12: Annotated[Path | None, typer.Option("--p12", help="Su certificado: .p12, .pfx o PEM.")] = None,
    password_env: Annotated[
        str | None, typer.Option("--password-env", help="Variable de entorno con la contraseña.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Resultado y errores en JSON, por stdout.")] = False,
) -> None:
    """Look a received file over; exit status 2 when it does not hold. Without a company nobody is asked."""
    with reported(as_json):
        told = verify(file, trust, company, p12, password_env)
    if as_json:
        show_json(told)
    else:
        typer.echo(f"{told['codigo_documento']}: {told['resultado']}")
        for check in told["comprobaciones"]:
            detail = f"  {check['detalle']}" if check["detalle"] else ""
            typer.echo(f"  {check['nombre']:12} {_MARKS[check['resultado']]:14}{detail}".rstrip())
    if any(check["resultado"] == "mal" for check in told["comprobaciones"]):
        raise typer.Exit(REFUSED)


def verify(
    file: Path, trust: Path | None, company_file: Path | None, p12: Path | None, password_env: str | None
) -> dict[str, Any]:
    """What is told of the file. Raises EmitirError with every problem of what was given."""
    from emitir.cli_commands.files import invalid, password_from, read_bytes, read_company
    from emitir.clock import system_clock
    from emitir.country import Authority, countries
    from emitir.country_files import VerifiesFiles
    from emitir.i18n import N_, translate
    from emitir.signing.keys import load

    known = countries()
    settings: dict[str, Any] = {}
    authority: Authority | None = None
    looking = [country for country in known.values() if isinstance(country, VerifiesFiles)]
    if company_file is not None:
        pais, given = read_company(company_file)
        country = known[pais]
        settings = country.check_company(given)
        looking = [country] if isinstance(country, VerifiesFiles) else []
        if p12 is not None:
            signer = load(read_bytes(p12), password_from(password_env))
            authority = country.authority(settings, {}, signer)
    if not looking:
        raise invalid(N_("De ese país no se comprueban archivos recibidos."))
    trusted = read_bytes(trust) if trust else None
    report = looking[0].verify_file(read_bytes(file), settings, authority, system_clock(), trust=trusted)
    return {
        "codigo_documento": report.facts.codigo_documento,
        "resultado": report.resultado,
        "comprobaciones": [
            {
                "nombre": check.nombre,
                "resultado": check.resultado,
                "detalle": translate(check.detalle).format(**check.params) if check.detalle else "",
            }
            for check in report.checks
        ],
    }
