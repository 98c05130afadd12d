"""Pages made from the code say what the code says."""

from __future__ import annotations

from pathlib import Path

import pytest

from emitir.error_codes import KINDS
from scripts import docs


def test_generated_pages_are_fresh() -> None:
    assert docs.stale() == [], "run make docs"


def test_every_code_has_its_line() -> None:
    page = (docs.ROOT / "docs/errores.md").read_text(encoding="utf-8")
    for kind in KINDS.values():
        assert page.count(f"| `{kind.code}` | {kind.http} | {kind.title} |") == 1


def test_a_changed_page_is_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    guide = (docs.ROOT / docs.GUIDE).read_text(encoding="utf-8")
    monkeypatch.setattr(docs, "ROOT", tmp_path)
    (tmp_path / "docs").mkdir()
    (tmp_path / docs.GUIDE).write_text(
        guide.replace("| `items-N-igv` |", "| `items-N-otro` |"), encoding="utf-8"
    )
    assert docs.stale() == list(docs.PAGES)
    for name, page in docs.PAGES.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(page(), encoding="utf-8")
    assert docs.stale() == []
    assert (tmp_path / docs.GUIDE).read_text(encoding="utf-8") == guide


def test_a_guide_without_its_marks_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(docs, "ROOT", tmp_path)
    (tmp_path / "docs").mkdir()
    (tmp_path / docs.GUIDE).write_text("# Guía\n", encoding="utf-8")
    with pytest.raises(ValueError, match="has lost the marks"):
        docs.stale()


def test_codes_are_constants_that_old_clients_understand() -> None:
    for code, kind in KINDS.items():
        assert code == kind.code == code.upper()
        assert kind.http in {400, 403, 406, 500, 503}
        assert kind.action.endswith(".")
        assert not kind.title.endswith(".")
