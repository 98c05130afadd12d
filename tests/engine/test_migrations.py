"""A database of an earlier version, with data in it, is brought to the present tables and goes on working."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.config import Config

from emitir.engine import Engine, Settings
from emitir.engine.storage import migrate
from emitir.engine.storage.database import Database
from tests.engine.conftest import RUC
from tests.engine.loopback import LoopbackCountry, LoopbackServer


@pytest.fixture(params=["sqlite", "postgresql"])
def settings(request: pytest.FixtureRequest, tmp_path: Path) -> Settings:
    url = "" if request.param == "sqlite" else request.getfixturevalue("postgres")()
    return Settings(data_dir=tmp_path / "data", database_url=url, wait_seconds=5, watch_seconds=1, workers=4)


def first_version(settings: Settings) -> None:
    """The tables of 0001, with rows in them."""
    settings.make_data_dir()
    database = Database(settings.url)
    config = Config()
    config.set_main_option("script_location", str(Path(migrate.__file__).parent / "migrations"))
    now = datetime(2026, 11, 1, 12, tzinfo=UTC)
    with database.write() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
        metadata = sa.MetaData()
        metadata.reflect(connection)
        table = metadata.tables
        company = {
            "uuid": "5b2b2f3e-0000-4000-8000-000000000001",
            "pais": "xx",
            "ruc": RUC,
            "ambiente": "sandbox",
            "datos": f'{{"ruc":"{RUC}","razon_social":"EMPRESA","url":"http://127.0.0.1:9","ambiente":"sandbox"}}',
            "token_clave": "k",
            "token_mac": b"m",
            "version": 1,
            "creado_en": now,
            "cambiado_en": now,
        }
        connection.execute(table["empresa"].insert(), [company])
        document = {
            "empresa_id": 1,
            "ambiente": "sandbox",
            "tipo": "01",
            "serie": "F001",
            "codigo_descarga": "",
            "contenido_hash": "h" * 64,
            "valor_resumen": "v",
            "revision": 1,
            "fecha_emision": now.date(),
            "moneda": "PEN",
            "total": "118.00",
            "receptor_numero": "20100070970",
            "receptor_nombre": "CLIENTE Ñ",
            "advertencias": "[]",
            "observaciones": '[["4031","Rara"]]',
            "ticket": "",
            "detalle": "",
            "plazo": now,
            "generacion": 1,
            "vueltas": 0,
            "creado_en": now,
            "cambiado_en": now,
        }
        settled = {
            **document,
            "numero": 1,
            "codigo_documento": f"{RUC}-01-F001-1",
            "codigo_descarga": "a" * 40,
            "estado": "observado",
            "respuesta_codigo": "0",
            "resuelto_en": now,
        }
        waiting = {
            **document,
            "numero": 2,
            "codigo_documento": f"{RUC}-01-F001-2",
            "codigo_descarga": "b" * 40,
            "estado": "por_enviar",
            "vence": 1.0,
        }
        connection.execute(table["comprobante"].insert(), [settled])
        connection.execute(table["comprobante"].insert(), [waiting])
        for number in (1, 2):
            file = {"comprobante_id": number, "revision": 1, "clase": "xml", "contenido": b"<a/>"}
            connection.execute(table["archivo"].insert(), [{**file, "sha256": "s", "creado_en": now}])
        attempt = {"comprobante_id": 1, "revision": 1, "generacion": 1, "operacion": "submit"}
        connection.execute(
            table["intento"].insert(),
            [{**attempt, "ejecutor": "e", "empezado_en": now, "resultado": "observed"}],
        )
    database.close()


def test_documents_of_the_first_version_are_kept_and_worked_on(
    settings: Settings,
    authority: LoopbackServer,
    certificate: bytes,
) -> None:
    first_version(settings)
    engine = Engine(settings, country_map={"xx": LoopbackCountry()})
    uuid = "5b2b2f3e-0000-4000-8000-000000000001"
    engine.companies.update(uuid, {"url": authority.url})
    engine.companies.set_secrets(uuid, {"usuario": "u", "clave": "c"})
    engine.companies.set_certificate(uuid, certificate, "p12-Contraseña")
    company = engine.companies.get(uuid)
    old = engine.comprobante(company, "01", "F001", 1)
    assert old is not None
    assert (old.estado, old.clase, old.canal, old.baja_estado) == ("observado", "comprobante", "directo", "")
    assert (old.observaciones[0].code, str(old.total), old.receptor_nombre) == ("4031", "118.00", "CLIENTE Ñ")
    assert [attempt.resultado for attempt in engine.attempts(old)] == ["observed"]
    with engine:  # the watcher finds what was waiting
        deadline = time.monotonic() + 15
        while not (late := engine.latest(company, 1)[0]).settled and time.monotonic() < deadline:
            time.sleep(0.1)
        assert (late.numero, late.estado) == (2, "aceptado")
