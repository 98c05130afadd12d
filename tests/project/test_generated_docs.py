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
    monkeypatch.setattr(docs, "ROOT", tmp_path)
    assert docs.stale() == list(docs.PAGES)
    for name, page in docs.PAGES.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(page(), encoding="utf-8")
    assert docs.stale() == []
    (tmp_path / "docs/errores.md").write_text("otra cosa", encoding="utf-8")
    assert docs.stale() == ["docs/errores.md"]


def test_codes_are_constants_that_old_clients_understand() -> None:
    for code, kind in KINDS.items():
        assert code == kind.code == code.upper()
        assert kind.http in {400, 403, 406, 500, 503}
        assert kind.action.endswith(".")
        assert not kind.title.endswith(".")
