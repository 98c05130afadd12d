"""``emitir build``: from properties to signed files, without network and without a store."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any

import typer

from emitir.cli_commands.reporting import reported, show_json, show_problems


def build(
    case: Annotated[Path, typer.Argument(help="Propiedades de emitir: JSON, o texto si termina en .txt.")],
    company: Annotated[Path, typer.Option("--company", help="Datos de la empresa (JSON).")],
    p12: Annotated[Path, typer.Option("--p12", help="Certificado con su clave: .p12, .pfx o PEM.")],
    out: Annotated[Path, typer.Option("--out", help="Carpeta donde se escriben los archivos.")],
    password_env: Annotated[
        str | None, typer.Option("--password-env", help="Variable de entorno con la contraseña.")
    ] = None,
    pdf: Annotated[
        str | None,
        typer.Option("--pdf", help="Escribir además el PDF: a4, 80mm, 58mm; a5 (Perú), resumen (Paraguay)."),
    ] = None,
    logo: Annotated[Path | None, typer.Option("--logo", help="Logo para el PDF: PNG, JPEG o SVG.")] = None,
    secret: Annotated[
        list[str] | None,
        typer.Option("--secret", help="NOMBRE=VARIABLE: un dato secreto (csc), leído de esa variable."),
    ] = None,
    now: Annotated[
        str | None,
        typer.Option("--now", help="Momento de la emisión, para repetirla: AAAA-MM-DDTHH:MM:SS-05:00."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Resultado y errores en JSON, por stdout.")] = False,
) -> None:
    """Write ``<codigo_documento>.xml`` (and ``.pdf``) into a folder."""
    with reported(as_json):
        built = build_files(case, company, p12, password_env, out, pdf, logo, now, secret)
    if as_json:
        built["advertencias"] = [warning.as_dict() for warning in built["advertencias"]]
        show_json(built)
        return
    show_problems(built["advertencias"], "Advertencia")
    for kind in ("xml", "pdf"):
        if built[kind]:
            typer.echo(built[kind])


def build_files(
    case: Path,
    company_file: Path,
    p12: Path,
    password_env: str | None,
    out: Path,
    layout: str | None = None,
    logo: Path | None = None,
    now: str | None = None,
    secret: list[str] | None = None,
) -> dict[str, Any]:
    """Build, sign and write. Raises EmitirError with every problem; then nothing is written."""
    from emitir.cli_commands.files import (
        invalid,
        moment,
        password_from,
        read_bytes,
        read_company,
        read_properties,
        secrets_from,
    )
    from emitir.clock import system_clock
    from emitir.country import SignsWithSecrets, countries
    from emitir.errors import EmitirError, Problem
    from emitir.i18n import N_
    from emitir.signing.keys import load

    at = moment(now) or system_clock()
    problems: list[Problem] = []
    prepared = signer = None
    pais, settings = read_company(company_file)
    country = countries()[pais]
    company = country.check_company(settings)
    # Certificate and case are told of together: who mends one should not find the other next time.
    try:
        signer = load(read_bytes(p12), password_from(password_env))
        wrong = country.check_signer(company, signer, at)
    except EmitirError as error:
        wrong = list(error.problems)
    problems += [replace(problem, path=problem.path or "certificado") for problem in wrong]
    try:
        prepared = country.prepare(read_properties(case), company, at)
    except EmitirError as error:
        problems += error.problems
    if problems or signer is None or prepared is None:
        raise EmitirError(problems)
    secrets = secrets_from(secret)
    signed = (
        prepared.sign_with(signer, secrets)
        if isinstance(prepared, SignsWithSecrets)
        else prepared.sign(signer)
    )
    files = {"xml": signed.xml}
    if layout:
        printable = {**prepared.printable(), "valor_resumen": signed.valor_resumen}
        files["pdf"] = country.pdf(printable, layout, read_bytes(logo) if logo else None)
    written = {}
    try:
        out.mkdir(parents=True, exist_ok=True)
        for kind, content in files.items():
            written[kind] = out / f"{prepared.codigo_documento}.{kind}"
            written[kind].write_bytes(content)
    except OSError as error:
        raise invalid(
            N_("No se puede escribir en {folder}: {reason}."), folder=str(out), reason=error.strerror or error
        ) from error
    return {
        "codigo_documento": prepared.codigo_documento,
        "valor_resumen": signed.valor_resumen,
        "xml": str(written["xml"]),
        "pdf": str(written["pdf"]) if "pdf" in written else "",
        "advertencias": list(prepared.warnings),
    }
