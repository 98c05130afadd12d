"""The next number of a serie: given inside the transaction that stores the document, so that no number is lost.

The row of ``serie`` is locked until that transaction ends: on PostgreSQL by the row, on SQLite because it lets
one writer in. A transaction that fails gives its number back.
"""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection

from emitir.engine.storage.tables import COMPROBANTE, INUTILIZADO, SERIE

_c = COMPROBANTE.c


def next_number(connection: Connection, empresa_id: int, ambiente: str, tipo: str, serie: str) -> int:
    """One more than the highest number in use, whoever gave it; from 1."""
    key = {"empresa_id": empresa_id, "ambiente": ambiente, "tipo": tipo, "serie": serie}
    last: int = connection.execute(_LOCK[connection.dialect.name], {**key, "ultimo": 0}).scalar_one()
    used: int = connection.execute(_HIGHEST, {f"b_{name}": value for name, value in key.items()}).scalar_one()
    number = _not_given_up(connection, key, max(last, used) + 1)
    connection.execute(_TAKE, {**{f"b_{name}": value for name, value in key.items()}, "ultimo": number})
    return number


def given_up(
    connection: Connection, empresa_id: int, ambiente: str, tipo: str, serie: str, numero: int
) -> int | None:
    """The last number of the range that was given up at the authority and holds this one; ``None``: it is not."""
    key = {"empresa_id": empresa_id, "ambiente": ambiente, "tipo": tipo, "serie": serie}
    values = {**{f"b_{name}": value for name, value in key.items()}, "b_numero": numero}
    last: int | None = connection.execute(_GIVEN_UP, values).scalar_one()
    return last


def _not_given_up(connection: Connection, key: dict[str, object], number: int) -> int:
    """This number, or the next that was not given up."""
    while True:
        values = {**{f"b_{name}": value for name, value in key.items()}, "b_numero": number}
        last: int | None = connection.execute(_GIVEN_UP, values).scalar_one()
        if last is None:
            return number
        number = last + 1


_GIVEN_UP = sa.select(sa.func.max(INUTILIZADO.c.hasta)).where(
    INUTILIZADO.c.empresa_id == sa.bindparam("b_empresa_id"),
    INUTILIZADO.c.ambiente == sa.bindparam("b_ambiente"),
    INUTILIZADO.c.tipo == sa.bindparam("b_tipo"),
    INUTILIZADO.c.serie == sa.bindparam("b_serie"),
    INUTILIZADO.c.desde <= sa.bindparam("b_numero"),
    INUTILIZADO.c.hasta >= sa.bindparam("b_numero"),
)
_HIGHEST = sa.select(sa.func.coalesce(sa.func.max(_c.numero), 0)).where(
    _c.empresa_id == sa.bindparam("b_empresa_id"),
    _c.ambiente == sa.bindparam("b_ambiente"),
    _c.tipo == sa.bindparam("b_tipo"),
    _c.serie == sa.bindparam("b_serie"),
)
_TAKE = sa.update(SERIE).where(
    SERIE.c.empresa_id == sa.bindparam("b_empresa_id"),
    SERIE.c.ambiente == sa.bindparam("b_ambiente"),
    SERIE.c.tipo == sa.bindparam("b_tipo"),
    SERIE.c.serie == sa.bindparam("b_serie"),
)
_KEY = ("empresa_id", "ambiente", "tipo", "serie")
# The update that changes nothing is what locks the row.
_LOCK = {
    "sqlite": sqlite.insert(SERIE)
    .on_conflict_do_update(index_elements=_KEY, set_={"ultimo": SERIE.c.ultimo})
    .returning(SERIE.c.ultimo),
    "postgresql": postgresql.insert(SERIE)
    .on_conflict_do_update(index_elements=_KEY, set_={"ultimo": SERIE.c.ultimo})
    .returning(SERIE.c.ultimo),
}
