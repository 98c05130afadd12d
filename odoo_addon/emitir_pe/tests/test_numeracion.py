from odoo.exceptions import ValidationError
from odoo.tests import tagged

from .common import PeruCase


@tagged("post_install", "-at_install")
class TestNumeracion(PeruCase):
    """One count for each serie, from Odoo's own sequence."""

    def test_each_serie_counts_by_itself(self):
        names = [self.invoice(self.line("A", 1, 10)).name for _ in range(2)]
        names += [self.invoice(self.line("A", 1, 10), partner=self.person).name]
        names += [self.invoice(self.line("A", 1, 10)).name]
        self.assertEqual(names, ["F901-1", "F901-2", "B901-1", "F901-3"])

    def test_past_nine_and_across_years(self):
        move = self.invoice(self.line("A", 1, 10), post=False)
        move.l10n_latam_document_number = "F901-99"
        move.action_post()
        self.assertEqual(move.name, "F901-99")
        self.assertEqual(self.invoice(self.line("A", 1, 10)).name, "F901-100")

    def test_the_customer_decides_the_document(self):
        self.assertEqual(self.invoice(self.line("A", 1, 10), post=False)._emitir_tipo(), "f")
        self.assertEqual(
            self.invoice(self.line("A", 1, 10), partner=self.person, post=False)._emitir_tipo(), "b"
        )
        self.assertEqual(
            self.invoice(self.line("A", 1, 10), partner=self.nobody, post=False)._emitir_tipo(), "b"
        )

    def test_a_nota_takes_the_letter_of_what_it_modifies(self):
        factura = self.invoice(self.line("A", 1, 10))
        boleta = self.invoice(self.line("A", 1, 10), partner=self.person)
        a_ruc = self.invoice(self.line("A", 1, 10), post=False)
        a_ruc.l10n_latam_document_type_id = self.env.ref("l10n_pe.document_type02")
        a_ruc.action_post()
        for move in (factura, boleta, a_ruc):
            self.accept(move)
        notes = [self.note(move) for move in (factura, boleta, a_ruc)]
        for note in notes:
            note.action_post()
        self.assertEqual([note.name for note in notes], ["FC91-1", "BC91-1", "BC91-2"])
        self.assertEqual(a_ruc.name, "B901-2")

    def test_a_nota_de_debito(self):
        factura = self.invoice(self.line("A", 1, 10))
        self.accept(factura)
        wizard = (
            self.env["account.debit.note"]
            .with_context(active_model="account.move", active_ids=factura.ids)
            .create({"emitir_pe_motivo": "02", "copy_lines": True})
        )
        note = self.env["account.move"].browse(wizard.create_debit()["res_id"])
        note.action_post()
        self.assertEqual(note.name, "FD91-1")
        solicitud = note._emitir_solicitud()
        self.assertEqual(
            (solicitud["tipo"], solicitud["motivo"], solicitud["documento"]), ("d", "02", "F901-1")
        )

    def test_another_journal_keeps_odoos_numbers(self):
        plain = self.env["account.journal"].create(
            {
                "name": "Papel",
                "code": "PAP",
                "type": "sale",
                "l10n_latam_use_documents": True,
                "default_account_id": self.journal.default_account_id.id,
            }
        )
        move = self.invoice(self.line("A", 1, 10), journal_id=plain.id)
        self.assertFalse(move.emitir_comprobante_id)
        self.assertTrue(move.name.startswith("F "))

    def test_series_are_checked(self):
        for field, value in (
            ("emitir_pe_serie_factura", "B901"),
            ("emitir_pe_serie_boleta", "F901"),
            ("emitir_pe_serie_nc_factura", "F901"),
            ("emitir_pe_serie_factura", "F9"),
            ("emitir_pe_serie_factura", "f901"),
        ):
            with self.subTest(field=field, value=value), self.assertRaises(ValidationError):
                self.journal.write({field: value})
        other = self.env["account.journal"].create({"name": "Otra", "code": "OTR", "type": "sale"})
        with self.assertRaisesRegex(ValidationError, "F901"):
            other.write({"emitir_electronico": True, "emitir_pe_serie_factura": "F901"})

    def test_free_series_are_proposed(self):
        other = self.env["account.journal"].create({"name": "Otra", "code": "OTR", "type": "sale"})
        free = other._emitir_pe_series_libres()
        self.assertEqual(len(set(free.values())), 6)
        other.write({"emitir_electronico": True, **free})
        self.assertNotIn("F901", free.values())
