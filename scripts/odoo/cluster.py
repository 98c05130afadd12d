"""A private PostgreSQL for Odoo: its own folder, a local socket, no durability (tests and demo only).

PostgreSQL refuses to run as root, so root runs it as the system's user ``postgres``; Odoo refuses the role
``postgres``, so the role is ``odoo``.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from scripts.odoo.fetch import UnavailableError

ROLE = "odoo"
_FAST = (
    "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=60 "
    "-c shared_buffers=256MB -c max_wal_size=2GB"
)


def binaries() -> Path:
    """Folder of PostgreSQL's programs. Raises UnavailableError."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    on_path = found[-1] if found else shutil.which("initdb")
    if not on_path:
        raise UnavailableError("PostgreSQL is not installed (scripts/system-packages)")
    return Path(on_path).parent


class Cluster:
    """A running server, from an empty folder or from the ``archive`` of a stopped one. A context manager.

    ``port`` makes it listen on loopback as well; ``home`` keeps its folder (else temporary and removed).
    """

    def __init__(self, archive: Path | None = None) -> None:
        self.archive = archive
        self.home = Path(tempfile.mkdtemp(prefix="emitir-odoo-pg-"))
        self._as_user: list[str] = []
        if os.geteuid() == 0:
            shutil.chown(self.home, "postgres")
            self._as_user = ["runuser", "-u", "postgres", "--"]

    @property
    def host(self) -> str:
        """What clients give as host: the folder of the socket."""
        return str(self.home)

    def __enter__(self) -> Cluster:
        try:
            if self.archive:
                self._run("tar", "-x", "-f", "-", "-C", str(self.home), stdin=self.archive)
            else:
                where = f"{self.home}/data"
                self._pg(
                    "initdb",
                    "-D",
                    where,
                    "-A",
                    "trust",
                    "-U",
                    ROLE,
                    "--no-sync",
                    "-E",
                    "UTF8",
                    "--locale=C.UTF-8",
                )
            self.start()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *exc_info: object) -> None:
        if (self.home / "data" / "postmaster.pid").exists():
            self.stop("immediate")
        shutil.rmtree(self.home, ignore_errors=True)

    def start(self) -> None:
        """Start the server."""
        options = f"-k {self.home} -h '' {_FAST}"
        self._pg("pg_ctl", "-D", f"{self.home}/data", "-w", "-l", f"{self.home}/log", "-o", options, "start")

    def stop(self, mode: str = "fast") -> None:
        """Stop the server."""
        self._pg("pg_ctl", "-D", f"{self.home}/data", "-m", mode, "-w", "stop")

    def copy(self, template: str, name: str) -> None:
        """A new database ``name`` that holds what ``template`` holds."""
        self._pg("createdb", "-h", self.host, "-U", ROLE, "-T", template, name)

    def drop(self, name: str) -> None:
        """Remove a database."""
        self._pg("dropdb", "-h", self.host, "-U", ROLE, "--force", "--if-exists", name)

    def sql(self, database: str, statement: str) -> str:
        """What a statement answers, one row a line."""
        return self._pg("psql", "-h", self.host, "-U", ROLE, "-d", database, "-qAtX", "-c", statement).strip()

    def save(self, archive: Path) -> None:
        """Stop the server and keep its data as a file that ``archive=`` takes."""
        self.stop()
        part = archive.with_suffix(".part")
        with part.open("wb") as out:
            command = [*self._as_user, "tar", "-c", "-C", str(self.home), "data"]
            subprocess.run(command, stdout=out, check=True, timeout=300)
        part.replace(archive)

    def _pg(self, program: str, *arguments: str) -> str:
        return self._run(str(binaries() / program), *arguments)

    def _run(self, *command: str, stdin: Path | None = None) -> str:
        with (stdin or Path(os.devnull)).open("rb") as source, tempfile.TemporaryFile("w+") as out:
            # A file and not a pipe: the server inherits it and would keep a pipe open.
            done = subprocess.run(
                [*self._as_user, *command],
                stdin=source,
                stdout=out,
                stderr=out,
                cwd=self.home,
                timeout=300,
                check=False,
            )
            out.seek(0)
            told = out.read()
        if done.returncode:
            raise RuntimeError(f"{command[0]}: {told[-2000:]}")
        return told
