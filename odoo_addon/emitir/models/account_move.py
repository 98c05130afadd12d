import json

from odoo import api, fields, models
from odoo.exceptions import UserError

from .comprobante import EMITIDOS


class AccountMove(models.Model):
    """An invoice and its electronic document: what posting does, and what may not be done afterwards.

    A country module says which invoices are issued and what they look like: ``_emitir_tipo``,
    ``_emitir_solicitud``, ``_emitir_problemas`` and ``_emitir_plazo``.
    """

    _inherit = "account.move"

    emitir_comprobante_id = fields.Many2one(
        "emitir.comprobante", string="Electronic document", readonly=True, copy=False, index="btree_not_null"
    )
    emitir_situacion = fields.Selection(related="emitir_comprobante_id.estado", string="Electronic state")
    emitir_atencion = fields.Boolean(related="emitir_comprobante_id.atencion", string="Needs a hand")
    emitir_mensaje = fields.Text(related="emitir_comprobante_id.mensaje", string="Message of the authority")
    emitir_accion = fields.Text(related="emitir_comprobante_id.accion", string="What to do")
    emitir_plazo = fields.Datetime(related="emitir_comprobante_id.plazo", string="Deadline to send")
    emitir_horas = fields.Integer(related="emitir_comprobante_id.horas", string="Hours left to send")
    emitir_por_vencer = fields.Boolean(related="emitir_comprobante_id.por_vencer", string="About to expire")
    emitir_observaciones = fields.Text(related="emitir_comprobante_id.observaciones")
    emitir_respuesta = fields.Text(related="emitir_comprobante_id.respuesta_descripcion")
    emitir_baja_motivo = fields.Char(related="emitir_comprobante_id.baja_motivo")
    emitir_ambiente = fields.Selection(related="company_id.emitir_ambiente")
    emitir_corregido_de_id = fields.Many2one(
        "account.move", string="Corrects the rejected", readonly=True, copy=False, check_company=True
    )
    emitir_electronico = fields.Boolean(compute="_compute_emitir_electronico", string="Issued electronically")
    emitir_puede_enviar = fields.Boolean(compute="_compute_emitir_botones")
    emitir_puede_consultar = fields.Boolean(compute="_compute_emitir_botones")
    emitir_puede_corregir = fields.Boolean(compute="_compute_emitir_botones")
    emitir_puede_reenviar = fields.Boolean(compute="_compute_emitir_botones")
    emitir_tiene_archivos = fields.Boolean(compute="_compute_emitir_botones")
    emitir_tiene_cdr = fields.Boolean(compute="_compute_emitir_botones")

    @api.depends("journal_id.emitir_electronico", "company_id.emitir_activo", "move_type")
    def _compute_emitir_electronico(self):
        for move in self:
            move.emitir_electronico = bool(
                move.company_id.emitir_activo
                and move.journal_id.emitir_electronico
                and move.move_type in move._emitir_asientos()
                and move._emitir_tipo()
            )

    @api.depends(
        "state",
        "emitir_situacion",
        "emitir_electronico",
        "emitir_comprobante_id.pdf_id",
        "emitir_comprobante_id.cdr_id",
    )
    def _compute_emitir_botones(self):
        for move in self:
            posted = move.state == "posted"
            estado = move.emitir_situacion
            move.emitir_puede_enviar = posted and (
                estado == "por_enviar" or (move.emitir_electronico and not estado)
            )
            move.emitir_puede_consultar = posted and estado in (
                "enviado",
                "aceptado",
                "observado",
                "baja_en_proceso",
            )
            move.emitir_puede_corregir = posted and estado == "rechazado"
            move.emitir_puede_reenviar = posted and estado in ("aceptado", "observado")
            move.emitir_tiene_cdr = bool(move.emitir_comprobante_id.cdr_id)
            move.emitir_tiene_archivos = bool(
                move.emitir_comprobante_id.xml_id or move.emitir_comprobante_id.pdf_id
            )

    # What a country module says.

    def _emitir_tipo(self):
        """Type of document for the service, or an empty text when this one is not issued."""
        self.ensure_one()
        return ""

    def _emitir_asientos(self):
        """Kinds of entries that may be issued."""
        return ("out_invoice", "out_refund")

    def _emitir_solicitud(self):
        """Properties of ``emitir`` for this posted invoice, JSON values only."""
        self.ensure_one()
        return {}

    def _emitir_problemas(self, solicitud):
        """What keeps this invoice from being issued, sentences for the user; calls nobody."""
        self.ensure_one()
        return []

    def _emitir_plazo(self):
        """First moment (UTC) at which the authority does not take it any more."""
        self.ensure_one()
        return False

    # Posting.

    def _post(self, soft=True):
        posted = super()._post(soft=soft)
        # Those that ``_post`` returns: invoices of the future are posted later.
        posted.filtered("emitir_electronico")._emitir_preparar()._despachar()
        return posted

    def _emitir_preparar(self):
        """Check and freeze the request: the records to send. Raises UserError with every problem."""
        problems, requests = [], {}
        for move in self:
            solicitud = move._emitir_solicitud()
            found = move._emitir_problemas(solicitud)
            if found:
                title = move.name if len(self) == 1 else f"{move.name} ({move.partner_id.display_name})"
                problems.append("\n".join([title, *(f"- {text}" for text in found)]))
            requests[move] = {**solicitud, **move._emitir_envio_automatico()}
        if problems:
            raise UserError(
                self.env._("The electronic comprobante cannot be issued:\n\n%s", "\n\n".join(problems))
            )
        records = self.env["emitir.comprobante"]
        for move, solicitud in requests.items():
            records |= move._emitir_registrar(solicitud)
        return records

    def _emitir_envio_automatico(self):
        """``enviar_a`` where the company wants it and the customer has a good address."""
        self.ensure_one()
        if not self.company_id.emitir_correo_automatico or not self.is_sale_document():
            return {}
        address = self.partner_id.email_normalized or self.commercial_partner_id.email_normalized
        return {"enviar_a": address} if address else {}

    def _emitir_registrar(self, solicitud):
        """The record of this invoice's number, with this request; that of before when nobody has it yet."""
        values = {
            "solicitud": json.dumps(solicitud, ensure_ascii=False),
            "tipo": self._emitir_tipo(),
            "serie": solicitud.get("serie"),
            "numero": solicitud.get("numero"),
            "numero_completo": self.name,
            "fecha": self.invoice_date,
            "total": self.amount_total,
            "plazo": self._emitir_plazo(),
            "atencion": False,
            "mensaje": False,
            "accion": False,
            "codigo_error": False,
            "errores": False,
            "proximo_intento": False,
        }
        record = self.emitir_comprobante_id.sudo()
        if record:
            record.write({**values, "estado": "por_enviar", "publicado": False})
            return record
        record = self.env["emitir.comprobante"].sudo().create({"move_id": self.id, **values})
        # The plain write: what Odoo's invoices do on every change (lines, taxes, tracking) has nothing to do here.
        models.BaseModel.write(self.sudo(), {"emitir_comprobante_id": record.id})
        return record

    # What may not be done afterwards.

    def _emitir_intocable(self):
        """Whether the service or the authority may have the document: its invoice must not change."""
        self.ensure_one()
        return self.emitir_situacion in ("enviado", "rechazado", *EMITIDOS)

    def _need_cancel_request(self):
        return super()._need_cancel_request() or (
            self.state == "posted" and self.emitir_situacion in ("aceptado", "observado", "baja_en_proceso")
        )

    @api.depends("emitir_comprobante_id.estado")
    def _compute_need_cancel_request(self):
        return super()._compute_need_cancel_request()

    @api.depends("emitir_comprobante_id.estado")
    def _compute_show_reset_to_draft_button(self):
        super()._compute_show_reset_to_draft_button()
        for move in self:
            if move.emitir_comprobante_id and move._emitir_intocable():
                move.show_reset_to_draft_button = False

    def button_draft(self):
        for move in self:
            if move.emitir_comprobante_id and not self.env.context.get("emitir_anulado"):
                move._emitir_comprobar_borrador()
        return super().button_draft()

    def _emitir_comprobar_borrador(self):
        """Refuse to reopen what has been sent. Raises UserError."""
        record = self.emitir_comprobante_id.sudo()
        if not record._tomar():
            raise UserError(self.env._("%s is being sent at this moment: wait for the answer.", self.name))
        if self.emitir_situacion == "rechazado":
            raise UserError(
                self.env._(
                    "The authority rejected %s and its number is used up. Use “Correct and issue again”.",
                    self.name,
                )
            )
        if self.emitir_situacion == "enviado":
            raise UserError(
                self.env._("%s has been sent and its answer is awaited: it cannot be changed now.", self.name)
            )
        if self._emitir_intocable():
            raise UserError(
                self.env._("The authority has %s: request its baja, or issue a nota de crédito.", self.name)
            )

    def button_cancel(self):
        for move in self:
            if move.state == "draft" and move.emitir_comprobante_id.estado == "por_enviar":
                # Its number was never used: nothing may send it any more.
                move.emitir_comprobante_id.sudo().unlink()
        return super().button_cancel()
