from odoo import api, fields, models

from ..models.catalogos import MOTIVOS_CREDITO, MOTIVOS_DEBITO


class AccountMoveReversal(models.TransientModel):
    """The nota de crédito knows its reason before it is made."""

    _inherit = "account.move.reversal"

    emitir_pe_motivo = fields.Selection(MOTIVOS_CREDITO, string="Reason for SUNAT", default="01")
    emitir_pe_electronico = fields.Boolean(compute="_compute_emitir_pe_electronico")

    @api.depends("move_ids")
    def _compute_emitir_pe_electronico(self):
        for wizard in self:
            wizard.emitir_pe_electronico = any(wizard.move_ids.mapped("emitir_pe_es"))

    def _prepare_default_reversal(self, move):
        values = super()._prepare_default_reversal(move)
        if move.emitir_pe_es:
            reason = dict(self._fields["emitir_pe_motivo"]._description_selection(self.env)).get(
                self.emitir_pe_motivo, ""
            )
            values.update(
                emitir_pe_motivo_credito=self.emitir_pe_motivo,
                emitir_pe_sustento=self.reason or reason[3:],
            )
        return values


class AccountDebitNote(models.TransientModel):
    """The nota de débito knows its reason before it is made."""

    _inherit = "account.debit.note"

    emitir_pe_motivo = fields.Selection(MOTIVOS_DEBITO, string="Reason for SUNAT", default="01")
    emitir_pe_electronico = fields.Boolean(compute="_compute_emitir_pe_electronico")

    @api.depends("move_ids")
    def _compute_emitir_pe_electronico(self):
        for wizard in self:
            wizard.emitir_pe_electronico = any(wizard.move_ids.mapped("emitir_pe_es"))

    def _prepare_default_values(self, move):
        values = super()._prepare_default_values(move)
        if move.emitir_pe_es:
            reason = dict(self._fields["emitir_pe_motivo"]._description_selection(self.env)).get(
                self.emitir_pe_motivo, ""
            )
            values.update(
                emitir_pe_motivo_debito=self.emitir_pe_motivo, emitir_pe_sustento=self.reason or reason[3:]
            )
        return values
