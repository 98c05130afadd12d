"""Every request in the integrator's guide goes to the service, in its order, and gets the answer shown there.

``--update`` writes the answers anew. Dates are those of the guide, moved to today.
"""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal

import pytest

from emitir.peru.plazos import lima_date
from emitir.wire import parse
from tests.engine.mail_server import USER, MailServer
from tests.peru_padron import padrones
from tests.service.conftest import EMITIR, ENVIRONMENT, create_company, serving
from tests.service.http import Access, Reply

pytestmark = pytest.mark.slow

GUIDE = Path(__file__).resolve().parents[2] / "docs" / "integrador.md"
REQUEST = re.compile(
    r"<!-- solicitud: (\w+) -->\n```(json|texto)\n(.*?)```\n(?:\n<!-- respuesta -->\n```\w+\n(.*?)```\n)?",
    re.DOTALL,
)
WRITTEN = date(2026, 11, 21)
#: These differ from one run to the next.
CHANGING = {"valor_resumen", "codigo_descarga", "creado", "entregado", "ticket", "detalle"}


def moved(text: str, by: timedelta) -> str:
    """Dates and days in names of files (RA-20261121-1), moved."""

    def later(match: re.Match[str]) -> str:
        day = date.fromisoformat(match.group()) + by
        return day.isoformat() if "-" in match.group() else f"{day:%Y%m%d}"

    return re.sub(r"\b20\d\d-\d\d-\d\d\b|(?<=-)20\d{6}(?=-)", later, text)


def shown(value: Any, indent: str = "") -> str:
    """An answer as the guide shows it: JSON with every digit of its amounts."""
    deeper = indent + "  "
    if isinstance(value, dict):
        members = [f"{deeper}{json.dumps(name)}: {shown(member, deeper)}" for name, member in value.items()]
        return "{\n" + ",\n".join(members) + f"\n{indent}}}" if members else "{}"
    if isinstance(value, list):
        return (
            "[\n" + ",\n".join(deeper + shown(one, deeper) for one in value) + f"\n{indent}]"
            if value
            else "[]"
        )
    return format(value, "f") if isinstance(value, Decimal) else json.dumps(value, ensure_ascii=False)


def fixed(value: Any) -> Any:
    """An answer without what differs each time."""
    if isinstance(value, dict):
        return {name: "…" if name in CHANGING else fixed(member) for name, member in value.items()}
    return [fixed(member) for member in value] if isinstance(value, list) else value


@pytest.fixture(scope="module")
def guide_company(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Access]:
    """A company that has issued nothing yet, with a mail server and a padrón."""
    folder = tmp_path_factory.mktemp("guide")
    rows = [
        padrones.company(12345678, "ABC CONSULTORES S.A.C."),
        padrones.person(45678912, "ÑAHUI QUISPE MARÍA"),
    ]
    yesterday = lima_date(datetime.now(UTC)) - timedelta(days=1)
    source = padrones.write_zip(folder / "padron.zip", rows, yesterday)
    load = [EMITIR, "padron", "load", str(source), "--data", str(folder / "data")]
    subprocess.run(load, check=True, capture_output=True, env=ENVIRONMENT)
    with (
        MailServer(auth=False) as mail,
        serving("sandbox", "--port", "0", log=folder / "sandbox.log") as sandbox,
        serving("serve", "--port", "0", "--data", str(folder / "data"), log=folder / "serve.log") as url,
    ):
        smtp = {"servidor": "127.0.0.1", "puerto": mail.port, "seguridad": "ninguna", "remitente": USER}
        uuid, token = create_company(folder, "20512345671", sandbox, smtp=smtp)
        yield Access(url, uuid, token)


def ask(company: Access, command: str, language: str, body: str) -> Reply:
    media_type = "application/json" if language == "json" else "text/plain; charset=utf-8"
    return company.generation_3(command, body.encode(), media_type)


def test_the_guide(guide_company: Access, request: pytest.FixtureRequest) -> None:
    by = lima_date(datetime.now(UTC)) - WRITTEN
    text = GUIDE.read_text(encoding="utf-8")
    found = list(REQUEST.finditer(text))
    assert len(found) > 12
    ticket, pieces, end = "", [], 0
    for match in found:
        command, language, body, documented = match.groups()
        sent = re.sub(r'("ticket": ")\d+', rf"\g<1>{ticket}", moved(body, by))
        reply = ask(guide_company, command, language, sent)
        answer = reply.body.decode()
        assert reply.status == 200, f"{command}: {body}\n{answer}"
        properties = parse(reply.body, "json" if language == "json" else "texto")
        ticket = str(properties.get("ticket", ticket))
        form: Literal["json", "texto"] = "json" if language == "json" else "texto"
        expected = None if documented is None else parse(moved(documented, by).encode(), form)
        same = expected is not None and fixed(properties) == fixed(expected)
        if not request.config.getoption("--update"):
            assert documented is not None, f"{command} has no answer: run with --update"
            assert fixed(properties) == fixed(expected or {})
        pretty = shown(properties) + "\n" if language == "json" else answer
        answered = documented if same else moved(pretty, -by)
        pieces += [text[end : match.start()], f"<!-- solicitud: {command} -->\n```{language}\n{body}```\n"]
        pieces.append(f"\n<!-- respuesta -->\n```{language}\n{answered}```\n")
        end = match.end()
    if request.config.getoption("--update"):
        GUIDE.write_text("".join(pieces) + text[end:], encoding="utf-8")
