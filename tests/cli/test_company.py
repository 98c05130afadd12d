"""``emitir company`` on a data directory of its own; tokens shown once, secrets never."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import PASSWORD, RUC, Run

SECRETS = {"SOL_USER": "MODDATOS", "SOL_PASS": "clave-sol-que-nadie-ve"}


def created(run: Run) -> dict[str, Any]:
    done = run(
        "company", "create", "company.json", "--p12", "cert.p12", "--password-env", "CLAVE",
        "--secret", "usuario_sol=SOL_USER", "--secret", "clave_sol=SOL_PASS", "--json", **SECRETS,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def test_the_life_of_a_company(run: Run, folder: Path) -> None:
    company = created(run)
    assert re.fullmatch("[0-9a-f]{64}", company["token"])
    assert company["ambiente"] == "sandbox", "production is chosen explicitly"
    assert company["secretos"] == ["clave_sol", "usuario_sol"]

    listed = run("company", "list")
    assert listed.stdout == f"{company['uuid']}  {RUC}  sandbox     COMERCIAL ÑANDÚ S.A.C.\n"
    assert json.loads(run("company", "list", "--json").stdout)[0]["uuid"] == company["uuid"]

    shown = run("company", "show", company["uuid"])
    assert "certificado" in shown.stdout
    assert RUC in shown.stdout

    (folder / "changes.json").write_text('{"direccion":"JR. NUEVO 5"}', "utf-8")
    updated = run("company", "update", company["uuid"], "changes.json", "--json")
    assert json.loads(updated.stdout)["direccion"] == "JR. NUEVO 5"
    assert json.loads(updated.stdout)["razon_social"] == "COMERCIAL ÑANDÚ S.A.C."

    certified = run("company", "certificate", company["uuid"], "--p12", "cert.p12", "--password-env", "CLAVE")
    assert certified.returncode == 0, certified.stderr

    refused = run("company", "token", company["uuid"], stdin="n\n")
    assert refused.returncode == 1
    fresh = run("company", "token", company["uuid"], "--yes").stdout.strip()
    assert re.fullmatch("[0-9a-f]{64}", fresh)
    assert fresh != company["token"]

    told = "".join(done.stdout + done.stderr for done in (listed, shown, updated, certified, refused))
    for secret in (company["token"], PASSWORD, SECRETS["SOL_PASS"]):
        assert secret not in told
    stored = b"".join(path.read_bytes() for path in (folder / "data").iterdir() if path.is_file())
    for secret in (company["token"], PASSWORD, SECRETS["SOL_PASS"]):
        assert secret.encode() not in stored


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("create", "company.json", "--p12", "cert.p12"), "CERTIFICADO_CLAVE_INCORRECTA"),
        (("create", "company.json", "--secret", "clave_sol"), "NOMBRE=VARIABLE"),
        (("create", "company.json", "--secret", "clave_sol=NO_HAY"), "NO_HAY"),
        (("create", "company.json", "--secret", "otra=SOL_PASS"), "otra"),
        (("create", "company.json", "--logo", "company.json"), "logo"),
        (("create", "company.json", "--database", "mysql://x"), "EMITIR_DATABASE_URL"),
        (("show", "00000000-0000-4000-8000-000000000000"), "EMPRESA_NO_EXISTE"),
        (("token", "00000000-0000-4000-8000-000000000000", "--yes"), "EMPRESA_NO_EXISTE"),
    ],
)
def test_what_is_refused(run: Run, arguments: tuple[str, ...], said: str) -> None:
    done = run("company", *arguments, **SECRETS)
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr
    assert SECRETS["SOL_PASS"] not in done.stderr


def test_a_company_twice(run: Run) -> None:
    created(run)
    done = run("company", "create", "company.json", "--json")
    assert done.returncode == 2
    assert json.loads(done.stdout)[0]["codigo_error"] == "EMPRESA_DUPLICADA"
