"""``make demo-odoo``: from nothing to Odoo in the browser, with a company whose invoices have been accepted.

Odoo, PostgreSQL, the service and the sandbox SUNAT run until Ctrl-C; nothing leaves this machine.
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
from scripts.odoo.place import REPOSITORY

MODULES = "emitir,emitir_pe"
DATABASE = "demo"


def invoices(books: Books) -> list[int]:
    """Three posted invoices: a factura, a boleta and a factura on credit."""
    igv = books.tax("1000")
    market = books.customer()
    person = books.customer("QUISPE MAMANI, ROSA", "45678912", "l10n_pe.it_DNI")
    month = books.call("account.payment.term", "search", [["line_ids.nb_days", "=", 30]], limit=1)
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
            invoice_payment_term_id=month[0] if month else False,
        ),
    ]


def main() -> None:
    """Run the demonstration."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=8069)
    parser.add_argument("--out", type=Path, default=REPOSITORY / "build" / "demo-odoo")
    given = parser.parse_args()
    shutil.rmtree(given.out, ignore_errors=True)
    print("Preparando Odoo (la primera vez se descarga y tarda unos minutos)…", flush=True)
    try:
        with template.running(given.out / "odoo") as odoo, service.running(given.out / "emitir") as running:
            odoo.copy(template.TEMPLATE, DATABASE)
            odoo.server_run(DATABASE, "-i", MODULES, "--skip-auto-install")
            with odoo.serve(DATABASE, given.port, crons=1) as server:
                books = Books(server)
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
