from odoo import models


class AccountMove(models.Model):
    """Serie and correlativo from Odoo's own sequence: F001-1, F001-2 …, one count for each serie."""

    _inherit = "account.move"

    def _emitir_pe_numera(self):
        """Whether this module numbers the document."""
        return bool(
            self.journal_id.emitir_electronico
            and self.move_type in ("out_invoice", "out_refund")
            and self._emitir_tipo()
            and self._emitir_pe_serie()
        )

    def _get_starting_sequence(self):
        if self._emitir_pe_numera():
            return f"{self._emitir_pe_serie()}-0"
        return super()._get_starting_sequence()

    def _get_last_sequence_domain(self, relaxed=False):
        if not self._emitir_pe_numera():
            return super()._get_last_sequence_domain(relaxed)
        # A serie counts on for ever: none of the searches for a period that the general case makes.
        where = "WHERE journal_id = %(journal_id)s AND name != '/' AND sequence_prefix = %(emitir_pe_serie)s"
        return where, {"journal_id": self.journal_id.id, "emitir_pe_serie": f"{self._emitir_pe_serie()}-"}

    def _inverse_l10n_latam_document_number(self):
        """The number as it is written in the form: F001-15, without a prefix before it."""
        own = self.filtered(lambda move: move._emitir_pe_numera())
        for move in own:
            move.name = (move.l10n_latam_document_number or "").strip().upper() or False
        return super(AccountMove, self - own)._inverse_l10n_latam_document_number()

    def _emitir_pe_numero(self):
        """Serie and number of a posted document; the number is None when its name is of another form."""
        serie, _, number = (self.name or "").rpartition("-")
        return serie, int(number) if number.isdigit() else None
