"""EMITIR_* variables, the database URL, the lazy face of the package."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from emitir.engine import Engine, Settings
from emitir.errors import EmitirError


def test_defaults() -> None:
    settings = Settings.from_env({"EMITIR_DATA_DIR": "/srv/emitir"})
    assert settings.url == "sqlite:////srv/emitir/emitir.sqlite"
    assert settings.is_sqlite
    assert (settings.wait_seconds, settings.workers) == (10.0, 16)


def test_without_a_directory_the_users_own() -> None:
    assert Settings.from_env({"XDG_DATA_HOME": "/home/u/.data"}).data_dir == Path("/home/u/.data/emitir")


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_postgresql_by_any_of_its_names(scheme: str) -> None:
    settings = Settings.from_env({"EMITIR_DATABASE_URL": f"{scheme}://u:secreto@host/db"})
    assert settings.url == "postgresql+psycopg://u:secreto@host/db"
    assert "secreto" not in repr(settings)


def test_every_bad_variable_at_once() -> None:
    env = {
        "EMITIR_DATABASE_URL": "mysql://u:secreto@h/d",
        "EMITIR_WAIT_SECONDS": "pronto",
        "EMITIR_WORKERS": "-1",
        "EMITIR_WATCH_SECONDS": "nan",
    }
    with pytest.raises(EmitirError) as raised:
        Settings.from_env(env)
    assert {problem.path for problem in raised.value.problems} == set(env)
    assert raised.value.code == "CONFIGURACION_INVALIDA"
    assert "secreto" not in str(raised.value)


def test_no_workers_needs_postgresql() -> None:
    with pytest.raises(EmitirError, match="PostgreSQL"):
        Settings.from_env({"EMITIR_WORKERS": "0"})
    assert Settings.from_env({"EMITIR_WORKERS": "0", "EMITIR_DATABASE_URL": "postgresql:///x"}).workers == 0


@pytest.mark.parametrize(
    "url",
    ["sqlite:///:memory:", "sqlite:////no/such/directory/x.sqlite", "postgresql://u:clave9@127.0.0.1:1/x"],
)
def test_a_database_that_cannot_be_used_is_said_in_words(tmp_path: Path, url: str) -> None:
    with pytest.raises(EmitirError) as raised:
        Engine(Settings(data_dir=tmp_path, database_url=url), country_map={})
    assert raised.value.code == "CONFIGURACION_INVALIDA"
    assert "clave9" not in str(raised.value)


def test_the_package_itself_imports_nothing_heavy() -> None:
    code = (
        "import sys, emitir.engine;"
        "heavy = {'sqlalchemy', 'dbos', 'alembic', 'cryptography', 'pydantic', 'lxml'} & set(sys.modules);"
        "assert not heavy, heavy;"
        "emitir.engine.Engine; assert 'sqlalchemy' in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)
