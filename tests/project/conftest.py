"""A running demo: the service and the sandbox as ``make demo KEEP=1`` leaves them."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
#: Seconds for the demo to start and to issue its two comprobantes on a busy machine.
START = 120


class Demo:
    """A folder to work in and the variables that ``demo.env`` holds."""

    def __init__(self, folder: Path, variables: dict[str, str]) -> None:
        self.folder = folder
        self.variables = variables

    def run(self, *command: str, **more: str) -> subprocess.CompletedProcess[str]:
        """Run ``command`` in the folder, with the variables of the demo and ``more``."""
        programs = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
        environment = {**os.environ, **self.variables, **more, "PATH": programs}
        return subprocess.run(
            command,
            cwd=self.folder,
            env=environment,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )


def read_variables(path: Path) -> dict[str, str]:
    """The assignments of an env file."""
    lines = path.read_text(encoding="utf-8").splitlines()
    pairs = (line.partition("=") for line in lines if "=" in line and not line.startswith("#"))
    return {name.strip(): value.strip().strip("'\"") for name, _, value in pairs}


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    folder = tmp_path_factory.mktemp("demo")
    env_file = folder / "demo.env"
    output = folder / "demo.log"
    command = [str(Path(sys.executable).parent / "emitir"), "demo", "--keep", "--port", "0"]
    with output.open("wb") as log:
        process = subprocess.Popen(
            [*command, "--out", str(folder / "demo"), "--env-file", str(env_file)],
            stdout=log,
            stderr=log,
            cwd=folder,
        )
    try:
        deadline = time.monotonic() + START
        while not env_file.exists():
            if process.poll() is not None or time.monotonic() > deadline:
                pytest.fail(
                    f"the demo did not come up:\n{output.read_text(encoding='utf-8', errors='replace')}"
                )
            time.sleep(0.2)
        yield Demo(folder, read_variables(env_file))
    finally:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(30)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
