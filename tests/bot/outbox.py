"""Events written into the outbox of a running service, as the engine writes them: many, and at once."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any


def add_events(folder: Path, company: str, clase: str, count: int, **facts: Any) -> None:
    """``count`` events of ``clase`` about numbers from 1 of serie F900 of that company."""
    now = datetime.now(UTC).strftime("%Y-%m-%d %H:%M:%S.%f")
    with closing(sqlite3.connect(folder / "data" / "emitir.sqlite", timeout=30)) as database, database:
        empresa = database.execute("SELECT id FROM empresa WHERE uuid = ?", (company,)).fetchone()[0]
        documento = database.execute(
            "SELECT min(id) FROM comprobante WHERE empresa_id = ?", (empresa,)
        ).fetchone()[0]
        rows = []
        for number in range(1, count + 1):
            datos = {
                "codigo_documento": f"20512345671-01-F900-{number}",
                "tipo": "01",
                "serie": "F900",
                "numero": number,
                "estado_comprobante": clase,
                "respuesta_codigo": "2335",
                "respuesta_descripcion": "El documento electrónico ingresado ha sido alterado",
                **facts,
            }
            rows.append((empresa, documento, clase, json.dumps(datos), now))
        database.executemany(
            "INSERT INTO evento (empresa_id, comprobante_id, clase, datos, creado_en) VALUES (?, ?, ?, ?, ?)",
            rows,
        )
