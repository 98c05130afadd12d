from odoo import api, fields, models

from .catalogos import AFECTACION_DE_TRIBUTO, AFECTACIONES


class AccountTax(models.Model):
    _inherit = "account.tax"

    emitir_pe_afectacion = fields.Selection(
        AFECTACIONES,
        string="Affectation to the IGV",
        compute="_compute_emitir_pe_afectacion",
        store=True,
        readonly=False,
        help="Catalog 07 of SUNAT; lines take it from their taxes.",
    )

    @api.depends("l10n_pe_edi_tax_code")
    def _compute_emitir_pe_afectacion(self):
        for tax in self:
            code = AFECTACION_DE_TRIBUTO.get(tax.l10n_pe_edi_tax_code)
            tax.emitir_pe_afectacion = code if tax.type_tax_use != "purchase" else False

    def _emitir_pe_poner_afectacion(self):
        """For taxes that existed before this module; those of the group «gratuito» are told by their code."""
        self.filtered(lambda tax: not tax.emitir_pe_afectacion)._compute_emitir_pe_afectacion()
