"""A real Odoo with the modules of this repository, a real service and the sandbox SUNAT.

Everything here needs Odoo, which is skipped with the reason where it cannot be had, and always in continuous
integration; ``make test-odoo`` runs it alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from scripts.odoo import service as services
from scripts.odoo import template
from scripts.odoo.books import Books
from scripts.odoo.fetch import UnavailableError
from scripts.odoo.place import Odoo, Server
from scripts.odoo.service import Service

MODULES = "emitir,emitir_pe"
DATABASE = "pruebas"
HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE in item.path.parents:
            item.add_marker("slow")
            item.add_marker("odoo")
            item.add_marker(pytest.mark.timeout(900))


@pytest.fixture(scope="session")
def odoo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Odoo]:
    """Odoo with the template database of Peru."""
    place = template.running(tmp_path_factory.mktemp("odoo"))
    try:
        running = place.__enter__()
    except UnavailableError as error:
        pytest.skip(f"no Odoo here: {error}")
    try:
        yield running
    finally:
        place.__exit__(None, None, None)


@pytest.fixture(scope="session")
def database(odoo: Odoo) -> str:
    """A database with the modules."""
    odoo.copy(template.TEMPLATE, DATABASE)
    odoo.server_run(DATABASE, "-i", MODULES, "--skip-auto-install")
    return DATABASE


@pytest.fixture(scope="session")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    with services.running(tmp_path_factory.mktemp("servicio")) as running:
        yield running


@pytest.fixture(scope="session")
def server(odoo: Odoo, database: str) -> Iterator[Server]:
    with odoo.serve(database) as running:
        yield running


@pytest.fixture(scope="session")
def books(server: Server, service: Service) -> Books:
    """The accountant, with electronic invoicing set up."""
    books = Books(server)
    books.connect(service)
    return books
