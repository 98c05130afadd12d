"""The compile service: the same bytes, from every thread, with its own fonts, and shut in its folder."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pypdf
import pytest

from emitir.peru.printed import render
from emitir.printing import load_template, typeset
from emitir.printing.typeset import Template, typeset_error

from .conftest import NOW, Make, line, png
from .paper import words


def test_the_same_data_give_the_same_bytes(make: Make) -> None:
    stored = make(items=[line(f"línea {number}") for number in range(40)])
    first = render(stored, "a4", png())
    assert render(stored, "a4", png()) == first
    assert render(make(items=[line("otra")]), "a4", png()) != first
    assert render(stored, "a4", png()) == first


def test_the_same_bytes_in_another_process(make: Make, tmp_path: Path) -> None:
    stored = make()
    code = "import sys, json; from emitir.peru.printed import render; sys.stdout.buffer.write(render(json.load(sys.stdin), 'a4'))"
    other = subprocess.run(
        [sys.executable, "-c", code],
        input=json.dumps(stored).encode(),
        capture_output=True,
        check=True,
        cwd=tmp_path,
    )
    assert other.stdout == render(stored, "a4")


def test_the_pdf_says_what_it_is(make: Make) -> None:
    reader = pypdf.PdfReader(io.BytesIO(render(make(), "a4")))
    assert reader.metadata is not None
    assert reader.metadata.title == "FACTURA ELECTRÓNICA F001-21"
    assert reader.metadata.author == "ESTUDIO ANDINO S.A.C."
    created = reader.metadata.creation_date
    assert created is not None
    assert created.astimezone(UTC) == datetime(2026, 11, 21, 15, 35, tzinfo=UTC), (
        "when it was issued, Lima time"
    )
    box = reader.pages[0].mediabox
    assert (round(float(box.width) / 72 * 25.4), round(float(box.height) / 72 * 25.4)) == (210, 297)


def test_only_our_own_font_is_used(make: Make) -> None:
    reader = pypdf.PdfReader(io.BytesIO(render(make(), "a4")))
    fonts = {
        font.get_object()["/BaseFont"].split("+")[-1].split("-")[0].strip("/")
        for page in reader.pages
        for font in page["/Resources"]["/Font"].values()  # type: ignore[index]
    }
    assert fonts == {"Inter"}


def test_threads_print_at_the_same_time(make: Make) -> None:
    stored = [
        make(numero=number, items=[line(f"producto {number}")] * (number % 5 + 1)) for number in range(1, 25)
    ]
    alone = [render(data, "a4") for data in stored]
    with ThreadPoolExecutor(6) as pool:
        together = list(pool.map(lambda data: render(data, "a4"), stored))
    assert together == alone
    assert "F001-24" in words(together[-1])


@pytest.mark.parametrize(
    "source",
    [
        '#read("/etc/passwd")',
        '#read("../typeset.py")',
        '#read("/../typeset.py")',
        '#image("../../../../../etc/hosts.png")',
    ],
)
def test_a_template_cannot_leave_its_folder(source: str) -> None:
    error = typeset_error(Template(source.encode(), {}), None, {})
    assert error
    assert "not found" in error or "escape" in error


def test_data_cannot_pose_as_a_template(make: Make) -> None:
    template = Template(b'#let d = json("data.json")\n#d.text', {})
    pdf = typeset(template, {"text": '#panic("no")'}, NOW)
    assert words(pdf) == '#panic("no")'


def test_a_broken_template_is_loud() -> None:
    with pytest.raises(RuntimeError, match="unknown variable"):
        typeset(Template(b"#nada", {}), None, NOW)
    with pytest.raises(FileNotFoundError):
        load_template(Path(__file__).parent, "none")


def test_importing_it_loads_neither_typst_nor_the_qr_writer() -> None:
    code = "import sys, emitir.peru.printed; print([name for name in ('typst', 'zxingcpp', 'lxml') if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_first_page_of_a_process_is_quick(make: Make) -> None:
    """Loading Typst and its fonts, then one document: a quarter of a second of CPU; the bar is for slow machines."""
    code = (
        "import sys, json, time; from emitir.peru.printed import render; data = json.load(sys.stdin)\n"
        "before = time.process_time(); render(data, 'a4'); print(time.process_time() - before)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], input=json.dumps(make()), capture_output=True, text=True, check=True
    )
    assert float(done.stdout) < 1.5
