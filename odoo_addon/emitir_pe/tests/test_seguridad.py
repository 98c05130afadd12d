from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged
from odoo.tools import file_open

from .common import PeruCase


@tagged("post_install", "-at_install")
class TestSeguridad(PeruCase):
    """Who may do what, and what a copied database may not."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.clerk = new_test_user(cls.env, "facturador", groups="account.group_account_invoice")
        cls.manager = new_test_user(cls.env, "contadora", groups="account.group_account_manager")
        cls.stranger = new_test_user(cls.env, "almacenero", groups="base.group_user")

    def test_a_clerk_posts_without_seeing_the_token(self):
        move = self.invoice(self.line("A", 1, 10), post=False).with_user(self.clerk)
        move.action_post()
        self.assertEqual(move.emitir_situacion, "por_enviar")
        self.assertEqual(move.emitir_estado()[0]["documento"], move.name)
        with self.assertRaises(AccessError):
            _token = self.company.with_user(self.clerk).emitir_token
        with self.assertRaises(AccessError):
            move.emitir_comprobante_id.write({"estado": "aceptado"})

    def test_a_baja_needs_its_group(self):
        move = self.invoice(self.line("A", 1, 10))
        self.accept(move)
        with self.assertRaises(AccessError):
            move.with_user(self.clerk).emitir_baja("error")
        with self.assertRaises(AccessError):
            move.with_user(self.clerk).button_request_cancel()
        self.assertEqual(move.with_user(self.manager).button_request_cancel()["res_model"], "emitir.baja")

    def test_a_stranger_may_nothing(self):
        move = self.invoice(self.line("A", 1, 10))
        for call in (
            move.with_user(self.stranger).emitir_estado,
            move.with_user(self.stranger).emitir_enviar,
        ):
            with self.assertRaises(AccessError):
                call()
        with self.assertRaises(AccessError):
            move.with_user(self.stranger).emitir_archivo("pdf")

    def test_companies_do_not_see_each_other(self):
        move = self.invoice(self.line("A", 1, 10))
        other = self.env["res.company"].create({"name": "OTRA S.A.C."})
        user = new_test_user(
            self.env,
            "ajena",
            groups="account.group_account_invoice",
            company_id=other.id,
            company_ids=[Command.set(other.ids)],
        )
        records = self.env["emitir.comprobante"].with_user(user)
        self.assertFalse(records.search([]))
        with self.assertRaises(AccessError):
            move.emitir_comprobante_id.with_user(user).read(["estado"])

    def test_a_neutralized_copy_cannot_issue(self):
        with file_open("emitir/data/neutralize.sql") as script:
            self.cr.execute(script.read())
        self.company.invalidate_recordset()
        self.assertFalse(self.company.emitir_activo or self.company.emitir_token)
        self.env.ref("emitir.cron_enviar").invalidate_recordset()
        self.assertFalse(self.env.ref("emitir.cron_enviar").active)
