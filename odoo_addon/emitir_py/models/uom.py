from odoo import fields, models

from .catalogos import UNIDAD, UNIDADES


class UomUom(models.Model):
    _inherit = "uom.uom"

    emitir_py_codigo = fields.Char(
        string="SIFEN unit", size=5, help="Code of the table of units of SIFEN, for example 77 for units."
    )

    def _emitir_py_unidad(self):
        """Code of this unit: what was written, that of Odoo's own units, or plain units."""
        if self.emitir_py_codigo:
            return self.emitir_py_codigo
        names = self.get_external_id() if self else {}
        return UNIDADES.get(names.get(self.id, ""), UNIDAD)
