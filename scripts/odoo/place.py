"""Running Odoo: its configuration, its command line, its server."""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from pathlib import Path

from scripts.odoo.cluster import ROLE, Cluster

REPOSITORY = Path(__file__).resolve().parents[2]
ADDONS = REPOSITORY / "odoo_addon"
#: Seconds for one run of the command line: installing modules in a new database takes about 40.
TIMEOUT = 900
_RESULT = re.compile(r"(\d+) failed, (\d+) error\(s\) of (\d+) tests")


def free_port() -> int:
    """A port of loopback that nobody listens on now."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


class OdooError(Exception):
    """Odoo's command line failed; the message is the end of its log."""


class Odoo:
    """One configuration of Odoo: a cluster, a folder for its files, the addons of this repository and ``addons``."""

    def __init__(self, command: list[str], cluster: Cluster, data: Path, *addons: Path) -> None:
        self.command = command
        self.cluster = cluster
        self.data = data
        data.mkdir(parents=True, exist_ok=True)
        self.conf = data / "odoo.conf"
        self.log = data / "odoo.log"
        self.conf.write_text(
            "[options]\n"
            f"db_host = {cluster.host}\ndb_user = {ROLE}\ndata_dir = {data}\n"
            f"addons_path = {','.join(str(folder) for folder in (ADDONS, *addons))}\nadmin_passwd = admin\nlist_db = False\n"
            "workers = 0\nmax_cron_threads = 0\nhttp_interface = 127.0.0.1\n",
            encoding="utf-8",
        )

    def environment(self) -> dict[str, str]:
        """The environment of Odoo's process: the library of this repository is importable."""
        return {
            **os.environ,
            "PYTHONPATH": str(REPOSITORY / "core"),
            "LC_ALL": "C.UTF-8",
            "PYTHONDONTWRITEBYTECODE": "1",
        }

    def run(self, *arguments: str, stdin: str | None = None) -> str:
        """Run the command line and return what it printed. Raises OdooError."""
        done = subprocess.run(
            [*self.command, *arguments],
            env=self.environment(),
            input=stdin,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=TIMEOUT,
            check=False,
        )
        if done.returncode:
            raise OdooError(done.stdout[-6000:])
        return done.stdout

    def server_run(self, database: str, *arguments: str) -> str:
        """``odoo-bin -d DATABASE ... --stop-after-init``: what it logged."""
        port = str(free_port())
        return self.run(
            *(
                "server",
                "-c",
                str(self.conf),
                "-d",
                database,
                "--http-port",
                port,
                "--stop-after-init",
                *arguments,
            )
        )

    def shell(self, database: str, program: str) -> str:
        """Run Python with ``env`` in Odoo's shell; commit yourself."""
        return self.run("shell", "-c", str(self.conf), "-d", database, "--no-http", stdin=program)

    def module_tests(self, database: str, modules: str, install: bool = False) -> tuple[int, str]:
        """Run the modules' own tests: how many ran, and the log. Raises OdooError when one failed."""
        tags = ",".join(f"/{name}" for name in modules.split(","))
        do = ["-i", modules, "--skip-auto-install"] if install else ["-u", modules]
        log = self.server_run(database, *do, "--test-tags", tags)
        found = _RESULT.findall(log)
        if not found or found[-1][:2] != ("0", "0"):
            raise OdooError(log[-6000:])
        return int(found[-1][2]), log

    def serve(self, database: str, port: int | None = None, crons: int = 0) -> Server:
        """A running server with this database."""
        return Server(self, database, port or free_port(), crons)

    def filestore(self, database: str) -> Path:
        """Folder of the attachments of a database."""
        return self.data / "filestore" / database

    def copy(self, template: str, name: str) -> None:
        """A new database like ``template``, its files included."""
        self.cluster.copy(template, name)
        if self.filestore(template).exists():
            shutil.copytree(self.filestore(template), self.filestore(name))


class Server:
    """``odoo-bin`` serving one database. A context manager: it is ready when entered."""

    def __init__(self, odoo: Odoo, database: str, port: int, crons: int) -> None:
        self.odoo = odoo
        self.database = database
        self.url = f"http://127.0.0.1:{port}"
        self.port = port
        self.crons = crons
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Server:
        arguments = [
            *("server", "-c", str(self.odoo.conf), "-d", self.database, "--http-port", str(self.port)),
            *(f"--db-filter=^{self.database}$", f"--max-cron-threads={self.crons}"),
        ]
        with self.odoo.log.open("ab") as log:
            self._process = subprocess.Popen(
                [*self.odoo.command, *arguments], env=self.odoo.environment(), stdout=log, stderr=log
            )
        deadline = time.monotonic() + 120
        while not self._answers():
            if self._process.poll() is not None or time.monotonic() > deadline:
                self.stop()
                raise OdooError(self.odoo.log.read_text(encoding="utf-8", errors="replace")[-6000:])
            time.sleep(0.3)
        return self

    def __exit__(self, *exc_info: object) -> None:
        self.stop()

    def stop(self) -> None:
        """End the server."""
        if self._process is None:
            return
        self._process.send_signal(signal.SIGINT)
        try:
            self._process.wait(20)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._process = None

    def wait(self) -> None:
        """Until the server ends by itself."""
        if self._process is not None:
            self._process.wait()

    def _answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.url}/web/health", timeout=5) as answer:  # noqa: S310 - loopback
                return bool(answer.status == 200)
        except (urllib.error.URLError, OSError):
            return False
