import re

from odoo import api, fields, models
from odoo.exceptions import ValidationError

#: Field of the journal by document: type of the service and whether it is about a boleta.
CAMPO_DE_SERIE = {
    ("f", False): "emitir_pe_serie_factura",
    ("b", True): "emitir_pe_serie_boleta",
    ("c", False): "emitir_pe_serie_nc_factura",
    ("c", True): "emitir_pe_serie_nc_boleta",
    ("d", False): "emitir_pe_serie_nd_factura",
    ("d", True): "emitir_pe_serie_nd_boleta",
}
_SERIE = re.compile(r"[FB][A-Z0-9]{3}")


class AccountJournal(models.Model):
    """Series of a journal: four characters; F for facturas and their notas, B for boletas and theirs."""

    _inherit = "account.journal"

    emitir_pe_serie_factura = fields.Char(string="Facturas", size=4)
    emitir_pe_serie_boleta = fields.Char(string="Boletas", size=4)
    emitir_pe_serie_nc_factura = fields.Char(string="Notas de crédito of facturas", size=4)
    emitir_pe_serie_nc_boleta = fields.Char(string="Notas de crédito of boletas", size=4)
    emitir_pe_serie_nd_factura = fields.Char(string="Notas de débito of facturas", size=4)
    emitir_pe_serie_nd_boleta = fields.Char(string="Notas de débito of boletas", size=4)

    @api.onchange("emitir_electronico")
    def _onchange_emitir_pe_electronico(self):
        """Propose series that no other journal of the company uses."""
        if self.emitir_electronico and self.company_id.account_fiscal_country_id.code == "PE":
            for field, value in self._emitir_pe_series_libres().items():
                self[field] = self[field] or value

    def _emitir_pe_series_libres(self):
        """First free series of each kind: F001, B001, FC01 …"""
        others = self.search([("company_id", "=", self.company_id.id), ("id", "!=", self._origin.id)])
        used = {journal[field] for journal in others for field in CAMPO_DE_SERIE.values()}
        heads = {"f": ("F", 3), "b": ("B", 3), "c": ("C", 2), "d": ("D", 2)}
        free = {}
        for (tipo, boleta), field in CAMPO_DE_SERIE.items():
            head, digits = heads[tipo]
            prefix = head if tipo in "fb" else ("B" if boleta else "F") + head
            number = 1
            while f"{prefix}{number:0{digits}d}" in used:
                number += 1
            free[field] = f"{prefix}{number:0{digits}d}"
        return free

    @api.constrains("emitir_electronico", *CAMPO_DE_SERIE.values())
    def _check_emitir_pe_series(self):
        for journal in self.filtered("emitir_electronico"):
            if journal.company_id.account_fiscal_country_id.code != "PE":
                continue
            own = {}
            for (_tipo, boleta), field in CAMPO_DE_SERIE.items():
                serie = journal[field]
                if not serie:
                    continue
                letter = "B" if boleta else "F"
                label = journal._fields[field]._description_string(self.env)
                if not _SERIE.fullmatch(serie) or serie[0] != letter:
                    raise ValidationError(
                        self.env._(
                            "%(label)s: the serie has four capital letters or digits and begins with %(letter)s, "
                            "for example %(letter)s001; it says “%(serie)s”.",
                            label=label,
                            letter=letter,
                            serie=serie,
                        )
                    )
                if serie in own:
                    raise ValidationError(
                        self.env._(
                            "The serie %(serie)s stands in “%(one)s” and in “%(other)s”: each needs its own.",
                            serie=serie,
                            one=own[serie],
                            other=label,
                        )
                    )
                own[serie] = label
            journal._emitir_pe_comprobar_ajenas(own)

    def _emitir_pe_comprobar_ajenas(self, own):
        """Two journals never share a serie: their numbers would collide at SUNAT."""
        others = self.search(
            [
                ("company_id", "=", self.company_id.id),
                ("id", "!=", self.id),
                ("emitir_electronico", "=", True),
            ]
        )
        for other in others:
            shared = set(own) & {other[field] for field in CAMPO_DE_SERIE.values() if other[field]}
            if shared:
                raise ValidationError(
                    self.env._(
                        "The serie %(serie)s belongs to the journal “%(journal)s”.",
                        serie=min(shared),
                        journal=other.display_name,
                    )
                )
