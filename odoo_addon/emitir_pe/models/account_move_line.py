from odoo import api, fields, models

from .catalogos import AFECTACIONES, GRATUITAS


class AccountMoveLine(models.Model):
    _inherit = "account.move.line"

    emitir_pe_afectacion = fields.Selection(
        AFECTACIONES,
        string="Affectation",
        compute="_compute_emitir_pe_afectacion",
        store=True,
        readonly=False,
        help="Catalog 07 of SUNAT; by default that of the line's taxes.",
    )

    @api.depends("tax_ids.emitir_pe_afectacion", "display_type")
    def _compute_emitir_pe_afectacion(self):
        for line in self:
            if line.display_type != "product" or line.company_id.account_fiscal_country_id.code != "PE":
                line.emitir_pe_afectacion = False
                continue
            taxes = line.tax_ids.flatten_taxes_hierarchy()
            codes = [tax.emitir_pe_afectacion for tax in taxes if tax.emitir_pe_afectacion]
            free = [code for code in codes if code in GRATUITAS]
            line.emitir_pe_afectacion = (free or codes or [False])[0]

    def _emitir_pe_unidad(self):
        """Catalog 03: what the unit says; ZZ for services in plain units."""
        service = self.product_id.type == "service"
        code = self.product_uom_id.emitir_pe_codigo
        if service and code in (False, "", "NIU"):
            return "ZZ"
        return code or ("ZZ" if service else "NIU")
