"""Listing, searching and summing up, on both databases; and mail and webhooks on PostgreSQL."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
import sqlalchemy as sa

from emitir.engine import Company, Engine, Settings
from emitir.engine.results import Filtro
from emitir.engine.storage.rows import file_values
from emitir.engine.storage.sales import before
from emitir.engine.storage.tables import ARCHIVO, ATTENTION, COMPROBANTE
from emitir.errors import EmitirError
from tests.engine.conftest import properties
from tests.engine.loopback import LoopbackCountry, LoopbackServer
from tests.engine.mail_server import MailServer
from tests.engine.test_mail import until
from tests.engine.webhook_receiver import receiving

NewCompany = Callable[..., tuple[Company, str]]
TODAY = datetime.now(UTC).date()


class SellingCountry(LoopbackCountry):
    """Its documents of serie F001 are sales."""

    def sales_sign(self, tipo: str) -> int:
        return -1 if tipo == "07" else 1

    def today(self, now: datetime) -> date:
        return now.date()

    def document_types(self) -> dict[str, str]:
        return {"f": "01", "01": "01"}


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(request: pytest.FixtureRequest, settings: Settings) -> Iterator[Engine]:
    if request.param == "postgresql":
        settings = replace(settings, database_url=request.getfixturevalue("postgres")())
    with Engine(settings, country_map={"xx": SellingCountry()}) as started:
        yield started


def numbers(engine: Engine, company: Company, **filtro: object) -> list[int]:
    page = engine.buscar(company, Filtro(**filtro))  # type: ignore[arg-type]
    assert page.siguiente == ""
    return [document.numero for document in page.comprobantes]


def test_found_by_what_people_know(
    engine: Engine, new_company: NewCompany, authority: LoopbackServer
) -> None:
    company, _ = new_company(engine)
    other, _ = new_company(engine, ambiente="produccion")
    engine.emitir(company, properties(1, cliente="FERRETERÍA ÑANDÚ 100% S.A."))
    engine.emitir(company, properties(2, cliente="Bodega Luz", total="50.00"))
    engine.emitir(company, properties(3, fecha=(TODAY - timedelta(days=1)).isoformat()))
    authority.fault("submit", "reject")
    engine.emitir(company, properties(4))
    engine.emitir(other, properties(5))

    assert numbers(engine, company) == [4, 2, 1, 3], "newest date of issue first"
    assert numbers(engine, company, cliente="ñandú") == [1]
    assert numbers(engine, company, cliente="bodega") == [2]
    assert numbers(engine, company, cliente="100%") == [1], "no wildcard of the database"
    assert numbers(engine, company, cliente="%") == [1]
    assert numbers(engine, company, cliente="201000") == [4, 2, 1, 3]
    assert numbers(engine, company, texto="f001-2") == [2]
    assert numbers(engine, company, texto="F001-0002") == [2]
    assert numbers(engine, company, texto="20123456786-01-F001-3") == [3]
    assert numbers(engine, company, texto="LUZ") == [2]
    assert numbers(engine, company, estado="rechazado") == [4]
    assert numbers(engine, company, estado="pendiente") == []
    assert numbers(engine, company, estado="dado_de_baja") == []
    assert numbers(engine, company, desde=TODAY) == [4, 2, 1]
    assert numbers(engine, company, hasta=TODAY - timedelta(days=1)) == [3]
    assert numbers(engine, company, serie="f001", numero_desde=2, numero_hasta=3) == [2, 3]
    assert numbers(engine, company, moneda="USD") == []
    assert numbers(engine, company, tipo="03") == []
    assert numbers(engine, other) == [5], "a company sees its own"

    pages, after = [], ""
    for _ in range(5):
        page = engine.buscar(company, Filtro(), 1, after)
        pages.append([document.numero for document in page.comprobantes])
        after = page.siguiente
        if not after:
            break
    assert pages == [[4], [2], [1], [3]]
    for wrong in ("x", "2026-11-21", "2026-13-21.5", "' OR 1=1"):
        with pytest.raises(EmitirError):
            engine.buscar(company, Filtro(), 1, wrong)

    _with_record(engine, 1, "18.00")
    found = engine.ventas(company, TODAY, TODAY)
    assert {name: (one.cantidad, one.total, one.igv) for name, one in found.por_moneda.items()} == {
        "PEN": (2, Decimal("168.00"), Decimal("18.00"))
    }
    assert (found.rechazados, found.pendientes, found.anulados) == (1, 0, 0)
    earlier = engine.ventas(company, *before(TODAY, TODAY))
    assert earlier.por_dia[(TODAY - timedelta(days=1), "PEN")].total == Decimal("118.00")


def _with_record(engine: Engine, numero: int, igv: str) -> None:
    """What a country keeps of its documents, for one of them."""
    content = b'{"totales":{"igv":"' + igv.encode() + b'"}}'
    with engine._database.write() as connection:
        found = connection.execute(
            sa.select(COMPROBANTE.c.id).where(COMPROBANTE.c.numero == numero)
        ).scalar_one()
        row = file_values(found, 1, {"registro": content}, datetime.now(UTC))
        connection.execute(
            sa.delete(ARCHIVO).where(ARCHIVO.c.comprobante_id == found, ARCHIVO.c.clase == "registro")
        )
        connection.execute(sa.insert(ARCHIVO), row)


def test_mail_and_webhooks_on_either_database(engine: Engine, new_company: NewCompany) -> None:
    with MailServer(auth=False) as mail, receiving() as receiver:
        company, _ = new_company(engine, smtp=mail.settings(usuario=""), webhook={"url": receiver.url})
        company = engine.companies.set_secrets(company.uuid, {"webhook_secreto": "x"})
        engine.emitir(company, properties(1))
        asked = {"tipo": "01", "serie": "F001", "numero": 1, "para": ["a@x.pe", "b@x.pe"]}
        first, again = engine.correo(company, asked, 10), engine.correo(company, asked, 10)
        assert [one.estado for one in first.deliveries] == ["entregado", "entregado"]
        assert again.repeated
        until(lambda: len(receiver.got) == 1)
        assert len(mail.mails) == 1


def test_what_needs_attention_is_found_by_its_index(engine: Engine) -> None:
    """A year of accepted documents must not be read to find the few that are not."""
    few = sa.select(COMPROBANTE.c.id).where(
        *(COMPROBANTE.c.empresa_id == 1, COMPROBANTE.c.ambiente == "beta"),
        *(ATTENTION, COMPROBANTE.c.estado == "rechazado"),
    )
    with engine._database.read() as connection:
        explain = "EXPLAIN QUERY PLAN"
        if not engine._database.is_sqlite:
            connection.exec_driver_sql("SET LOCAL enable_seqscan = off")  # whatever so small a table costs
            explain = "EXPLAIN"
        compiled = few.compile(connection, compile_kwargs={"literal_binds": True})
        plan = " ".join(str(row) for row in connection.exec_driver_sql(f"{explain} {compiled}"))
    assert "ix_comprobante_atencion" in plan


def test_a_number_is_found_before_customers(engine: Engine, company: Company) -> None:
    engine.emitir(company, properties(1))
    found = engine.buscar(company, Filtro(texto="f001-00001")).comprobantes
    assert [one.numero for one in found] == [1]
    assert engine.buscar(company, Filtro(texto="F001-2")).comprobantes == ()
