from datetime import UTC

from odoo import fields, models
from odoo.exceptions import UserError

from ..models.account_move import ASUNCION


class EmitirPyEvento(models.TransientModel):
    """What the company, as receiver, tells SIFEN about a supplier's document."""

    _name = "emitir.py.evento"
    _description = "Event about a document received"

    move_id = fields.Many2one("account.move", string="Invoice", required=True, readonly=True)
    evento = fields.Selection(
        [
            ("conformidad", "Conformidad: it is right"),
            ("disconformidad", "Disconformidad: it is not right"),
            ("desconocimiento", "Desconocimiento: we know nothing of it"),
            ("notificacion", "Notificación de recepción: it has arrived"),
        ],
        string="Event",
        required=True,
        default="conformidad",
    )
    parcial = fields.Boolean(string="Only in part")
    recepcion = fields.Datetime(string="Received on", default=fields.Datetime.now)
    emision = fields.Datetime(string="Issued on", default=lambda self: self._emision())
    motivo = fields.Char(string="Reason", size=500)

    def _emision(self):
        move = self.env["account.move"].browse(self.env.context.get("default_move_id"))
        return fields.Datetime.to_datetime(move.invoice_date) if move.invoice_date else False

    def action_registrar(self):
        """Register it with SIFEN."""
        self.ensure_one()
        self.move_id._emitir_permiso("account.group_account_invoice")
        properties = {"evento": self.evento, "cdc": self.move_id.emitir_py_cdc}
        if self.evento == "conformidad":
            properties["conformidad"] = "2" if self.parcial else "1"
            if self.parcial:
                properties["fecha_recepcion"] = self._momento(self.recepcion)
        else:
            properties |= self._de_los_demas()
        self.move_id._emitir_py_evento(properties)
        return {"type": "ir.actions.act_window_close"}

    def _de_los_demas(self):
        found = {}
        if self.evento != "notificacion":
            if len((self.motivo or "").strip()) < 5:
                raise UserError(self.env._("Write the reason, of five letters at least."))
            found["motivo"] = self.motivo.strip()
        if self.evento != "disconformidad":
            if not (self.emision and self.recepcion):
                raise UserError(self.env._("Fill in when it was issued and when it was received."))
            found |= {
                "fecha_emision": self._momento(self.emision),
                "fecha_recepcion": self._momento(self.recepcion),
            }
        if self.evento == "notificacion":
            company = self.move_id.company_id
            total = self.move_id.currency_id._convert(
                self.move_id.amount_total, company.currency_id, company, self.move_id.invoice_date
            )
            found["total_guaranies"] = str(round(total))
        return found

    @staticmethod
    def _momento(when):
        """The moment on a clock of Asunción."""
        return when.replace(tzinfo=UTC).astimezone(ASUNCION).strftime("%Y-%m-%dT%H:%M:%S")
