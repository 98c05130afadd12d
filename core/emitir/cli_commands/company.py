"""``emitir company``: create, look at and change the companies of this installation."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from emitir.cli_commands.installation import DatabaseOption, DataOption, opened
from emitir.cli_commands.reporting import JsonOption, reported, show_json

if TYPE_CHECKING:
    from emitir.engine import Company

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None)

UuidArgument = Annotated[str, typer.Argument(help="UUID de la empresa.")]
PasswordOption = Annotated[
    str | None, typer.Option("--password-env", help="Variable de entorno con la contraseña del certificado.")
]
SecretOption = Annotated[
    list[str] | None,
    typer.Option("--secret", help="NOMBRE=VARIABLE: un dato secreto, leído de esa variable de entorno."),
]


@app.command("create", help="Crear una empresa; muestra su UUID y, por única vez, su token.")
def create(
    company: Annotated[Path, typer.Argument(help="Datos de la empresa (JSON), con «pais».")],
    p12: Annotated[
        Path | None, typer.Option("--p12", help="Certificado con su clave: .p12, .pfx o PEM.")
    ] = None,
    password_env: PasswordOption = None,
    secret: SecretOption = None,
    logo: Annotated[Path | None, typer.Option("--logo", help="Logo: PNG, JPEG o SVG.")] = None,
    data: DataOption = None,
    database: DatabaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Create a company from its settings, certificate and secrets."""
    from emitir.cli_commands.files import password_from, read_bytes, read_company, secrets_from

    with reported(as_json):
        pais, settings = read_company(company)
        certificate = read_bytes(p12) if p12 else None
        password = password_from(password_env)
        secrets = secrets_from(secret)
        picture = read_bytes(logo) if logo else None
        with opened(data, database) as engine:
            created, token = engine.companies.create(pais, settings, secrets, certificate, password, picture)
    if as_json:
        show_json({**_facts(created), "token": token})
        return
    _show(created)
    typer.echo(f"token           {token}")
    typer.echo("Guarde el token: no se vuelve a mostrar.", err=True)


@app.command("list", help="Mostrar las empresas.")
def list_(data: DataOption = None, database: DatabaseOption = None, as_json: JsonOption = False) -> None:
    """One line per company."""
    with reported(as_json), opened(data, database) as engine:
        companies = engine.companies.list()
    if as_json:
        show_json([_facts(company) for company in companies])
        return
    for company in companies:
        typer.echo(f"{company.uuid}  {company.ruc}  {company.ambiente:<10}  {company.razon_social}")


@app.command("show", help="Mostrar una empresa: datos, certificado, secretos guardados (sin su valor).")
def show(
    uuid: UuidArgument, data: DataOption = None, database: DatabaseOption = None, as_json: JsonOption = False
) -> None:
    """Everything about a company that is no secret."""
    with reported(as_json), opened(data, database) as engine:
        company = engine.companies.get(uuid)
    if as_json:
        show_json(_facts(company))
    else:
        _show(company)


@app.command("update", help="Cambiar los datos que trae un archivo JSON y, con --secret, datos secretos.")
def update(
    uuid: UuidArgument,
    changes: Annotated[Path | None, typer.Argument(help="Solo los datos que cambian (JSON).")] = None,
    secret: SecretOption = None,
    data: DataOption = None,
    database: DatabaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Change settings and secrets; what is not named stays."""
    from emitir.cli_commands.files import read_properties, secrets_from

    with reported(as_json):
        properties = read_properties(changes) if changes else {}
        secrets = secrets_from(secret)
        with opened(data, database) as engine:
            company = engine.companies.update(uuid, properties) if properties else engine.companies.get(uuid)
            if secrets:
                company = engine.companies.set_secrets(uuid, secrets)
    if as_json:
        show_json(_facts(company))
    else:
        _show(company)


@app.command("token", help="Dar un token nuevo; el anterior deja de servir.")
def token(
    uuid: UuidArgument,
    yes: Annotated[bool, typer.Option("--yes", help="No preguntar.")] = False,
    data: DataOption = None,
    database: DatabaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Rotate the token."""
    if not yes:
        typer.confirm("El token anterior dejará de servir. ¿Continuar?", abort=True)
    with reported(as_json), opened(data, database) as engine:
        new = engine.companies.rotate_token(uuid)
    if as_json:
        show_json({"uuid": uuid, "token": new})
    else:
        typer.echo(new)


@app.command("certificate", help="Cargar el certificado de una empresa.")
def certificate(
    uuid: UuidArgument,
    p12: Annotated[Path, typer.Option("--p12", help="Certificado con su clave: .p12, .pfx o PEM.")],
    password_env: PasswordOption = None,
    data: DataOption = None,
    database: DatabaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Store a certificate after checking that it signs for this company now."""
    from emitir.cli_commands.files import password_from, read_bytes

    with reported(as_json):
        content, password = read_bytes(p12), password_from(password_env)
        with opened(data, database) as engine:
            company = engine.companies.set_certificate(uuid, content, password)
    if as_json:
        show_json(_facts(company))
    else:
        _show(company)


def _facts(company: Company) -> dict[str, Any]:
    facts: dict[str, Any] = {
        "uuid": company.uuid,
        "pais": company.pais,
        **company.settings,
        **company.ajustes,
    }
    facts["secretos"] = list(company.secret_names)
    facts["logo"] = company.has_logo
    if company.certificate_der is not None:
        from emitir.signing.certificates import describe_certificate

        certificate = describe_certificate(company.certificate_der)
        facts["certificado"] = {
            "titular": certificate.subject,
            "desde": certificate.valid_from.isoformat(),
            "hasta": certificate.valid_to.isoformat(),
        }
    return facts


def show_company(company: Company, as_json: bool, **more: str) -> None:
    """Everything about a company that is no secret, and ``more``."""
    if as_json:
        show_json({**_facts(company), **more})
        return
    _show(company, **more)


def _show(company: Company, **more: str) -> None:
    """Name and value of everything that is set, one per line."""
    for name, value in {**_facts(company), **more}.items():
        if text := _in_words(value):
            typer.echo(f"{name:<22}  {text}")


def _in_words(value: object) -> str:
    """A setting on one line; empty for one that is not set."""
    if isinstance(value, bool):
        return "sí" if value else "no"
    if isinstance(value, dict):
        return ", ".join(f"{key} {text}" for key, member in value.items() if (text := _in_words(member)))
    if isinstance(value, list):
        return ("; " if any(isinstance(one, dict) for one in value) else ", ").join(map(_in_words, value))
    return "" if value is None else str(value)
