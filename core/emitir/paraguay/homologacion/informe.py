"""The report of a run: for people (Markdown) and for programs (JSON)."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

from emitir.country_files import Onboarding
from emitir.paraguay.emisor import Emisor
from emitir.paraguay.homologacion.marcha import Seccion
from emitir.paraguay.plazos import asuncion

_MARKS = {True: "sí", False: "NO", None: "a mano"}


def write_report(emisor: Emisor, sections: Sequence[Seccion], folder: Path, now: datetime) -> Onboarding:
    """Write ``informe.md`` and ``informe.json`` into ``folder``."""
    folder.mkdir(parents=True, exist_ok=True)
    done = all(section.bien for section in sections)
    data = {
        "ruc": emisor.ruc,
        "ambiente": emisor.ambiente,
        "timbrado": emisor.timbrado,
        "fecha": asuncion(now).isoformat(),
        "completa": done,
        "secciones": [asdict(section) | {"bien": section.bien} for section in sections],
    }
    text = json.dumps(data, ensure_ascii=False, indent=1) + "\n"
    (folder / "informe.json").write_text(text, encoding="utf-8")
    (folder / "informe.md").write_text(_page(emisor, sections, now, done), encoding="utf-8")
    missing = tuple(section.nombre for section in sections if not section.bien)
    return Onboarding(done, missing, folder / "informe.md")


def _page(emisor: Emisor, sections: Sequence[Seccion], now: datetime, done: bool) -> str:
    word = "completa" if done else "incompleta"
    who = f"{emisor.razon_social}, RUC {emisor.ruc}, timbrado {emisor.timbrado}, ambiente {emisor.ambiente}"
    lines = [
        f"# Homologación ante SIFEN: {word}",
        "",
        f"{who}, {asuncion(now):%d-%m-%Y %H:%M}.",
        "",
        "| prueba | pedidas | hechas | bien |",
        "|---|---|---|---|",
    ]
    for section in sections:
        right = sum(step.bien is not False for step in section.pasos)
        lines.append(f"| {section.nombre} | {section.minimo} | {right} | {_MARKS[section.bien]} |")
    for section in sections:
        lines += ["", f"## {section.nombre}", "", "| paso | documento | esperado | obtenido | bien |"]
        lines.append("|---|---|---|---|---|")
        for step in section.pasos:
            cells = (step.nombre, step.codigo_documento, step.esperado, step.obtenido, _MARKS[step.bien])
            lines.append(
                "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in cells) + " |"
            )
    return "\n".join(lines) + "\n"
