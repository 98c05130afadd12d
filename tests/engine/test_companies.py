"""Companies: checked, sealed, authenticated, apart from each other; nothing of a secret in clear anywhere."""

from __future__ import annotations

import io
import logging
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from PIL import Image

from emitir.clock import fixed_clock
from emitir.engine import Company, Engine, Settings
from emitir.errors import EmitirError
from emitir.signing.throwaway import throwaway_pkcs12
from tests.engine.conftest import PASSWORD, RUC, SECRETS
from tests.engine.loopback import LoopbackCountry, LoopbackServer

NewCompany = Callable[..., tuple[Company, str]]
GIVEN = {"ruc": RUC, "razon_social": "EMPRESA S.A.C.", "url": "http://127.0.0.1:1"}


@pytest.fixture
def opened(settings: Settings) -> Iterator[Engine]:
    """An engine that is not started: what the command line uses beside a running service."""
    engine = Engine(settings, country_map={"xx": LoopbackCountry()})
    yield engine
    engine.close()


def codes(raised: pytest.ExceptionInfo[EmitirError]) -> list[tuple[str, str]]:
    return [(problem.code, problem.path) for problem in raised.value.problems]


def test_created_in_the_sandbox_unless_told_otherwise(opened: Engine, certificate: bytes) -> None:
    company, token = opened.companies.create("xx", GIVEN, SECRETS, certificate, PASSWORD)
    assert company.ambiente == "sandbox"
    assert company.secret_names == ("clave", "usuario")
    assert opened.authenticate(company.uuid, token) == company
    assert opened.companies.get(company.uuid) == company
    assert opened.companies.list() == [company]
    chosen, _ = opened.companies.create("xx", {**GIVEN, "ambiente": "produccion"})
    assert chosen.ambiente == "produccion"


def test_unknown_country_and_ambiente(opened: Engine) -> None:
    with pytest.raises(EmitirError, match="los disponibles son: xx") as raised:
        opened.companies.create("zz", GIVEN)
    assert codes(raised) == [("VALOR_NO_PERMITIDO", "pais")]
    with pytest.raises(EmitirError, match="sandbox, produccion") as raised:
        opened.companies.create("xx", {**GIVEN, "ambiente": "prod"})
    assert codes(raised) == [("VALOR_NO_PERMITIDO", "ambiente")]


def test_problems_of_settings_and_secrets(opened: Engine) -> None:
    with pytest.raises(EmitirError) as raised:
        opened.companies.create("xx", {"url": "x"})
    assert codes(raised) == [("EMPRESA_INCOMPLETA", "ruc"), ("EMPRESA_INCOMPLETA", "razon_social")]
    with pytest.raises(EmitirError, match="usuario, clave"):
        opened.companies.create("xx", GIVEN, {"contraseña": "x"})
    assert opened.companies.list() == []


def test_the_same_company_twice(opened: Engine) -> None:
    opened.companies.create("xx", GIVEN)
    with pytest.raises(EmitirError) as raised:
        opened.companies.create("xx", GIVEN)
    assert codes(raised) == [("EMPRESA_DUPLICADA", "ruc")]


def test_wrong_uuid_and_wrong_token_are_the_same_error(opened: Engine) -> None:
    company, token = opened.companies.create("xx", GIVEN)
    other, other_token = opened.companies.create("xx", {**GIVEN, "ambiente": "produccion"})
    messages = set()
    for uuid, given in (
        (company.uuid, "0" * 64),
        (company.uuid, other_token),
        (other.uuid, token),
        ("00000000-0000-0000-0000-000000000000", token),
        (company.uuid, ""),
        (company.uuid, token.upper()),
        (company.uuid, "ñ" * 64),
    ):
        with pytest.raises(EmitirError) as raised:
            opened.authenticate(uuid, given)
        assert raised.value.code == "NO_AUTORIZADO"
        messages.add(str(raised.value))
    assert len(messages) == 1


def test_rotated_token_replaces_the_old_one(opened: Engine) -> None:
    company, token = opened.companies.create("xx", GIVEN)
    new = opened.companies.rotate_token(company.uuid)
    assert opened.authenticate(company.uuid, new).version == company.version + 1
    with pytest.raises(EmitirError):
        opened.authenticate(company.uuid, token)


@pytest.mark.parametrize(
    ("ruc", "password", "days", "code"),
    [
        (RUC, "otra", (-1, 30), "CERTIFICADO_CLAVE_INCORRECTA"),
        (RUC, PASSWORD, (-30, -1), "CERTIFICADO_VENCIDO"),
        (RUC, PASSWORD, (1, 30), "CERTIFICADO_NO_VIGENTE"),
        ("20100070970", PASSWORD, (-1, 30), "CERTIFICADO_DE_OTRO_RUC"),
    ],
)
def test_certificates_that_cannot_sign_are_refused(
    opened: Engine, certificate: bytes, ruc: str, password: str, days: tuple[int, int], code: str
) -> None:
    company, _ = opened.companies.create("xx", GIVEN, SECRETS, certificate, PASSWORD)
    now = datetime.now(UTC)
    bad = throwaway_pkcs12(ruc, "X", PASSWORD, now + timedelta(days=days[0]), now + timedelta(days=days[1]))
    with pytest.raises(EmitirError) as raised:
        opened.companies.set_certificate(company.uuid, bad, password)
    assert raised.value.code == code
    assert opened.companies.get(company.uuid) == company, "the stored one stays"


def test_without_certificate_or_secret_nothing_is_issued(
    engine: Engine, authority: LoopbackServer, certificate: bytes, props: Callable[..., dict[str, Any]]
) -> None:
    company, _ = engine.companies.create("xx", {**GIVEN, "url": authority.url})
    with pytest.raises(EmitirError, match="no tiene certificado") as raised:
        engine.emitir(company, props(1))
    assert raised.value.code == "EMPRESA_INCOMPLETA"
    company = engine.companies.set_certificate(company.uuid, certificate, PASSWORD)
    with pytest.raises(EmitirError, match="Falta la clave"):
        engine.emitir(company, props(1))
    company = engine.companies.set_secrets(company.uuid, SECRETS)
    assert engine.emitir(company, props(1)).estado == "aceptado"
    company = engine.companies.set_secrets(company.uuid, {"clave": ""})
    assert company.secret_names == ("usuario",)
    with pytest.raises(EmitirError, match="Falta la clave"):
        engine.emitir(company, props(2))


def test_certificate_that_expired_meanwhile_signs_nothing(
    settings: Settings, new_company: NewCompany, props: Callable[..., dict[str, Any]]
) -> None:
    now = datetime.now(UTC)
    with Engine(settings, lambda: now, {"xx": LoopbackCountry()}) as engine:
        company, _ = new_company(engine)
        now += timedelta(days=400)
        today = now.date().isoformat()
        with pytest.raises(EmitirError) as raised:
            engine.emitir(company, props(1, fecha=today))
        assert raised.value.code == "CERTIFICADO_VENCIDO"
        assert engine.latest(company) == []


def test_a_change_by_another_process_is_seen(
    engine: Engine, settings: Settings, new_company: NewCompany, props: Callable[..., dict[str, Any]]
) -> None:
    company, token = new_company(engine)
    assert engine.emitir(company, props(1)).estado == "aceptado"
    beside = Engine(settings, country_map={"xx": LoopbackCountry()})
    with LoopbackServer() as moved:
        beside.companies.update(company.uuid, {"url": moved.url})
        beside.close()
        company = engine.authenticate(company.uuid, token)
        assert engine.emitir(company, props(2)).estado == "aceptado"
        assert moved.count("submit") == 1


def test_a_company_never_sees_anothers(
    engine: Engine, new_company: NewCompany, props: Callable[..., dict[str, Any]]
) -> None:
    one, _ = new_company(engine)
    now = datetime.now(UTC)
    other = throwaway_pkcs12("20100070970", "OTRA", "x", now - timedelta(days=1), now + timedelta(days=30))
    settings = {**one.settings, "ruc": "20100070970", "razon_social": "OTRA S.A."}
    two, _ = engine.companies.create("xx", settings, SECRETS, other, "x")
    document = engine.emitir(one, props(1)).comprobante
    assert engine.comprobante(one, "01", "F001", 1) == document
    assert engine.comprobante(two, "01", "F001", 1) is None
    assert engine.comprobante_by_code(two, document.codigo_documento) is None
    assert engine.latest(two) == []
    assert engine.emitir(two, props(1, total="1.00")).estado == "aceptado", "its own numbers"


def test_logo(opened: Engine) -> None:
    company, _ = opened.companies.create("xx", GIVEN)
    assert opened.companies.logo(company) is None
    drawn = io.BytesIO()
    Image.new("RGB", (40, 20), "red").save(drawn, "PNG")
    png = drawn.getvalue()
    assert opened.companies.set_logo(company.uuid, png).has_logo
    assert opened.companies.logo(company) == png
    for bad in (b"GIF89a", b"", png[:30], png + b"0" * 1_000_000):
        with pytest.raises(EmitirError) as raised:
            opened.companies.set_logo(company.uuid, bad)
        assert codes(raised) == [("CONFIGURACION_INVALIDA", "logo")]
    assert opened.companies.logo(company) == png
    assert not opened.companies.set_logo(company.uuid, None).has_logo


def test_new_master_key_reseals(settings: Settings, certificate: bytes) -> None:
    old, new = "11" * 32, "22" * 32

    def engine_with(keys: str) -> Engine:
        return Engine(
            Settings(data_dir=settings.data_dir, master_keys=keys), country_map={"xx": LoopbackCountry()}
        )

    first = engine_with(old)
    company, token = first.companies.create("xx", GIVEN, SECRETS, certificate, PASSWORD)
    first.close()
    both = engine_with(f"{new},{old}")
    assert both.companies.reseal() == 4
    assert both.companies.reseal() == 0
    both.authenticate(company.uuid, token)
    token = both.companies.rotate_token(company.uuid)
    both.close()
    only_new = engine_with(new)
    assert only_new.companies.open_secrets(only_new.authenticate(company.uuid, token)).secrets == SECRETS
    only_new.close()


def test_nothing_secret_in_clear_in_files_logs_or_reprs(
    settings: Settings,
    new_company: NewCompany,
    certificate: bytes,
    authority: LoopbackServer,
    props: Callable[..., dict[str, Any]],
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
) -> None:
    caplog.set_level(logging.DEBUG)
    logging.getLogger("sqlalchemy.engine").setLevel(logging.WARNING)
    with Engine(settings, country_map={"xx": LoopbackCountry()}) as engine:
        company, token = new_company(engine)
        authority.fault("submit", "html")
        engine.emitir(company, props(1))
        with pytest.raises(EmitirError):
            engine.authenticate(company.uuid, token[:-1] + "x")
        shown = repr(company) + repr(engine.companies.open_secrets(company)) + repr(engine.hola(company))
        with engine.companies._database.write() as connection, pytest.raises(sa.exc.IntegrityError) as raised:
            connection.execute(sa.text("INSERT INTO secreto SELECT * FROM secreto"))
        shown += str(raised.value)
    out, err = capfd.readouterr()
    shown += caplog.text + out + err
    stored = b"".join(path.read_bytes() for path in settings.data_dir.rglob("*") if path.name != "master.key")
    assert company.uuid.encode() in stored, "the files were looked at"
    for secret in (token, PASSWORD, *SECRETS.values()):
        assert secret.encode() not in stored
        assert secret not in shown
    assert certificate not in stored
    assert certificate[200:260] not in stored
    assert (settings.data_dir).stat().st_mode & 0o077 == 0


def test_fixed_clock_dates_the_company(tmp_path: Path) -> None:
    moment = datetime(2026, 5, 1, 12, tzinfo=UTC)
    engine = Engine(Settings(data_dir=tmp_path), fixed_clock(moment), {"xx": LoopbackCountry()})
    company, _ = engine.companies.create("xx", GIVEN)
    assert company.created_at == moment
    engine.close()
