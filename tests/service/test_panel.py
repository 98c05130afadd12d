"""The back office: entry with the company's token, one-time codes with their QR, links seen and ended."""

from __future__ import annotations

import base64
import json
import re
import subprocess

import pytest
import requests
import zxingcpp

from emitir.engine.chats.link_codes import normal
from tests.service.conftest import EMITIR, ENVIRONMENT, House
from tests.service.http import Access


@pytest.fixture(scope="module")
def bot(house: House) -> str:
    """UUID and token of the installation's bot."""
    made = subprocess.run(
        [EMITIR, "bot", "create", "panel_bot", "--data", str(house.folder / "data"), "--json"],
        env=ENVIRONMENT,
        capture_output=True,
        text=True,
        check=True,
    )
    answer = json.loads(made.stdout)
    return f"{answer['uuid']} {answer['token']}"


def entered(house: House, company: Access) -> requests.Session:
    session = requests.Session()
    shown = session.post(
        f"{house.url}/panel/entrar", data={"uuid": company.uuid, "token": company.token}, timeout=20
    )
    assert (shown.status_code, shown.url) == (200, f"{house.url}/panel")
    return session


def link(house: House, bot: str, code: str, name: str) -> str:
    """What the bot does with a code."""
    uuid, token = bot.split()
    answer = requests.post(
        f"{house.url}/bot/v1/{uuid}/vincular",
        json={"chat": 99, "codigo": code, "nombre": name},
        headers={"Authorization": f"Bearer {token}"},
        timeout=20,
    ).json()
    return str(answer["vinculado"])


def test_a_code_with_its_qr_and_the_link_it_made(house: House, bot: str) -> None:
    session = entered(house, house.company)
    shown = session.post(f"{house.url}/panel/codigo", data={"rol": "contador"}, timeout=20).text
    code = re.search(r'class="code">([A-Z0-9]{4}-[A-Z0-9]{4})<', shown)
    assert code is not None
    assert f"https://t.me/panel_bot?start={normal(code.group(1))}" in shown
    name = "<b>Ana & Hijos</b>"
    made = link(house, bot, code.group(1), name)
    page = session.get(f"{house.url}/panel", timeout=20).text
    assert "&lt;b&gt;Ana &amp; Hijos&lt;/b&gt;" in page
    assert name not in page
    assert made in page
    other = entered(house, house.other)
    assert made not in other.get(f"{house.url}/panel", timeout=20).text
    refused = other.post(f"{house.url}/panel/terminar", data={"vinculo": made}, timeout=20)
    assert (refused.status_code, "No hay un vínculo" in refused.text) == (400, True)
    assert made in session.get(f"{house.url}/panel", timeout=20).text
    session.post(f"{house.url}/panel/terminar", data={"vinculo": made}, timeout=20)
    assert made not in session.get(f"{house.url}/panel", timeout=20).text


def test_nobody_gets_in_without_the_token(house: House, bot: str) -> None:
    company = house.company
    for uuid, token in (
        (company.uuid, "0" * 64),
        (company.uuid, house.other.token),
        ("", ""),
        (company.uuid, bot.split()[1]),
    ):
        refused = requests.post(f"{house.url}/panel/entrar", data={"uuid": uuid, "token": token}, timeout=20)
        assert refused.status_code == 403
        assert "set-cookie" not in refused.headers
        assert "no es correcto" in refused.text
    assert 'name="token"' in requests.get(f"{house.url}/panel", timeout=20).text
    assert requests.post(f"{house.url}/panel/codigo", data={"rol": "dueno"}, timeout=20).status_code == 403


def test_a_session_cannot_be_made_up_nor_carried_by_another_site(house: House) -> None:
    session = entered(house, house.company)
    cookie = session.cookies["emitir_panel"]
    uuid, version, end, seal = cookie.split(".")
    forged = (
        f"{house.other.uuid}.{version}.{end}.{seal}",
        f"{uuid}.{version}.{int(end) + 9}.{seal}",
        "a.b",
        "..é.",
    )
    for text in forged:
        page = requests.get(
            f"{house.url}/panel", headers={"Cookie": f"emitir_panel={text}".encode()}, timeout=20
        )
        assert 'name="token"' in page.text
    for headers in ({"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}):
        refused = session.post(
            f"{house.url}/panel/codigo", data={"rol": "dueno"}, headers=headers, timeout=20
        )
        assert refused.status_code == 403
    answer = requests.post(
        f"{house.url}/panel/entrar",
        data={"uuid": house.company.uuid, "token": house.company.token},
        headers={"X-Forwarded-Proto": "https"},
        allow_redirects=False,
        timeout=20,
    )
    sent = answer.headers["set-cookie"].lower()
    assert all(word in sent for word in ("httponly", "samesite=strict", "secure"))
    session.post(f"{house.url}/panel/salir", timeout=20)
    assert 'name="token"' in session.get(f"{house.url}/panel", timeout=20).text


@pytest.mark.parametrize("body", [b"", b"\xff\xfe=&&&", b"rol=" + b"x" * 20_000, b"a=1&" * 50])
def test_bad_forms_are_refused(house: House, body: bytes) -> None:
    session = entered(house, house.company)
    for name in ("codigo", "terminar", "nada", "entrar"):
        answer = session.post(f"{house.url}/panel/{name}", data=body, timeout=20, allow_redirects=False)
        assert answer.status_code in (303, 400, 403)


def test_neither_token_nor_code_nor_session_is_in_the_log(house: House, bot: str) -> None:
    session = entered(house, house.company)
    shown = session.post(f"{house.url}/panel/codigo", data={"rol": "dueno"}, timeout=20).text
    code = re.findall(r'class="code">([^<]+)<', shown)[0]
    for secret in (house.company.token, code, normal(code), session.cookies["emitir_panel"]):
        assert secret not in house.log


def test_the_command_gives_code_link_and_both_pictures(house: House, company: Access, bot: str) -> None:
    answer = json.loads(company.generation_3("vincular", b'{"rol": "vendedor"}').body)
    assert answer["enlace"] == f"https://t.me/{answer['bot']}?start={normal(answer['codigo'])}"
    assert answer["qr"].startswith("<svg")
    import io

    from PIL import Image

    picture = Image.open(io.BytesIO(base64.b64decode(answer["qr_png"])))
    found = zxingcpp.read_barcodes(picture.convert("L"))
    assert [one.text for one in found] == [answer["enlace"]]


def test_the_command_line_by_ruc_with_a_file(house: House, bot: str) -> None:
    file = house.folder / "enlace.png"
    made = subprocess.run(
        [EMITIR, "bot", "link", "20512345671", "--qr", str(file), "--data", str(house.folder / "data")],
        env=ENVIRONMENT,
        capture_output=True,
        text=True,
        check=True,
    )
    code, address = made.stdout.split()
    assert address == f"https://t.me/panel_bot?start={normal(code)}"
    from PIL import Image

    assert [one.text for one in zxingcpp.read_barcodes(Image.open(file).convert("L"))] == [address]
