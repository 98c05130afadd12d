"""Typst as a service: a template and JSON values in, PDF bytes out.

Data reaches the template as a virtual ``data.json`` and pictures as virtual files, never as markup: text
prints as it is, whatever it holds. The only folder of the disk that a template can read is the one of the
shared templates. Fonts are those of this package and Typst's own: no font of the system changes a page.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

_HERE = Path(__file__).parent
_SHARED = _HERE / "templates"
#: Never there: a template cannot pull packages from the disk or the network cache of a user.
_NO_PACKAGES = _SHARED / "no-packages"
_local = threading.local()


@dataclass(frozen=True, slots=True)
class Template:
    """A main file with the files that it may import, by name."""

    main: bytes = field(repr=False)
    parts: Mapping[str, bytes] = field(repr=False)


@lru_cache(maxsize=64)
def load_template(folder: Path, name: str) -> Template:
    """Read ``folder/name.typ`` with its neighbours and the shared templates; read once per process.

    Raises FileNotFoundError when there is no such template.
    """
    parts = {
        path.name: path.read_bytes() for root in (_SHARED, folder) for path in sorted(root.glob("*.typ"))
    }
    return Template((folder / f"{name}.typ").read_bytes(), parts)


@lru_cache(maxsize=1)
def _fonts() -> Any:
    import typst

    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[_HERE / "fonts"])


def _compiler() -> Any:
    """This thread's compiler: it keeps the parsed templates and fonts warm between documents."""
    compiler = getattr(_local, "compiler", None)
    if compiler is None:
        import typst

        compiler = _local.compiler = typst.Compiler(
            root=_SHARED,
            font_paths=_fonts(),
            ignore_system_fonts=True,
            package_path=_NO_PACKAGES,
            package_cache_path=_NO_PACKAGES,
        )
    return compiler


def typeset(
    template: Template, data: Any, created: datetime, files: Mapping[str, bytes] | None = None
) -> bytes:
    """Compile ``template`` with ``data`` (JSON values) and ``files`` (SVG pictures, by name) to a PDF.

    ``created``: the creation time that the PDF states (with time zone). The same input gives the same
    bytes. Raises RuntimeError (Typst's own TypstError) when the template is wrong, and TypeError when
    ``data`` is not JSON.
    """
    virtual = {
        **template.parts,
        **(files or {}),
        "main.typ": template.main,
        "data.json": json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode(),
    }
    # Without the tags for assistive software a long document takes a sixth of the bytes.
    pdf: bytes = _compiler().compile(virtual, format="pdf", timestamp=created, pdf_tags=False)
    return pdf


def typeset_error(template: Template, data: Any, files: Mapping[str, bytes]) -> str | None:
    """What Typst says against this template with these data and files; None when it compiles."""
    import typst

    try:
        typeset(template, data, datetime(2000, 1, 1, tzinfo=UTC), files)
    except typst.TypstError as error:
        return error.message
    return None
