"""How this installation runs: where its data lies, which database, how long a caller waits."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from emitir.error_codes import CONFIGURACION_INVALIDA
from emitir.errors import EmitirError, Problem
from emitir.i18n import N_

#: Name of the SQLite file in the data directory when no database is configured.
SQLITE_NAME = "emitir.sqlite"


@dataclass(frozen=True, slots=True)
class Settings:
    """Read once at start; :meth:`from_env` is the usual way to get one.

    ``data_dir``: SQLite files, master key (mode 0700). ``database_url``: ``sqlite:///...`` or
    ``postgresql://...``; empty means ``<data_dir>/emitir.sqlite``. ``master_keys``: what
    ``EMITIR_MASTER_KEY`` holds (base64 or hex, several separated by commas, the first one seals); empty means
    the key file in the data directory. ``wait_seconds``: how long ``emitir`` waits for the verdict.
    ``executor``: prefix of the executor's name. ``workers``: documents that this process sends at the same
    time; 0 makes it hand every sending to the other processes (PostgreSQL only). ``watch_seconds``: pause
    between two looks for stuck documents. ``drain_seconds``: how long ``close`` waits for sendings under way.
    """

    data_dir: Path
    database_url: str = field(default="", repr=False)
    master_keys: str = field(default="", repr=False)
    wait_seconds: float = 10.0
    executor: str = "emitir"
    workers: int = 16
    watch_seconds: float = 30.0
    drain_seconds: float = 20.0

    @property
    def url(self) -> str:
        """The database URL in SQLAlchemy's form, driver included."""
        url = self.database_url or f"sqlite:///{self.data_dir / SQLITE_NAME}"
        for prefix in ("postgres://", "postgresql://"):
            if url.startswith(prefix):
                return "postgresql+psycopg://" + url.removeprefix(prefix)
        return url

    @property
    def is_sqlite(self) -> bool:
        """One file on this machine instead of a database server."""
        return self.url.startswith("sqlite")

    @classmethod
    def from_env(cls, environ: Mapping[str, str] | None = None) -> Settings:
        """The settings of the ``EMITIR_*`` variables. Raises ``CONFIGURACION_INVALIDA`` with every bad one."""
        env = os.environ if environ is None else environ
        problems: list[Problem] = []

        def number(name: str, default: float, lowest: float) -> float:
            text = env.get(name, "").strip()
            if not text:
                return default
            try:
                value = float(text)
            except ValueError:
                value = float("nan")
            if not lowest <= value <= 86_400:
                problems.append(
                    Problem(
                        CONFIGURACION_INVALIDA,
                        N_("{nombre} debe ser un número de {minimo} a 86400; se encontró {valor}."),
                        path=name,
                        params={"nombre": name, "minimo": f"{lowest:g}", "valor": repr(text)},
                    )
                )
            return value

        wait = number("EMITIR_WAIT_SECONDS", 10.0, 0)
        workers = number("EMITIR_WORKERS", 16, 0)
        watch = number("EMITIR_WATCH_SECONDS", 30.0, 1)
        drain = number("EMITIR_DRAIN_SECONDS", 20.0, 0)
        url = env.get("EMITIR_DATABASE_URL", "").strip()
        if url and not url.startswith(
            ("sqlite:///", "postgresql://", "postgres://", "postgresql+psycopg://")
        ):
            problems.append(
                Problem(
                    CONFIGURACION_INVALIDA,
                    N_("EMITIR_DATABASE_URL debe empezar con sqlite:/// o con postgresql://."),
                    path="EMITIR_DATABASE_URL",
                )
            )
        if workers == 0 and not url.startswith("postgres"):
            problems.append(
                Problem(
                    CONFIGURACION_INVALIDA,
                    N_(
                        "EMITIR_WORKERS=0 necesita PostgreSQL: con SQLite un solo proceso hace todo el trabajo."
                    ),
                    path="EMITIR_WORKERS",
                )
            )
        if problems:
            raise EmitirError(problems)
        return cls(
            data_dir=Path(env.get("EMITIR_DATA_DIR", "").strip() or _default_data_dir(env)).expanduser(),
            database_url=url,
            master_keys=env.get("EMITIR_MASTER_KEY", "").strip(),
            wait_seconds=wait,
            executor=env.get("EMITIR_EXECUTOR", "").strip() or "emitir",
            workers=int(workers),
            watch_seconds=watch,
            drain_seconds=drain,
        )

    def make_data_dir(self) -> Path:
        """Create the data directory, readable by its owner only, when it does not exist."""
        self.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
        return self.data_dir


def _default_data_dir(env: Mapping[str, str]) -> str:
    base = env.get("XDG_DATA_HOME", "").strip() or "~/.local/share"
    return f"{base}/emitir"
