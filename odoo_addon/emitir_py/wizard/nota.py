from odoo import api, fields, models

from ..models.catalogos import MOTIVOS


class AccountMoveReversal(models.TransientModel):
    """The nota de crédito knows its reason before it is made."""

    _inherit = "account.move.reversal"

    emitir_py_motivo = fields.Selection(MOTIVOS, string="Reason for SIFEN", default="2")
    emitir_py_electronico = fields.Boolean(compute="_compute_emitir_py_electronico")

    @api.depends("move_ids")
    def _compute_emitir_py_electronico(self):
        for wizard in self:
            wizard.emitir_py_electronico = any(wizard.move_ids.mapped("emitir_py_es"))

    def _prepare_default_reversal(self, move):
        values = super()._prepare_default_reversal(move)
        if move.emitir_py_es:
            values["emitir_py_motivo"] = self.emitir_py_motivo
        return values


class AccountDebitNote(models.TransientModel):
    """The nota de débito knows its reason before it is made."""

    _inherit = "account.debit.note"

    emitir_py_motivo = fields.Selection(MOTIVOS, string="Reason for SIFEN", default="8")
    emitir_py_electronico = fields.Boolean(compute="_compute_emitir_py_electronico")

    @api.depends("move_ids")
    def _compute_emitir_py_electronico(self):
        for wizard in self:
            wizard.emitir_py_electronico = any(wizard.move_ids.mapped("emitir_py_es"))

    def _prepare_default_values(self, move):
        values = super()._prepare_default_values(move)
        if move.emitir_py_es:
            values["emitir_py_motivo"] = self.emitir_py_motivo
        return values
