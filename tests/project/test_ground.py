"""What a newcomer touches first: make, the scripts, the wheel."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SHELL_SCRIPTS = ["scripts/venv", "scripts/system-packages", "scripts/apt-install"]


def run(*command: str, path: Path | None = None, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run in the repository; with ``path`` as the only folder that programs are looked for in."""
    environment = {**os.environ, **variables}
    if path:
        environment["PATH"] = str(path)
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)


def tools(folder: Path, *names: str) -> Path:
    """A folder of links to the programs ``names`` of this machine and to no others."""
    folder.mkdir()
    for name in names:
        program = shutil.which(name)
        assert program, name
        (folder / name).symlink_to(program)
    return folder


@pytest.mark.parametrize("script", SHELL_SCRIPTS)
def test_scripts_are_posix_shell(script: str) -> None:
    assert os.access(ROOT / script, os.X_OK)
    assert run("sh", "-n", script).returncode == 0


def test_ci_stops_at_the_first_failure_and_keeps_the_exit_status() -> None:
    text = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert os.access(ROOT / ".ci" / "run", os.X_OK)
    assert "set -euo pipefail" in text
    assert text.rstrip().splitlines()[-1].startswith("exec timeout ")


def test_help_names_every_public_target() -> None:
    listed = set(re.findall(r"^  make (\S+)", run("make", "help").stdout, re.MULTILINE))
    assert {"demo", "test", "check", "bench", "fmt", "i18n", "docs", "lock", "clean", "help"} <= listed


@pytest.mark.parametrize(
    ("arguments", "options"),
    [
        ([], ""),
        (["KEEP=1", "PORT=8000"], " --keep --port 8000"),
        (["KEEP=0"], ""),
    ],
)
def test_demo_passes_its_options_on(arguments: list[str], options: str) -> None:
    plan = run("make", "--dry-run", "demo", *arguments, MAKEFLAGS="").stdout
    command = re.sub(r"\\\n\s*", "", plan)
    assert re.search(
        rf"/emitir demo{options} --out build/demo --env-file demo.env$", re.sub(" +", " ", command), re.M
    )


def test_an_old_python_is_named(tmp_path: Path) -> None:
    old = tmp_path / "python3"
    old.write_text("#!/bin/sh\nexit 1\n")
    old.chmod(0o755)
    result = run("sh", "scripts/venv", "runtime", VENV=str(tmp_path / "venv"), PYTHON=str(old))
    assert result.returncode == 1
    assert "Emitir necesita Python 3.11 o posterior" in result.stderr
    assert not (tmp_path / "venv").exists()


def test_a_missing_venv_module_is_named_to_who_is_not_root(tmp_path: Path) -> None:
    """Debian ships Python without ensurepip; -S and an empty path stand for it."""
    python = tmp_path / "python3"
    python.write_text(
        f'#!/bin/sh\ncase "$2" in *ensurepip*) exit 1 ;; esac\nexec "{sys.executable}" "$@"\n',
        encoding="utf-8",
    )
    python.chmod(0o755)
    path = tools(tmp_path / "bin", "sh", "dirname", "touch")
    (path / "id").write_text("#!/bin/sh\necho 1000\n")
    (path / "id").chmod(0o755)
    result = run("sh", "scripts/venv", "dev", path=path, VENV=str(tmp_path / "venv"), PYTHON=str(python))
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    assert result.returncode == 1
    assert f"sudo apt-get update && sudo apt-get install -y python{version}-venv" in result.stderr


def test_missing_programs_are_named_to_who_is_not_root(tmp_path: Path) -> None:
    path = tools(tmp_path / "bin", "sh", "true", "pdftoppm")
    (path / "apt-get").symlink_to("/bin/false")
    (path / "id").write_text("#!/bin/sh\necho 1000\n")
    (path / "id").chmod(0o755)
    result = run("sh", "scripts/system-packages", path=path)
    assert result.returncode == 1
    assert re.search(
        r"^  sudo apt-get update && sudo apt-get install -y .* xmlsec1", result.stderr, re.MULTILINE
    )
    assert "poppler-utils" not in result.stderr


def test_missing_programs_are_named_where_there_is_no_apt(tmp_path: Path) -> None:
    result = run("sh", "scripts/system-packages", path=tools(tmp_path / "bin", "sh"))
    assert result.returncode == 1
    assert "xmlsec1 poppler-utils" in result.stderr


def test_a_failed_installation_shows_why(tmp_path: Path) -> None:
    path = tools(tmp_path / "bin", "sh", "dirname", "mktemp", "rm", "cat")
    for name, body in {"apt-get": "echo E: no hay red; exit 100", "id": "echo 0"}.items():
        (path / name).write_text(f"#!/bin/sh\n{body}\n")
        (path / name).chmod(0o755)
    result = run("sh", "scripts/system-packages", path=path)
    assert result.returncode == 1
    assert "E: no hay red" in result.stderr


@pytest.mark.slow
def test_the_wheel_carries_every_data_file(tmp_path: Path) -> None:
    built = run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path))
    assert built.returncode == 0, built.stderr
    (wheel,) = tmp_path.glob("emitir-*.whl")
    packed = set(zipfile.ZipFile(wheel).namelist())
    package = ROOT / "core" / "emitir"
    wanted = {
        path.relative_to(ROOT / "core").as_posix()
        for path in package.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert wanted - packed == set()
    assert any(name.endswith(".mo") for name in packed)
