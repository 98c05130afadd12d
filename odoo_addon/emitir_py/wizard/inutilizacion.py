from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from emitir.client import EmitirApiError, TransportError

from ..models.catalogos import TIPOS


class EmitirPyInutilizacion(models.TransientModel):
    """Gives up numbers that were skipped and never used."""

    _name = "emitir.py.inutilizacion"
    _description = "Give up unused numbers"

    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, default=lambda self: self.env.company
    )
    journal_id = fields.Many2one(
        "account.journal",
        string="Journal",
        required=True,
        domain="[('company_id', '=', company_id), ('emitir_electronico', '=', True)]",
    )
    document_type_id = fields.Many2one(
        "l10n_latam.document.type",
        string="Document",
        required=True,
        domain="[('country_id.code', '=', 'PY'), ('code', 'in', ('1', '4', '5', '6'))]",
    )
    desde = fields.Integer(string="From number", required=True)
    hasta = fields.Integer(string="To number", required=True)
    motivo = fields.Char(string="Reason", size=500, required=True)
    respuesta = fields.Text(string="Answer", readonly=True)

    @api.onchange("desde")
    def _onchange_desde(self):
        if self.desde and (not self.hasta or self.hasta < self.desde):
            self.hasta = self.desde

    def action_inutilizar(self):
        """Ask SIFEN, after making sure that none of the numbers is in use here."""
        self.ensure_one()
        if not self.env.user.has_group("emitir.group_baja"):
            raise AccessError(self.env._("You may not do this: ask your administrator for the permission."))
        if not 1 <= self.desde <= self.hasta:
            raise UserError(self.env._("The numbers go from the smaller to the larger one."))
        self._comprobar_sin_uso()
        properties = {
            "tipo": TIPOS[self.document_type_id.code],
            "serie": self.journal_id._emitir_py_serie(),
            "desde": self.desde,
            "hasta": self.hasta,
            "motivo": self.motivo.strip(),
        }
        with self.company_id._emitir_cliente() as client:
            try:
                answer = client.comando("inutilizar", properties, repeatable=True)
            except EmitirApiError as error:
                raise UserError("\n".join(filter(None, (error.descripcion, error.extra)))) from error
            except TransportError as error:
                raise UserError(str(error)) from error
        self.respuesta = self.env["account.move"]._emitir_py_respuesta(answer)
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Give up unused numbers"),
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "target": "new",
        }

    def _comprobar_sin_uso(self):
        prefix = f"{self.document_type_id.doc_code_prefix} {self.journal_id._emitir_py_serie()}-"
        used = self.env["account.move"].search(
            [
                ("journal_id", "=", self.journal_id.id),
                ("sequence_prefix", "=", prefix),
                ("sequence_number", ">=", self.desde),
                ("sequence_number", "<=", self.hasta),
                ("state", "=", "posted"),
            ],
            limit=1,
        )
        if used:
            raise UserError(self.env._("%s is in use: its number cannot be given up.", used.name))
