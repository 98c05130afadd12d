"""What goes into a padrón and what does not: odd lines, broken sources, interruptions, and the swap."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
import zipfile
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from emitir.country import taxpayers
from emitir.errors import EmitirError, Problem
from emitir.peru.padron.loading import load
from emitir.peru.padron.reader import Padron
from emitir.peru.padron.search import search
from tests.peru_padron.padrones import (
    HEADER,
    NAME,
    company,
    loaded,
    person,
    quiet,
    ruc,
    write_text,
    write_zip,
)

PEOPLE = [person(n, f"QUISPE FLORES {n}") for n in range(100, 400)]


def refused(source: Path | str, folder: Path, force: bool = False) -> Problem:
    with pytest.raises(EmitirError) as caught:
        load(str(source), folder, NAME, quiet, force=force)
    assert caught.value.code == "PADRON_ILEGIBLE"
    return caught.value.problems[0]


def left_behind(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_every_row_is_found_again_whatever_the_order(tmp_path: Path) -> None:
    rows = [person(n * 7919 % 90_000_000, f"{chr(65 + n % 26)}PELLIDO NOMBRE {n}") for n in range(1, 6000)]
    for number, order in enumerate((rows, sorted(rows), sorted(rows, reverse=True), rows)):
        padron = loaded(tmp_path / str(number), order, helper=number == 3)
        assert padron.rows == len(rows)
        for row in rows[::37]:
            cells = row.split("|")
            found = padron.find(cells[0])
            assert found is not None
            assert (found.nombre, found.estado) == (cells[1], "ACTIVO")
        assert left_behind(tmp_path / str(number)) == {NAME, ".carga.lock", "source.txt"}


def test_the_facts_tell_where_it_came_from(tmp_path: Path) -> None:
    source = write_zip(tmp_path / "p.zip", [*PEOPLE, "20100047218", "hola|que|tal", ""])
    load(str(source), tmp_path / "pe", NAME, quiet)
    facts = Padron(tmp_path / "pe" / NAME).facts
    assert facts["origen"] == "p.zip"
    assert facts["fecha"] == "2026-11-20"
    assert facts["filas"] == 300
    assert facts["danos"] == {"fila_incompleta": 1, "ruc_invalido": 1}
    assert facts["primeros_danos"] == [[302, "fila_incompleta"], [303, "ruc_invalido"]]
    said = subprocess.run(["sha256sum", source], capture_output=True, text=True, check=True).stdout.split()[0]
    assert facts["sha256"] == said


@pytest.mark.parametrize(
    ("line", "name", "direccion", "damage"),
    [
        (f"{ruc(2000000001)}|A|B SAC|ACTIVO|HABIDO|150131|AV.|X|-|-|1|-|-|-|-|-|", "A B SAC", "AV. X NRO. 1", "fila_larga"),
        (f"{ruc(2000000001)}|A SAC|ACTIVO|HABIDO|150131|AV.|X", "A SAC", "AV. X", "fila_corta"),
        (f"{ruc(2000000001)}|A SAC|ACTIVO|HABIDO|150131|AV.|X|-|-|1|-|-|-|-|5|-|-|", "A SAC", "AV. X NRO. 1 KM. 5", "fila_larga"),
        (f"  {ruc(2000000001)} | A  SAC | ACTIVO |HABIDO |150131| AV. |X|-|-|1|-|-|-|-|-", "A SAC", "AV. X NRO. 1", ""),
        (f"{ruc(2000000001)}|A\x00\x01 SAC\t|ACTIVO|HABIDO|150131|AV.|X|-|-|1|-|-|-|-|-|", "A SAC", "AV. X NRO. 1", ""),
        (f"{ruc(2000000001)}||ACTIVO|HABIDO|150131|----|-|----|-|-|-|-|-|-|-|", "", "", ""),
        (f"{ruc(2000000001)}|{'Ñ' * 3000}|ACTIVO|HABIDO|150131|AV.|B-|-|-|-|-|-|-|-|-|", "Ñ" * 3000, "AV. B-", ""),
        (f"{ruc(2000000001)}|\xd7\xf7\x80\x93 \xa0\xff SAC|ACTIVO|HABIDO|150131|AV.|X-|-|-|-|-|-|-|-|7-|", "×÷€“ ÿ SAC", "AV. X- KM. 7-", ""),
    ],
)  # fmt: skip
def test_odd_lines_are_saved_where_they_can_be(
    tmp_path: Path, line: str, name: str, direccion: str, damage: str
) -> None:
    padron = loaded(tmp_path, [*PEOPLE, line])
    found = padron.find(ruc(2000000001))
    assert found is not None
    assert (found.nombre, found.direccion) == (name, direccion)
    assert (found.estado, found.condicion, found.ubigeo) == ("ACTIVO", "HABIDO", "150131")
    assert list(padron.facts["danos"]) == ([damage] if damage else [])


@pytest.mark.parametrize(
    "line",
    [
        f"{ruc(2000000001)}",
        f"{ruc(2000000001)}|A SAC|ACTIVO",
        f"{ruc(2000000001)}1|A SAC|ACTIVO|HABIDO|-|-|-|-|-|-|-|-|-|-|-|",
        f"{ruc(2000000001)[:10]}|A SAC|ACTIVO|HABIDO|-|-|-|-|-|-|-|-|-|-|-|",
        f"{2000000001}{(int(ruc(2000000001)[10]) + 1) % 10}|A SAC|ACTIVO|HABIDO|-|-|-|-|-|-|-|-|-|-|-|",
        f"30{ruc(2000000001)[2:]}|A SAC|ACTIVO|HABIDO|-|-|-|-|-|-|-|-|-|-|-|",
        f"{ruc(2000000001)}|A|B|C|D|E|F|G|H|I|J|K|L|M|N|O|P|Q|R",
        "|||||||||||||||",
    ],
)
def test_lines_without_a_taxpayer_are_counted(tmp_path: Path, line: str) -> None:
    padron = loaded(tmp_path, [*PEOPLE, line])
    assert padron.find(ruc(2000000001)) is None
    assert padron.rows == len(PEOPLE)
    assert sum(padron.facts["danos"].values()) == 1


def test_repeated_rucs_count_once_and_the_active_one_speaks(tmp_path: Path) -> None:
    rows = [
        company(1, "ALFA SAC", "BAJA DEFINITIVA|HABIDO|-|-|-|-|-|-|-|-|-|-|-|"),
        company(1, "BETA SAC"),
        company(1, "GAMA SAC", "SUSPENSION TEMPORAL|HABIDO|-|-|-|-|-|-|-|-|-|-|-|"),
        company(2, "DELTA SAC"),
        company(2, "DELTA SAC"),
        company(3, "ETA SAC", "BAJA DEFINITIVA|HABIDO|-|-|-|-|-|-|-|-|-|-|-|"),
        company(3, "ZETA SAC", "BAJA DEFINITIVA|NO HABIDO|-|-|-|-|-|-|-|-|-|-|-|"),
        company(4, "IOTA SAC"),
        company(4, "KAPA SAC"),
    ]
    padron = loaded(tmp_path, [*rows, *PEOPLE])
    found = padron.find(ruc(2000000001))
    assert found is not None
    assert (found.nombre, found.estado) == ("BETA SAC", "ACTIVO")
    for number, name in ((3, "ETA SAC"), (4, "KAPA SAC")):
        assert [padron.find(ruc(f"20{number:08}"))] == list(search(padron, name, 5).rows)
    assert search(padron, "iota", 5).rows == ()
    assert (padron.facts["repetidas"], padron.facts["filas"], padron.rows) == (5, 304, 304)


def test_utf8_and_replacement_marks_are_read(tmp_path: Path) -> None:
    source = write_text(tmp_path / "u.txt", [company(1, "PEÑA \ufffd SAC")], f"\ufeff{HEADER}", "utf-8")
    load(str(source), tmp_path, NAME, quiet)
    padron = Padron(tmp_path / NAME)
    found = padron.find(ruc(2000000001))
    assert found is not None
    assert found.nombre == "PEÑA \ufffd SAC"
    assert padron.facts["codificacion"] == "utf-8"


def _bad_sources(folder: Path) -> dict[str, Path]:
    whole = write_zip(folder / "whole.zip", PEOPLE).read_bytes()
    contents = {
        "empty": b"",
        "blank": b"\n\n",
        "html": b"\n<!DOCTYPE html><html>Mantenimiento</html>",
        "header": b"RUC|NOMBRE\n20100047218|X\n",
        "only_header": f"{HEADER}\n".encode("iso-8859-1"),
        "cut_zip": whole[: len(whole) // 2],
        "garbled_zip": whole[:200] + bytes(100) + whole[300:],
        "no_zip": b"PK\x03\x04 not really",
        "long": HEADER.encode("iso-8859-1") + b"\n" + b"x" * 200_000,
        "nonsense": f"{HEADER}\n".encode("iso-8859-1") + b"a|b|c|d|e|f\n" * 500,
        "utf16": f"{HEADER}\n{PEOPLE[0]}\n".encode("utf-16"),
    }
    for name, content in contents.items():
        (folder / name).write_bytes(content)
    with zipfile.ZipFile(folder / "two", "w") as archive:
        archive.writestr("a.txt", HEADER)
        archive.writestr("b.txt", HEADER)
    with zipfile.ZipFile(folder / "html_zip", "w") as archive:
        archive.writestr("a.txt", "<html>")
    return {name: folder / name for name in (*contents, "two", "html_zip", "missing", ".")}


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("empty", "Está vacío"),
        ("blank", "encabezado"),
        ("html", "HTML"),
        ("header", "encabezado"),
        ("only_header", "ninguna fila"),
        ("cut_zip", "dañado o incompleto"),
        ("garbled_zip", "dañado o incompleto"),
        ("no_zip", "dañado o incompleto"),
        ("long", "líneas de más de"),
        ("nonsense", "ninguna fila"),
        ("utf16", "encabezado"),
        ("two", "un solo archivo .txt; contiene: a.txt, b.txt"),
        ("html_zip", "HTML"),
        ("missing", "No se puede leer"),
        (".", "No se puede leer"),
    ],
)
def test_a_broken_source_leaves_the_old_padron(tmp_path: Path, name: str, said: str) -> None:
    folder = tmp_path / "pe"
    padron = loaded(folder, PEOPLE)
    before = (folder / NAME).read_bytes()
    problem = refused(_bad_sources(tmp_path)[name], folder, force=True)
    assert said in problem.message()
    assert (folder / NAME).read_bytes() == before
    assert left_behind(folder) == {NAME, ".carga.lock", "source.txt"}
    assert padron.find(ruc(1000000100)) is not None


def test_a_much_smaller_padron_needs_force(tmp_path: Path) -> None:
    loaded(tmp_path, PEOPLE)
    source = write_text(tmp_path / "less.txt", PEOPLE[:100])
    assert "--force" in refused(source, tmp_path).advice()
    load(str(source), tmp_path, NAME, quiet, force=True)
    assert Padron(tmp_path / NAME).rows == 100


def test_mostly_nonsense_is_refused(tmp_path: Path) -> None:
    bad = [f"{row[:10]}x{row[11:]}" for row in PEOPLE]
    problem = refused(write_text(tmp_path / "b.txt", [*PEOPLE, *bad]), tmp_path)
    assert "300 de sus 600 filas; la primera es la línea 302" in problem.message()


@pytest.fixture
def site(tmp_path: Path) -> Iterator[str]:
    """A web server with the files of ``tmp_path / "site"``; ``short`` breaks off."""

    class Handler(SimpleHTTPRequestHandler):
        def do_GET(self) -> None:
            if "short" not in self.path:
                return super().do_GET()
            self.send_response(200)
            self.send_header("Content-Length", "100000")
            self.end_headers()
            self.wfile.write(b"PK\x03\x04")
            return None

        def log_message(self, format: str, *args: object) -> None:
            pass

    (tmp_path / "site").mkdir()
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=str(tmp_path / "site")))
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


def test_a_url_is_downloaded_and_told_without_its_secrets(tmp_path: Path, site: str) -> None:
    write_zip(tmp_path / "site" / "padron.zip", PEOPLE)
    stages: set[str] = set()
    url = site.replace("//", "//user:secreto@") + "/padron.zip?token=secreto"
    load(url, tmp_path / "pe", NAME, lambda stage, done, total: stages.add(stage))
    facts = Padron(tmp_path / "pe" / NAME).facts
    assert (facts["origen"], facts["filas"]) == (f"{site}/padron.zip", 300)
    assert "secreto" not in str(facts)
    assert stages == {"descargar", "leer", "indexar"}
    assert left_behind(tmp_path / "pe") == {NAME, ".carga.lock"}


@pytest.mark.parametrize(
    ("path", "said"), [("/nada.zip", "HTTP 404"), ("/short.zip", "No se pudo descargar"), ("/", "HTML")]
)
def test_a_download_that_fails_says_why(tmp_path: Path, site: str, path: str, said: str) -> None:
    message = refused(site + path + "?token=secreto", tmp_path / "pe").message()
    assert said in message
    assert "secreto" not in message


def test_nobody_listening_is_said(tmp_path: Path) -> None:
    assert "No se pudo descargar" in refused("http://127.0.0.1:9/p.zip", tmp_path).message()


def test_readers_see_the_old_or_the_new_one_and_nothing_between(tmp_path: Path) -> None:
    """Threads look up while the file is replaced again and again; one process, one open object."""
    found = taxpayers("pe", tmp_path)
    assert found is not None
    sources = [
        write_zip(tmp_path / f"{word}.zip", [person(n, f"QUISPE {word} {n}") for n in range(100, 900)])
        for word in ("VIEJO", "NUEVO")
    ]
    found.load(str(sources[0]), quiet)
    stop = threading.Event()
    seen: set[str] = set()
    failures: list[BaseException] = []

    def read() -> None:
        n = 100
        try:
            while not stop.is_set():
                n = 100 + (n - 99) % 800
                name = found.lookup({"dni": f"{n:08}"})["razon_social"]
                assert name in (f"QUISPE VIEJO {n}", f"QUISPE NUEVO {n}")
                seen.add(name.split()[1])
                listed = found.lookup({"nombre": f"quispe {n}"})["contribuyentes"]
                assert [row["ruc"][2:10] for row in listed] == [f"{n:08}"]
        except BaseException as error:
            failures.append(error)
            raise

    threads = [threading.Thread(target=read) for _ in range(3)]
    for thread in threads:
        thread.start()
    for turn in range(6):
        found.load(str(sources[(turn + 1) % 2]), quiet)
        time.sleep(0.02)
    stop.set()
    for thread in threads:
        thread.join()
    assert not failures
    assert seen == {"VIEJO", "NUEVO"}
    assert found.info()["origen"] == "VIEJO.zip"


_LOAD = """
import sys
from pathlib import Path
from emitir.peru.padron.loading import load
def tell(stage, done, total):
    print(stage, flush=True)
load(sys.argv[1], Path(sys.argv[2]), "padron.emitir", tell)
"""


@pytest.mark.slow
@pytest.mark.parametrize("stage", ["leer", "indexar"])
def test_kill_9_in_a_load_leaves_the_old_padron(tmp_path: Path, stage: str) -> None:
    folder = tmp_path / "pe"
    loaded(folder, PEOPLE)
    before = (folder / NAME).read_bytes()
    rows = [person(n, f"FLORES {n}") for n in range(1000, 200_000)]
    source = write_text(tmp_path / "big.txt", rows)
    process = subprocess.Popen(
        [sys.executable, "-c", _LOAD, source, folder], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    for line in process.stdout:
        if line.strip() == stage:
            break
    os.kill(process.pid, signal.SIGSTOP)
    assert "Otro proceso" in refused(source, folder).message()
    process.kill()
    process.wait()
    process.stdout.close()
    assert (folder / NAME).read_bytes() == before
    assert Padron(folder / NAME).find(ruc(1000000100)) is not None
    small = write_text(tmp_path / "again.txt", [*PEOPLE, company(5, "OTRA SAC")])
    load(str(small), folder, NAME, quiet)
    assert left_behind(folder) == {NAME, ".carga.lock", "source.txt"}
    assert Padron(folder / NAME).rows == 301


def test_a_second_process_that_dies_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "pe"
    loaded(folder, PEOPLE)
    monkeypatch.setattr(sys, "executable", "/bin/false")
    source = write_text(tmp_path / "p.txt", PEOPLE)
    with pytest.raises(EmitirError) as caught:
        load(str(source), folder, NAME, quiet, helper=True)
    assert caught.value.code == "PADRON_ILEGIBLE"
    assert Padron(folder / NAME).rows == 300
    assert left_behind(folder) == {NAME, ".carga.lock", "source.txt"}


def test_a_disk_without_room_is_said_before_anything_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = write_text(tmp_path / "p.txt", PEOPLE)
    monkeypatch.setattr("shutil.disk_usage", lambda path: _Full())
    assert "MB libres" in refused(source, tmp_path / "pe").message()


class _Full:
    free = 1000
