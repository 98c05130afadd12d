"""Every example of the guide of Paraguay's properties is issued as it stands, and no property is named that is none."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from emitir.paraguay.pagina_de_codigos import page
from emitir.paraguay.prepare import prepare
from emitir.paraguay.printed import LAYOUTS
from emitir.paraguay.rules import coverage
from emitir.signing.keys import LocalSigner

from .conftest import NOW, SECRETS
from .oracles import assert_sound

DOCS = Path(__file__).parents[2] / "docs" / "paraguay"
GUIDE = (DOCS / "guia.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"```json\n(.*?)```", GUIDE, re.DOTALL)


@pytest.mark.parametrize("example", EXAMPLES, ids=[str(number) for number, _ in enumerate(EXAMPLES, 1)])
def test_every_example_is_issued(
    example: str, company: dict[str, Any], signer: LocalSigner, tmp_path: Path
) -> None:
    document = prepare(json.loads(example), company, NOW)
    assert document.warnings == []
    assert_sound(document.sign_with(signer, SECRETS).xml, tmp_path, SECRETS["csc"])


def test_there_is_one_of_each_document() -> None:
    assert {json.loads(example)["tipo"] for example in EXAMPLES} >= {"f", "a", "c", "r"}
    assert len(EXAMPLES) >= 12


def test_every_format_of_the_kude_is_told() -> None:
    assert all(f"`{layout}`" in GUIDE for layout in LAYOUTS)


def test_links_lead_somewhere() -> None:
    for target in re.findall(r"\]\(([^)#]+)", GUIDE):
        assert (DOCS / target).exists(), target


def test_generated_pages_are_fresh() -> None:
    assert (DOCS / "codigos.md").read_text(encoding="utf-8") == page(), "run make docs"
    rows = json.loads((DOCS / "rules-coverage.json").read_text(encoding="utf-8"))
    assert rows == json.loads(coverage.data()), "run make docs"
    assert len(rows) == 304 + 126
    assert {row["status"] for row in rows} == {"enforced", "by_construction", "authority", "repealed"}
