"""Bars of the Odoo modules: what posting costs, and two hundred invoices in one go."""

from __future__ import annotations

import json
import math
import time

from scripts.odoo import template
from scripts.odoo.books import Books
from scripts.odoo.place import Odoo
from scripts.odoo.service import Service
from tests.odoo.test_end_to_end import sandbox_log

#: Milliseconds that posting may take longer inside the transaction.
BAR = 30
POSTS = 50
#: Posts invoices one by one and prints the milliseconds of processor that each took.
PROGRAM = """
import json, time
company = env.company
partner = env['res.partner'].create({{'name': 'CLIENTE S.A.', 'vat': '20100070970',
    'l10n_latam_identification_type_id': env.ref('l10n_pe.it_RUC').id}})
journal = env['account.journal'].search([('type', '=', 'sale'), ('company_id', '=', company.id)], limit=1)
if {modules}:
    company.write({{'emitir_activo': True, 'emitir_url': 'http://127.0.0.1:9', 'emitir_uuid': 'x', 'emitir_token': 'y'}})
    journal.write({{'emitir_electronico': True, 'emitir_pe_serie_factura': 'F001'}})
igv = env['account.tax'].search([('l10n_pe_edi_tax_code', '=', '1000'), ('type_tax_use', '=', 'sale')], limit=1)
lines = [(0, 0, {{'name': f'L{{n}}', 'quantity': 3, 'price_unit': 33.33, 'tax_ids': [(6, 0, igv.ids)]}}) for n in range(5)]
moves = [env['account.move'].create({{'move_type': 'out_invoice', 'partner_id': partner.id, 'journal_id': journal.id,
    'invoice_line_ids': lines}}) for _ in range({posts} + 5)]
env.flush_all()
times = []
for move in moves:
    env.invalidate_all()
    begin = time.process_time()
    move.action_post()
    env.flush_all()
    times.append((time.process_time() - begin) * 1000)
print('MILLISECONDS', json.dumps(sorted(times[5:])))
"""


def milliseconds(odoo: Odoo, database: str, modules: bool) -> float:
    """Mean of the fastest posts. Time of the processor: the clock would measure who else uses the machine."""
    log = odoo.shell(database, PROGRAM.format(modules=modules, posts=POSTS))
    (line,) = [text for text in log.splitlines() if "MILLISECONDS" in text]
    times = json.loads(line.partition("MILLISECONDS")[2])
    assert len(times) == POSTS
    fastest = times[: POSTS // 5]
    return float(sum(fastest) / len(fastest))


def test_posting_takes_no_longer(odoo: Odoo, database: str) -> None:
    odoo.copy(template.TEMPLATE, "sin_modulos")
    without = with_modules = math.inf
    # Others who use the processor make both slower, seldom by the same: the best of up to three rounds is ours.
    for _ in range(3):
        without = min(without, milliseconds(odoo, "sin_modulos", False))
        with_modules = min(with_modules, milliseconds(odoo, database, True))
        if with_modules - without < BAR:
            break
    print(f"posting: {without:.1f} ms, with the modules {with_modules - without:+.1f} ms")
    assert with_modules - without < BAR


def test_two_hundred_at_once(books: Books, service: Service) -> None:
    igv, partner = books.tax("1000"), books.customer("MAYORISTA S.A.")
    values = {
        "move_type": "out_invoice",
        "partner_id": partner,
        "journal_id": books.journal,
        "invoice_line_ids": [books.line("A", 1, 10, igv)],
    }
    moves = books.call("account.move", "create", [values] * 200)
    before = {call["file_name"] for call in sandbox_log(service)}
    begin = time.monotonic()
    books.post(*moves)
    posted = time.monotonic() - begin
    for _ in range(10):
        states = [state["estado"] for state in books.call("account.move", "emitir_estado", moves)]
        if set(states) == {"aceptado"}:
            break
        books.run_cron("emitir.cron_enviar", due=moves)
    print(f"200 invoices: posted after {posted:.0f} s, accepted after {time.monotonic() - begin:.0f} s")
    assert set(states) == {"aceptado"}
    sent = [call for call in sandbox_log(service) if call["file_name"] not in before]
    sent = [call for call in sent if call["operation"] == "sendBill"]
    assert len(sent) == len({call["file_name"] for call in sent}) == 200
