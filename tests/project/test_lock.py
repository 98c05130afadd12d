"""The lock files cover pyproject.toml, with hashes and without naming where packages come from."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).resolve().parents[2]
PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
PIN = re.compile(r"^([A-Za-z0-9][\w.-]*)(?:\[[\w,-]+\])?==([^\s;]+)", re.MULTILINE)


def pins(name: str) -> dict[str, set[Version]]:
    """Package to its locked versions: more than one where they differ by Python version."""
    found: dict[str, set[Version]] = {}
    for package, version in PIN.findall((ROOT / name).read_text(encoding="utf-8")):
        found.setdefault(canonicalize_name(package), set()).add(Version(version))
    return found


def wanted(*extras: str) -> list[Requirement]:
    """What pyproject.toml asks for: the base, the build group and ``extras``."""
    project = PROJECT["project"]
    lines = [*project["dependencies"], *PROJECT["dependency-groups"]["build"]]
    for extra in extras:
        lines += project["optional-dependencies"][extra]
    return [Requirement(line) for line in lines if not line.startswith("emitir[")]


@pytest.mark.parametrize(
    ("lock", "extras"),
    [("requirements.lock", ["service", "bot"]), ("requirements-dev.lock", ["service", "bot", "dev"])],
)
def test_lock_covers_the_project(lock: str, extras: list[str]) -> None:
    locked = pins(lock)
    for requirement in wanted(*extras):
        versions = locked.get(canonicalize_name(requirement.name), set())
        assert versions, f"{requirement} is not in {lock}: run make lock"
        assert all(version in requirement.specifier for version in versions), (
            f"{requirement}: {versions} in {lock}"
        )


def test_service_runs_on_what_is_tested() -> None:
    tested = pins("requirements-dev.lock")
    assert {
        name: versions for name, versions in pins("requirements.lock").items() if tested[name] != versions
    } == {}


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock", "requirements-xsd.lock"])
def test_every_pin_has_hashes_and_no_address(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8")
    blocks = re.split(r"\n(?=[A-Za-z0-9])", text)
    pinned = [block for block in blocks if PIN.match(block)]
    assert pinned
    assert [block.splitlines()[0] for block in pinned if "--hash=sha256:" not in block] == []
    assert "://" not in text
    assert not re.search(r"^--(index|extra-index|find-links|trusted)", text, re.MULTILINE)
