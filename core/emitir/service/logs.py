"""The log of the service: one JSON object per line, ours and that of the libraries."""

from __future__ import annotations

import logging
import sys
from pathlib import Path

import structlog

#: What every line says beside its event.
SHARED: list[structlog.typing.Processor] = [
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
]


def log_to_stderr(level: int = logging.INFO) -> None:
    """Log there from now on. Called once, by the program."""
    _log_to(logging.StreamHandler(sys.stderr), level)


def log_to_file(path: Path, level: int = logging.INFO) -> None:
    """Log to a new file instead, for programs that talk to a person on the terminal."""
    _log_to(logging.FileHandler(path, mode="w", encoding="utf-8"), level)


def _log_to(handler: logging.Handler, level: int) -> None:
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=SHARED,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.format_exc_info,
                structlog.processors.JSONRenderer(ensure_ascii=False),
            ],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    # These tell of every connection and every step, some of them on streams of their own choice; their
    # warnings are enough, and belong in the one log.
    for name in ("uvicorn", "uvicorn.error", "dbos", "alembic", "urllib3"):
        library = logging.getLogger(name)
        library.handlers.clear()
        library.propagate = True
        library.setLevel(logging.WARNING)
