from odoo import fields, models

from .catalogos import UNIDADES


class UomUom(models.Model):
    _inherit = "uom.uom"

    emitir_pe_codigo = fields.Char(
        string="SUNAT unit", size=3, help="Catalog 03 of SUNAT, for example NIU for units or ZZ for services."
    )

    def _emitir_pe_poner_codigos(self):
        """Codes of the units that Odoo brings, where none has been set."""
        for xmlid, code in UNIDADES.items():
            unit = self.env.ref(xmlid, raise_if_not_found=False)
            if unit and not unit.emitir_pe_codigo:
                unit.emitir_pe_codigo = code
