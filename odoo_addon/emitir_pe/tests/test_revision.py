from datetime import timedelta

from odoo import Command, fields
from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import PeruCase


@tagged("post_install", "-at_install")
class TestRevision(PeruCase):
    """What stops an invoice before it is posted, with every problem at once and nobody called."""

    def refused(self, move, *words):
        """Posting is refused with these words; the invoice stays a draft without number."""
        with self.assertRaises(UserError) as caught, self.cr.savepoint():
            move.action_post()
        for word in words:
            self.assertIn(word, str(caught.exception))
        self.assertFalse(move.emitir_comprobante_id)

    def test_a_factura_needs_a_ruc(self):
        move = self.invoice(self.line("A", 1, 10), partner=self.person, post=False)
        move.l10n_latam_document_type_id = self.env.ref("l10n_pe.document_type01")
        self.refused(move, "RUC", "QUISPE")

    def test_a_line_without_tax_and_another_tax(self):
        other = self.igv.copy({"name": "Propina 10", "amount": 10, "l10n_pe_edi_tax_code": False})
        move = self.invoice(
            self.line("sin impuesto", 1, 10, self.env["account.tax"]),
            self.line("con propina", 1, 10, self.igv | other),
            post=False,
        )
        self.refused(move, "sin impuesto", "con propina", "Propina 10")

    def test_two_rates(self):
        reduced = self.igv.copy({"name": "IGV 10.5", "amount": 10.5})
        self.refused(self.invoice(self.line("A", 1, 10), self.line("B", 1, 10, reduced), post=False), "IGV")

    def test_dates(self):
        today = fields.Date.context_today(self.journal)
        old = self.invoice(self.line("A", 1, 10), invoice_date=today - timedelta(days=10), post=False)
        self.refused(old, "3")

    def test_an_anonymous_boleta_of_more_than_700(self):
        self.refused(self.invoice(self.line("A", 1, 600), partner=self.nobody, post=False), "700.00")
        small = self.invoice(self.line("A", 1, 590), partner=self.nobody)
        self.assertEqual(small._emitir_solicitud()["tipo_doc"], "-")

    def test_a_price_that_is_not_paid(self):
        self.refused(self.invoice(self.line("A", 1, 10), self.line("regalo", 1, 0), post=False), "regalo")

    def test_a_gratuita_that_is_charged(self):
        move = self.invoice(
            self.line("A", 1, 10), self.line("regalo", 1, 5, emitir_pe_afectacion="15"), post=False
        )
        self.refused(move, "11.80", "17.70")

    def test_a_tax_changed_by_hand(self):
        move = self.invoice(self.line("A", 1, 1000), post=False)
        tax_line = move.line_ids.filtered("tax_line_id")
        receivable = move.line_ids.filtered(lambda line: line.display_type == "payment_term")
        move.write(
            {
                "line_ids": [
                    Command.update(tax_line.id, {"amount_currency": -170.0, "balance": -170.0}),
                    Command.update(receivable.id, {"amount_currency": 1170.0, "balance": 1170.0}),
                ]
            }
        )
        self.refused(move, "170", "180")

    def test_a_nota_before_its_invoice_is_accepted(self):
        note = self.note(self.invoice(self.line("A", 1, 10)))
        self.refused(note, "F901-1")

    def test_a_journal_without_serie(self):
        self.journal.emitir_pe_serie_boleta = False
        self.refused(self.invoice(self.line("A", 1, 10), partner=self.person, post=False), "Tienda")

    def test_all_invoices_of_a_batch_are_named(self):
        good = self.invoice(self.line("A", 1, 10), post=False)
        bad = self.invoice(self.line("nada", 1, 0), post=False)
        with self.assertRaisesRegex(UserError, "nada"), self.cr.savepoint():
            (good | bad).action_post()
        self.assertEqual(good.state, "draft")
