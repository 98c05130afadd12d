import base64

from odoo import models
from odoo.exceptions import AccessError, UserError

from emitir.client import EmitirApiError, TransportError

from .publicacion import ARCHIVOS

GRUPO_FACTURACION = "account.group_account_invoice"
GRUPO_BAJA = "emitir.group_baja"


class AccountMove(models.Model):
    """Buttons, and the same for other programs (odoorpc, JSON-2): each checks what the caller may do."""

    _inherit = "account.move"

    # For other programs.

    def emitir_estado(self):
        """State of each invoice: a list of dicts with plain values."""
        self.check_access("read")
        return [move._emitir_resumen() for move in self]

    def emitir_enviar(self):
        """Send now what waits, whatever its next attempt is; the states afterwards.

        What the service refused is built again from the invoice first, since somebody has corrected it.
        """
        self._emitir_permiso(GRUPO_FACTURACION)
        records = self.env["emitir.comprobante"].sudo()
        for move in self:
            if move.state != "posted" or not (move.emitir_electronico or move.emitir_comprobante_id):
                raise UserError(self.env._("%s is not a posted electronic invoice.", move.display_name))
            record = move.emitir_comprobante_id.sudo()
            if not record or (record.estado == "por_enviar" and record.atencion):
                move._emitir_preparar()
            records |= move.emitir_comprobante_id.sudo()
        for record in records:
            record._enviar()
            record._publicar()
        return self.emitir_estado()

    def emitir_apurar(self):
        """Have the next run of the cron take these, whenever their next attempt was due."""
        self._emitir_permiso(GRUPO_FACTURACION)
        self.emitir_comprobante_id.sudo().filtered("proximo_intento").proximo_intento = False
        return True

    def emitir_consultar(self):
        """Ask the service for the state, also of accepted ones; the states afterwards."""
        self._emitir_permiso(GRUPO_FACTURACION)
        for record in self.emitir_comprobante_id.sudo():
            if record.estado in ("por_enviar", "enviado"):
                record._enviar()
            else:
                record._consultar()
            record._publicar()
        return self.emitir_estado()

    def emitir_baja(self, motivo):
        """Request the annulment of one accepted comprobante; its state afterwards."""
        self.ensure_one()
        self._emitir_permiso(GRUPO_BAJA)
        if self.emitir_situacion not in ("aceptado", "observado"):
            raise UserError(self.env._("%s is not accepted: there is nothing to annul.", self.display_name))
        self.emitir_comprobante_id.sudo()._pedir_baja(motivo)
        self.emitir_comprobante_id.sudo()._publicar()
        return self.emitir_estado()[0]

    def emitir_reenviar(self, correo=None):
        """Have the service mail the files to the customer, or to ``correo``."""
        self._emitir_permiso(GRUPO_FACTURACION)
        for move in self:
            address = correo or move._emitir_correo_del_cliente()
            if not address:
                raise UserError(self.env._("%s has no e-mail address.", move.partner_id.display_name))
            record = move.emitir_comprobante_id.sudo()
            if record.estado not in ("aceptado", "observado"):
                raise UserError(
                    self.env._("%s is not accepted: there is nothing to send.", move.display_name)
                )
            with move.company_id._emitir_cliente() as client:
                move._emitir_llamar(client.comando, "correo", {**record._clave(), "para": address})
            move.message_post(
                body=self.env._(
                    "%(document)s was mailed to %(address)s.", document=move.name, address=address
                )
            )
        return True

    def emitir_archivo(self, tipo="pdf"):
        """One file of one comprobante: ``{"nombre", "tipo_medio", "contenido"}``, the last in base64."""
        self.ensure_one()
        self.check_access("read")
        attachment = self._emitir_adjunto(tipo)
        return {
            "nombre": attachment.name,
            "tipo_medio": attachment.mimetype,
            "contenido": base64.b64encode(attachment.raw).decode(),
        }

    # Buttons.

    def action_emitir_enviar(self):
        """Send now."""
        self.emitir_enviar()

    def action_emitir_consultar(self):
        """Ask now."""
        self.emitir_consultar()

    def action_emitir_reenviar(self):
        """Ask where to, and mail."""
        self._emitir_permiso(GRUPO_FACTURACION)
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Mail the comprobante"),
            "res_model": "emitir.correo",
            "view_mode": "form",
            "target": "new",
            "context": {"default_move_ids": self.ids},
        }

    def action_emitir_xml(self):
        """Download the XML."""
        return self._emitir_descarga("xml")

    def action_emitir_cdr(self):
        """Download the CDR."""
        return self._emitir_descarga("cdr")

    def action_emitir_pdf(self):
        """Download the PDF."""
        return self._emitir_descarga("pdf")

    def action_emitir_comprobante(self):
        """Open the record of the electronic document."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "emitir.comprobante",
            "res_id": self.emitir_comprobante_id.id,
            "view_mode": "form",
        }

    def action_emitir_corregir(self):
        """Cancel a rejected invoice, whose number is used up, and open its copy to correct and post."""
        self.ensure_one()
        self._emitir_permiso(GRUPO_FACTURACION)
        if self.emitir_situacion != "rechazado" or self.state != "posted":
            raise UserError(self.env._("Only a rejected invoice is issued again with another number."))
        copy = self.copy(self._emitir_valores_de_la_correccion())
        self.with_context(emitir_anulado=True).button_cancel()
        self.emitir_comprobante_id.sudo().write({"atencion": False})
        self.emitir_comprobante_id.sudo()._quitar_avisos()
        link = copy._get_html_link(title=self.env._("a corrected copy"))
        self.message_post(body=self.env._("Rejected: its number is used up. It is replaced by %s.", link))
        return {
            "type": "ir.actions.act_window",
            "res_model": "account.move",
            "res_id": copy.id,
            "view_mode": "form",
        }

    def _emitir_valores_de_la_correccion(self):
        return {
            "emitir_corregido_de_id": self.id,
            "reversed_entry_id": self.reversed_entry_id.id,
            "invoice_date": False,
            "ref": self.ref,
        }

    def button_request_cancel(self):
        if self.emitir_comprobante_id and self.emitir_situacion in ("aceptado", "observado"):
            self._emitir_permiso(GRUPO_BAJA)
            return {
                "type": "ir.actions.act_window",
                "name": self.env._("Request the baja"),
                "res_model": "emitir.baja",
                "view_mode": "form",
                "target": "new",
                "context": {"default_move_id": self.id},
            }
        if self.emitir_situacion == "baja_en_proceso":
            raise UserError(
                self.env._("The baja of %s has been requested: its answer is awaited.", self.name)
            )
        return super().button_request_cancel()

    # Helpers.

    def _emitir_permiso(self, group):
        """Raise AccessError unless the user may write these invoices and belongs to ``group``."""
        if not self.env.su and not self.env.user.has_group(group):
            raise AccessError(self.env._("You may not do this: ask your administrator for the permission."))
        self.check_access("write")

    def _emitir_resumen(self):
        record = self.emitir_comprobante_id
        return {
            "id": self.id,
            "documento": self.name or "",
            "estado": record.estado or "",
            "atencion": record.atencion,
            "mensaje": record.mensaje or "",
            "accion": record.accion or "",
            "codigo_error": record.codigo_error or "",
            "codigo_documento": record.codigo_documento or "",
            "respuesta": record.respuesta or "",
            "respuesta_descripcion": record.respuesta_descripcion or "",
            "observaciones": record.observaciones or "",
            "plazo": str(record.plazo) if record.plazo else "",
            "archivos": [kind for kind, field in ARCHIVOS if record[field]],
        }

    def _emitir_correo_del_cliente(self):
        """Address of the customer, or an empty text."""
        for partner in (self.partner_id, self.commercial_partner_id):
            if partner.email:
                return partner.email
        return ""

    def _emitir_adjunto(self, tipo):
        fields_by_kind = dict(ARCHIVOS)
        if tipo not in fields_by_kind:
            raise UserError(self.env._("There is no file “%s”: use xml, cdr or pdf.", tipo))
        attachment = self.emitir_comprobante_id.sudo()[fields_by_kind[tipo]]
        if not attachment:
            raise UserError(
                self.env._("%(document)s has no %(kind)s yet.", document=self.display_name, kind=tipo.upper())
            )
        return attachment

    def _emitir_descarga(self, tipo):
        self.ensure_one()
        attachment = self._emitir_adjunto(tipo)
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/{attachment.id}?download=true",
            "target": "download",
        }

    def _emitir_llamar(self, call, *arguments):
        """Call the service for a user who waits: what goes wrong is told as a sentence."""
        try:
            return call(*arguments)
        except EmitirApiError as error:
            raise UserError("\n".join(filter(None, (error.descripcion, error.extra)))) from error
        except TransportError as error:
            raise UserError(str(error)) from error

    def _emitir_aviso_de_baja(self):
        """What to consider before asking for the annulment; a country module knows its deadline."""
        self.ensure_one()
        return ""
