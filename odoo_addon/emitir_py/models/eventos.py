from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError


class AccountMove(models.Model):
    """Events of SIFEN about documents of one's own and of suppliers."""

    _inherit = "account.move"

    emitir_py_cdc = fields.Char(
        string="CDC", size=44, copy=False, help="The 44 figures under the QR of the supplier's document."
    )
    emitir_py_remisiones = fields.Integer(compute="_compute_emitir_py_remisiones")

    @api.constrains("emitir_py_cdc")
    def _check_emitir_py_cdc(self):
        for move in self.filtered("emitir_py_cdc"):
            cdc = move.emitir_py_cdc
            if len(cdc) != 44 or not cdc[:9].isdigit() or not cdc[10:].isdigit():
                raise ValidationError(self.env._("A CDC has 44 figures; “%s” has not.", cdc))

    def _compute_emitir_py_remisiones(self):
        groups = (
            self.env["emitir.comprobante"]
            .sudo()
            ._read_group([("move_id", "in", self.ids), ("tipo", "=", "r")], ["move_id"], ["__count"])
        )
        counts = {move.id: count for move, count in groups}
        for move in self:
            move.emitir_py_remisiones = counts.get(move.id, 0)

    @api.onchange("emitir_py_cdc")
    def _onchange_emitir_py_cdc(self):
        """A CDC pasted with spaces."""
        if self.emitir_py_cdc:
            self.emitir_py_cdc = "".join(self.emitir_py_cdc.split()).upper()

    def _emitir_py_evento(self, properties):
        """Register an event; the invoice's messages tell it. Raises UserError with what is objected to."""
        self.ensure_one()
        with self.company_id._emitir_cliente() as client:
            answer = self._emitir_llamar(client.comando, "evento", properties)
        label = dict(self.env["emitir.py.evento"]._fields["evento"]._description_selection(self.env))
        label["nominacion"] = self.env._("Nominación")
        told = self._emitir_py_respuesta(answer)
        name = label.get(properties["evento"], properties["evento"])
        self.message_post(body=self.env._("Event registered: %(event)s. %(answer)s", event=name, answer=told))
        return answer

    @api.model
    def _emitir_py_respuesta(self, answer):
        """What SIFEN said of the first event; that it is on its way while nothing has been said."""
        events = answer.get("eventos") or [{}]
        return events[0].get("descripcion") or self.env._(
            "SIFEN has not answered yet; the service goes on by itself."
        )

    def action_emitir_py_evento(self):
        """Open the wizard of the receiver's events."""
        self.ensure_one()
        if not self.emitir_py_cdc:
            raise UserError(self.env._("Write the CDC of the supplier's document first."))
        return self._emitir_py_asistente("emitir.py.evento", self.env._("Event about a document received"))

    def action_emitir_py_nominar(self):
        """Open the wizard that names the receiver of a factura that named nobody."""
        return self._emitir_py_asistente("emitir.py.nominacion", self.env._("Name the receiver"))

    def action_emitir_py_remision(self):
        """Open the wizard of the nota de remisión."""
        return self._emitir_py_asistente("emitir.py.remision", self.env._("Nota de remisión"))

    def action_emitir_py_remisiones(self):
        """The remisiones of this invoice."""
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Notas de remisión"),
            "res_model": "emitir.comprobante",
            "view_mode": "list,form",
            "domain": [("move_id", "=", self.id), ("tipo", "=", "r")],
        }

    def _emitir_py_asistente(self, model, title):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": title,
            "res_model": model,
            "view_mode": "form",
            "target": "new",
            "context": {"default_move_id": self.id},
        }
