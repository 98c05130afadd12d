"""``make demo-odoo``: from nothing to Odoo in the browser, with a company whose invoices have been accepted.

Odoo, PostgreSQL, the service and the sandbox of the authority run until Ctrl-C; nothing leaves this machine.
"""

from __future__ import annotations

import argparse
import shutil
import signal
import sys
from pathlib import Path

from scripts.odoo import service, template
from scripts.odoo.books import Books
from scripts.odoo.fetch import UnavailableError
from scripts.odoo.paraguay import PyBooks
from scripts.odoo.place import REPOSITORY

DATABASE = "demo"


def peru(books: Books) -> list[int]:
    """Three posted invoices: a factura, a boleta and a factura on credit."""
    igv = books.tax("1000")
    market = books.customer()
    person = books.customer("QUISPE MAMANI, ROSA", "45678912", "l10n_pe.it_DNI")
    return [
        books.invoice(
            market,
            books.line("CUADERNO A4 RAYADO", 24, 6.5, igv),
            books.line("LAPICERO AZUL", 50, 1.2, igv),
        ),
        books.invoice(person, books.line("MOCHILA ESCOLAR", 1, 89.9, igv)),
        books.invoice(
            market,
            books.line("ESCRITORIO DE MELAMINA", 3, 350, igv),
            invoice_payment_term_id=month(books),
        ),
    ]


def paraguay(books: Books) -> list[int]:
    """Three posted invoices: at once, to somebody with a cédula, and on credit."""
    if not isinstance(books, PyBooks):
        raise TypeError("these are the books of another country")
    iva10, iva5 = books.iva(10), books.iva(5)
    market = books.customer()
    person = books.customer("GIMÉNEZ, JOSÉ", "1234567", "l10n_py_base.it_ci")
    return [
        books.invoice(
            market,
            books.line("YERBA MATE ELABORADA 500 G", 12, 18500, iva10),
            books.line("AZÚCAR BLANCA", 2.5, 6200, iva5),
        ),
        books.invoice(person, books.line("MOCHILA ESCOLAR", 1, 89900, iva10)),
        books.invoice(
            market, books.line("ESCRITORIO", 3, 950000, iva10), invoice_payment_term_id=month(books)
        ),
    ]


def month(books: Books) -> int | bool:
    """The payment term of thirty days."""
    found = books.call("account.payment.term", "search", [["line_ids.nb_days", "=", 30]], limit=1)
    return int(found[0]) if found else False


COUNTRIES = {
    "pe": (template.PERU, "emitir,emitir_pe", Books, peru),
    "py": (template.PARAGUAY, "emitir,emitir_py", PyBooks, paraguay),
}


def main() -> None:
    """Run the demonstration."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pais", choices=sorted(COUNTRIES), default="pe")
    parser.add_argument("--port", type=int, default=8069)
    parser.add_argument("--out", type=Path, default=REPOSITORY / "build" / "demo-odoo")
    given = parser.parse_args()
    country, modules, kind, invoices = COUNTRIES[given.pais]
    shutil.rmtree(given.out, ignore_errors=True)
    print("Preparando Odoo (la primera vez se descarga y tarda unos minutos)…", flush=True)
    try:
        with (
            template.running(given.out / "odoo", country) as odoo,
            service.running(given.out / "emitir") as running,
        ):
            odoo.copy(template.TEMPLATE, DATABASE)
            odoo.server_run(DATABASE, "-i", modules, "--skip-auto-install")
            with odoo.serve(DATABASE, given.port, crons=1) as server:
                books = kind(server)
                books.connect(running)
                for move in invoices(books):
                    state = books.state(move)
                    print(f"  {state['documento']}: {state['estado']}, {state['respuesta_descripcion']}")
                print(f"\nOdoo:     {server.url}  (usuario admin, contraseña admin)")
                print(f"Servicio: {running.url}\nCtrl-C lo detiene todo.", flush=True)
                signal.sigwait({signal.SIGINT, signal.SIGTERM})
    except UnavailableError as error:
        sys.exit(f"No hay Odoo aquí: {error}")


if __name__ == "__main__":
    main()
