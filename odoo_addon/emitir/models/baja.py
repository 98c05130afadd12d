from odoo import models

from emitir.client import EmitirApiError, TransportError


class EmitirComprobante(models.Model):
    """Annulment of an accepted document, and what the service knows of it later."""

    _inherit = "emitir.comprobante"

    def _pedir_baja(self, motivo):
        """Request the annulment. Raises UserError with what the service or the authority objects to."""
        self.ensure_one()
        self._tomar()
        with self.company_id._emitir_cliente() as client:
            answer = self.move_id._emitir_llamar(client.comando, "baja", {**self._clave(), "motivo": motivo})
        self.write(
            {
                "baja_motivo": motivo,
                "baja_ticket": answer.get("ticket") or False,
                "baja_documento": answer.get("codigo_documento") or False,
                "baja_pedida_por_id": self.env.user.id,
                "intentos": 0,
            }
        )
        self._anotar_baja(answer)

    def _consultar(self):
        """Ask the service for what it knows of this document; nothing is sent."""
        self.ensure_one()
        if not self._tomar():
            return
        with self.company_id._emitir_cliente() as client:
            try:
                answer = client.comando("consultar", self._clave())
            except EmitirApiError as error:
                if error.code != "AUTORIDAD_RECHAZA":
                    self.move_id._emitir_llamar(_raise, error)
                answer = error.respuesta
            except TransportError as error:
                self.move_id._emitir_llamar(_raise, error)
        self._anotar(answer)

    def _anotar_baja(self, answer):
        """Write down the state of an annulment; publishing it cancels the invoice when it is final."""
        estado = answer.get("estado_comprobante") or "baja_en_proceso"
        if estado not in ("baja_en_proceso", "dado_de_baja"):
            estado = "baja_en_proceso"
        self.write({"estado": estado, "publicado": False, "proximo_intento": False, "atencion": False})
        if answer.get("sunat_descripcion"):
            self.baja_mensaje = answer["sunat_descripcion"]

    def _anular_factura(self):
        """Cancel the invoice of an annulled document."""
        if self.move_id.state == "posted" and self.es_de_la_factura:
            self.move_id.with_context(emitir_anulado=True).sudo().button_cancel()


def _raise(error):
    raise error
