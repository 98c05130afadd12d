"""A real Odoo for Paraguay: the OCA's localization, the modules of this repository, the service and the sandbox SIFEN."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from scripts.odoo import template
from scripts.odoo.fetch import UnavailableError
from scripts.odoo.paraguay import PyBooks
from scripts.odoo.place import Odoo, Server
from scripts.odoo.service import Service

MODULES = "emitir,emitir_py"
DATABASE = "paraguay"


@pytest.fixture(scope="session")
def odoo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Odoo]:
    place = template.running(tmp_path_factory.mktemp("odoo-py"), template.PARAGUAY)
    try:
        running = place.__enter__()
    except UnavailableError as error:
        pytest.skip(f"no Odoo here: {error}")
    try:
        yield running
    finally:
        place.__exit__(None, None, None)


@pytest.fixture(scope="session")
def server(odoo: Odoo) -> Iterator[Server]:
    odoo.copy(template.TEMPLATE, DATABASE)
    log = odoo.server_run(DATABASE, "-i", MODULES, "--skip-auto-install")
    assert " ERROR " not in log, log[-4000:]
    with odoo.serve(DATABASE) as running:
        yield running


@pytest.fixture(scope="session")
def books(server: Server, service: Service) -> PyBooks:
    books = PyBooks(server)
    books.connect(service)
    return books


@pytest.fixture(scope="session")
def market(books: PyBooks) -> int:
    return books.customer()


@pytest.fixture(scope="session")
def iva(books: PyBooks) -> dict[int, int]:
    return {10: books.iva(10), 5: books.iva(5), 0: books.iva(0, affectation="3")}
