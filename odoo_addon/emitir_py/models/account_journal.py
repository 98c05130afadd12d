from odoo import api, fields, models
from odoo.exceptions import ValidationError


class AccountJournal(models.Model):
    """An electronic journal is one establecimiento and punto de expedición: no two of them share one."""

    _inherit = "account.journal"

    emitir_py_remision_id = fields.Many2one(
        "ir.sequence", string="Count of remisiones", readonly=True, copy=False, groups="base.group_system"
    )

    def _emitir_py_siguiente_remision(self):
        """The next number of a remisión of this punto, without gaps."""
        self.ensure_one()
        if not self.emitir_py_remision_id:
            self.emitir_py_remision_id = self.env["ir.sequence"].create(
                {
                    "name": f"Remisiones {self._emitir_py_serie()}",
                    "implementation": "no_gap",
                    "company_id": self.company_id.id,
                }
            )
        return int(self.emitir_py_remision_id.next_by_id())

    def _emitir_py_serie(self):
        """Establecimiento and punto: 001-001."""
        self.ensure_one()
        return f"{self.l10n_py_establishment or ''}-{self.l10n_py_point or ''}"

    @api.constrains("emitir_electronico", "l10n_py_establishment", "l10n_py_point")
    def _check_emitir_py_serie(self):
        for journal in self.filtered("emitir_electronico"):
            if journal.company_id.account_fiscal_country_id.code != "PY":
                continue
            domain = [
                ("company_id", "=", journal.company_id.id),
                ("type", "=", journal.type),
                ("emitir_electronico", "=", True),
                ("l10n_py_establishment", "=", journal.l10n_py_establishment),
                ("l10n_py_point", "=", journal.l10n_py_point),
                ("id", "!=", journal.id),
            ]
            other = self.search(domain, limit=1)
            if other:
                raise ValidationError(
                    self.env._(
                        "%(serie)s belongs to the journal “%(journal)s”: each has a punto de expedición of its own.",
                        serie=journal._emitir_py_serie(),
                        journal=other.display_name,
                    )
                )
