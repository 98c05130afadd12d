"""A sandbox for the tests of this folder: one server, emptied before each test."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from emitir.sandbox.server import SandboxServer
from tests.sandbox.factory import RUC, Client


@pytest.fixture(scope="module")
def server() -> Iterator[SandboxServer]:
    with SandboxServer() as server:
        yield server


@pytest.fixture
def sunat(server: SandboxServer) -> Client:
    client = Client(server.url)
    client.control("DELETE", "")
    client.control("POST", "lists", comprobantes_externos=[f"{RUC}-01-F001-900"])  # of factory.anticipo
    return client
