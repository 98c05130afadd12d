"""Files that Telegram has already: it gives each a name, by which the bot sends or shares it again without sending bytes.

Kept beside the journal of alerts. Losing this costs an upload per file, nothing else. Download codes open documents to
whoever has them, so only their hashes are written.
"""

from __future__ import annotations

import hashlib
import sqlite3
from pathlib import Path
from typing import Any

#: Files that are remembered; the oldest go first.
_MOST = 50_000


class FileIds:
    """Of one bot: another bot cannot use them. Called from one thread."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        path = folder / "archivos.sqlite"
        path.touch(mode=0o600, exist_ok=True)
        self._database = sqlite3.connect(path, isolation_level=None)
        self._database.execute("PRAGMA journal_mode=WAL")
        self._database.execute("PRAGMA synchronous=NORMAL")
        self._database.execute(
            "CREATE TABLE IF NOT EXISTS archivo (clave TEXT PRIMARY KEY, file_id TEXT NOT NULL)"
        )

    def get(self, document: dict[str, Any], kind: str) -> str:
        """The name of a file of a comprobante; empty when Telegram has none."""
        found = self._database.execute("SELECT file_id FROM archivo WHERE clave = ?", (_key(document, kind),))
        row = found.fetchone()
        return str(row[0]) if row else ""

    def put(self, document: dict[str, Any], kind: str, file_id: str) -> None:
        """Telegram has it."""
        values = (_key(document, kind), file_id)
        self._database.execute("INSERT OR REPLACE INTO archivo VALUES (?, ?)", values)
        self._database.execute(
            "DELETE FROM archivo WHERE rowid <= (SELECT max(rowid) FROM archivo) - ?", (_MOST,)
        )

    def forget(self, document: dict[str, Any], kind: str) -> None:
        """Telegram does not have it any more."""
        self._database.execute("DELETE FROM archivo WHERE clave = ?", (_key(document, kind),))

    def close(self) -> None:
        self._database.close()


def _key(document: dict[str, Any], kind: str) -> str:
    """A PDF says where its document stands: another state is another file."""
    whole = f"{document['codigo_descarga']} {document.get('estado_comprobante', '')} {kind}"
    return hashlib.sha256(whole.encode()).hexdigest()
