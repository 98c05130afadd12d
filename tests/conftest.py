"""Shared by every test: nothing but how the tests themselves run."""

from __future__ import annotations

import os

import pytest
from hypothesis import settings

# Cores are shared and processes real, so no example has a deadline; CI repeats the same examples.
settings.register_profile("emitir", deadline=None, print_blob=True, derandomize="CI" in os.environ)
settings.load_profile("emitir")

# Servers of the tests stand on loopback: a proxy of the machine has no say in reaching them.
os.environ["NO_PROXY"] = os.environ["no_proxy"] = "127.0.0.1,localhost"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update", action="store_true", help="write the golden files anew")
