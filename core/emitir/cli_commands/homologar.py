"""``emitir homologar``: the tests that an authority wants before a company may issue, and their report."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from emitir.cli_commands.reporting import reported

#: Exit status when some test did not go as it should.
_INCOMPLETE = 1


def homologar(
    company: Annotated[
        Path, typer.Option("--company", help="Datos de la empresa (JSON), en su ambiente test.")
    ],
    p12: Annotated[Path, typer.Option("--p12", help="Certificado con su clave: .p12, .pfx o PEM.")],
    out: Annotated[Path, typer.Option("--out", help="Carpeta de los archivos y del informe.")],
    password_env: Annotated[
        str | None, typer.Option("--password-env", help="Variable de entorno con la contraseña.")
    ] = None,
    secret: Annotated[
        list[str] | None,
        typer.Option("--secret", help="NOMBRE=VARIABLE: un dato secreto (csc), leído de esa variable."),
    ] = None,
    desde: Annotated[
        int, typer.Option("--desde", help="Primer número que se usa; ninguno se repite.", min=1)
    ] = 1,
    pausa: Annotated[float, typer.Option("--pausa", help="Segundos entre dos consultas de un lote.")] = 60,
    espera: Annotated[float, typer.Option("--espera", help="Segundos que se espera un lote.")] = 3600,
    receptor_ruc: Annotated[
        str | None, typer.Option("--receptor-ruc", help="RUC del receptor; el de la empresa si falta.")
    ] = None,
    receptor_nombre: Annotated[
        str | None, typer.Option("--receptor-nombre", help="Nombre del receptor.")
    ] = None,
    recibido: Annotated[
        list[str] | None,
        typer.Option(
            "--recibido", help="CDC de un documento recibido, para los eventos del receptor; 12 en total."
        ),
    ] = None,
) -> None:
    """Run every test on the authority's list; exit status 1 when some did not go as they should."""
    options = {
        "desde": desde,
        "pausa": pausa,
        "espera": espera,
        "receptor_ruc": receptor_ruc,
        "receptor_nombre": receptor_nombre,
        "recibidos": recibido or (),
    }
    with reported():
        done = run(company, p12, out, password_env, secret, options)
    typer.echo(done.informe)
    for name in done.faltan:
        typer.echo(f"Falta: {name}", err=True)
    if not done.completa:
        raise typer.Exit(_INCOMPLETE)


def run(
    company_file: Path,
    p12: Path,
    out: Path,
    password_env: str | None,
    secret: list[str] | None,
    options: dict[str, Any],
) -> Any:
    """Raises EmitirError with every problem of what was given."""
    from emitir.cli_commands.files import invalid, password_from, read_bytes, read_company, secrets_from
    from emitir.clock import system_clock
    from emitir.country import countries
    from emitir.country_files import Onboards
    from emitir.errors import EmitirError
    from emitir.i18n import N_
    from emitir.signing.keys import load

    pais, given = read_company(company_file)
    country = countries()[pais]
    if not isinstance(country, Onboards):
        raise invalid(N_("La autoridad de ese país no pide pruebas de homologación."))
    settings = country.check_company(given)
    signer = load(read_bytes(p12), password_from(password_env))
    if wrong := country.check_signer(settings, signer, system_clock()):
        raise EmitirError(wrong)
    tell = lambda line: typer.echo(line, err=True)  # noqa: E731 - one line of progress
    return country.homologar(settings, secrets_from(secret), signer, out, options, system_clock, tell)
