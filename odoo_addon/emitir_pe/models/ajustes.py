from odoo import fields, models


class ResCompany(models.Model):
    """Settings of SUNAT that the service keeps (command ``ajustes``)."""

    _inherit = "res.company"

    emitir_pe_boletas = fields.Selection(
        [("individual", "One by one, at once"), ("resumen", "Together, in the resumen diario")],
        string="Boletas go",
        default="individual",
        help="How boletas and their notas reach SUNAT.",
    )
    emitir_pe_hora_resumen = fields.Char(string="Hour of the resumen", size=5, default="02:00")
    emitir_pe_cuenta_detraccion = fields.Char(
        string="Account for detracciones",
        size=50,
        help="Account in the Banco de la Nación in which customers deposit the detracciones.",
    )

    def _emitir_campos_de_ajustes(self):
        return {
            **super()._emitir_campos_de_ajustes(),
            "emitir_pe_boletas": "envio_boletas",
            "emitir_pe_hora_resumen": "hora_resumen",
            "emitir_pe_cuenta_detraccion": "cuenta_detraccion",
        }

    def _emitir_es_del_pais(self, name):
        if name.startswith("emitir_pe_"):
            return self.account_fiscal_country_id.code == "PE"
        return super()._emitir_es_del_pais(name)


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    emitir_pe_boletas = fields.Selection(related="company_id.emitir_pe_boletas", readonly=False)
    emitir_pe_hora_resumen = fields.Char(related="company_id.emitir_pe_hora_resumen", readonly=False)
    emitir_pe_cuenta_detraccion = fields.Char(
        related="company_id.emitir_pe_cuenta_detraccion", readonly=False
    )
