import json

from odoo.exceptions import UserError
from odoo.tests import tagged

from emitir.client import EmitirApiError, TransportError

from .common import PeruCase


@tagged("post_install", "-at_install")
class TestEstados(PeruCase):
    """What each answer makes of the document and of the invoice."""

    def setUp(self):
        super().setUp()
        self.move = self.invoice(self.line("A", 1, 100))
        self.record = self.move.emitir_comprobante_id.sudo()

    def test_posting_freezes_the_request_and_sends_nothing(self):
        self.assertEqual((self.move.emitir_situacion, self.record.intentos), ("por_enviar", 0))
        self.assertEqual(json.loads(self.record.solicitud), self.move._emitir_solicitud())
        self.assertEqual(self.record.numero_completo, "F901-1")
        self.assertEqual(
            (self.record.plazo.hour, (self.record.plazo.date() - self.move.invoice_date).days), (5, 4)
        )

    def test_accepted(self):
        self.accept(self.move)
        self.assertEqual(self.record.respuesta, "0")
        self.assertFalse(self.record.proximo_intento)
        self.assertTrue(self.move.need_cancel_request)
        self.assertFalse(self.move.show_reset_to_draft_button)
        with self.assertRaises(UserError):
            self.move.button_draft()

    def test_observed(self):
        self.record._anotar(
            {"estado_comprobante": "observado", "sunat_respuesta": "0", "sunat_observaciones": ["4252 - x"]}
        )
        self.assertEqual((self.record.estado, self.record.observaciones), ("observado", "4252 - x"))
        self.assertFalse(self.record.atencion)

    def test_rejected_is_corrected_with_another_number(self):
        answer = {
            "codigo_error": "AUTORIDAD_RECHAZA",
            "descripcion_error": "x",
            "estado_comprobante": "rechazado",
            "sunat_respuesta": "3030",
            "sunat_descripcion": "establecimiento",
        }
        self.record._anotar_error(EmitirApiError(400, answer))
        self.assertEqual(
            (self.record.estado, self.record.atencion, self.record.codigo_error), ("rechazado", True, "3030")
        )
        with self.assertRaisesRegex(UserError, "F901-1"):
            self.move.button_draft()
        copy = self.env["account.move"].browse(self.move.action_emitir_corregir()["res_id"])
        self.assertEqual((self.move.state, self.move.name, copy.state), ("cancel", "F901-1", "draft"))
        copy.action_post()
        self.assertEqual(copy.name, "F901-2")

    def test_refused_data_is_corrected_with_the_same_number(self):
        problems = [{"descripcion": "Falta el RUC", "propiedad": "numero_doc", "accion": "Escríbalo."}]
        self.record._anotar_error(
            EmitirApiError(400, {"codigo_error": "PROPIEDAD_FALTANTE", "errores": problems})
        )
        self.assertEqual((self.record.estado, self.record.atencion), ("por_enviar", True))
        self.assertEqual(
            (self.record.mensaje, self.record.accion), ("Falta el RUC (numero_doc)", "Escríbalo.")
        )
        self.move.button_draft()
        self.move.invoice_line_ids.price_unit = 50
        self.move.action_post()
        self.assertEqual(
            (self.move.name, self.record.estado, self.record.atencion), ("F901-1", "por_enviar", False)
        )
        self.assertEqual(json.loads(self.record.solicitud)["items"][0]["valor_venta"], "50")

    def test_no_connection_changes_nothing(self):
        self.record._anotar_transporte(TransportError("nadie", sent=False))
        self.assertEqual(
            (self.record.estado, self.record.atencion, self.record.intentos), ("por_enviar", False, 1)
        )
        self.assertTrue(self.record.proximo_intento)

    def test_a_lost_answer_counts_as_sent(self):
        self.record._anotar_transporte(TransportError("se cortó", sent=True))
        self.assertEqual(self.record.estado, "enviado")
        with self.assertRaises(UserError):
            self.move.button_draft()

    def test_attempts_grow_apart(self):
        pauses = []
        for _ in range(8):
            self.record._anotar_transporte(TransportError("nadie", sent=False))
            pauses.append(
                round((self.record.proximo_intento - self.record.ultimo_intento).total_seconds() / 60)
            )
        self.assertEqual(pauses, [1, 1, 2, 5, 10, 30, 60, 60])

    def test_not_set_up_is_told(self):
        self.company.emitir_token = False
        self.record._enviar()
        self.assertEqual((self.record.codigo_error, self.record.atencion), ("SIN_CONFIGURAR", True))

    def test_a_cancelled_draft_is_never_sent(self):
        self.move.button_draft()
        self.move.button_cancel()
        self.assertFalse(self.record.exists())

    def test_annulled_cancels_the_invoice(self):
        self.accept(self.move)
        self.record._anotar_baja({"estado_comprobante": "baja_en_proceso", "ticket": "1"})
        self.assertEqual(self.move.state, "posted")
        with self.assertRaises(UserError):
            self.move.button_request_cancel()
        self.record._anotar({"estado_comprobante": "dado_de_baja"})
        self.record._publicar()
        self.assertEqual((self.move.state, self.move.emitir_situacion), ("cancel", "dado_de_baja"))

    def test_the_alert_before_the_deadline_is_given_once(self):
        self.company.emitir_alertas_ids = self.env.user
        self.company.emitir_alerta_horas = 24 * 30
        self.assertTrue(self.record.por_vencer)
        self.assertIn(self.record, self.env["emitir.comprobante"].search([("por_vencer", "=", True)]))
        self.env["emitir.comprobante"]._cron_avisar()
        self.env["emitir.comprobante"]._cron_avisar()
        self.assertEqual(len(self.move.activity_ids), 1)
        self.accept(self.move)
        self.record._publicar()
        self.assertFalse(self.move.activity_ids)

    def test_messages_are_written_once(self):
        before = len(self.move.message_ids)
        self.accept(self.move)
        self.record._publicar()
        self.record._publicar()
        self.assertEqual(len(self.move.message_ids), before + 1)
        self.assertIn("F901-1", self.move.message_ids[0].body)

    def test_grouping_by_state(self):
        groups = self.env["account.move"]._read_group(
            [("id", "=", self.move.id)], ["emitir_situacion"], ["__count"]
        )
        self.assertEqual(groups, [("por_enviar", 1)])
