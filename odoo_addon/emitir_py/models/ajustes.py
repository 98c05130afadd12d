from odoo import api, fields, models


class ResCompany(models.Model):
    """Settings of SIFEN that the service keeps (command ``ajustes``); the CSC goes there and stays there."""

    _inherit = "res.company"

    emitir_py_timbrado = fields.Char(string="Timbrado", size=8)
    emitir_py_timbrado_inicio = fields.Date(string="Valid from")
    emitir_py_csc_id = fields.Char(string="CSC id", size=4)
    emitir_py_leyenda_remision = fields.Char(string="Legend of remisiones")
    emitir_py_envio = fields.Selection(
        [("sync", "One by one, at once"), ("lote", "In lotes")], string="Documents go", default="sync"
    )

    def _emitir_campos_de_ajustes(self):
        return {
            **super()._emitir_campos_de_ajustes(),
            "emitir_py_timbrado": "timbrado",
            "emitir_py_timbrado_inicio": "timbrado_inicio",
            "emitir_py_csc_id": "csc_id",
            "emitir_py_envio": "envio",
            "emitir_py_leyenda_remision": "leyenda_remision",
        }

    def _emitir_es_del_pais(self, name):
        if name.startswith("emitir_py_"):
            return self.account_fiscal_country_id.code == "PY"
        return super()._emitir_es_del_pais(name)


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    emitir_py_timbrado = fields.Char(related="company_id.emitir_py_timbrado", readonly=False)
    emitir_py_timbrado_inicio = fields.Date(related="company_id.emitir_py_timbrado_inicio", readonly=False)
    emitir_py_csc_id = fields.Char(related="company_id.emitir_py_csc_id", readonly=False)
    emitir_py_envio = fields.Selection(related="company_id.emitir_py_envio", readonly=False)
    emitir_py_leyenda_remision = fields.Char(related="company_id.emitir_py_leyenda_remision", readonly=False)
    emitir_py_csc = fields.Char(
        string="CSC",
        compute="_compute_emitir_py_csc",
        inverse="_inverse_emitir_py_csc",
        groups="base.group_system",
        help="Given to the service when it is saved and never kept in Odoo: left empty, that of the service stays.",
    )

    @api.depends("company_id")
    def _compute_emitir_py_csc(self):
        """What the service keeps is never shown."""
        for settings in self:
            settings.emitir_py_csc = False

    def _inverse_emitir_py_csc(self):
        """Straight to the service: no table of Odoo ever holds it."""
        for settings in self.filtered("emitir_py_csc"):
            company = settings.company_id
            if company.emitir_activo and company.account_fiscal_country_id.code == "PY":
                company._emitir_pedir_ajustes({"csc": settings.emitir_py_csc.strip()})
