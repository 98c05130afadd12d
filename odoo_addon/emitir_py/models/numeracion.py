from odoo import models
from odoo.exceptions import ConcurrencyError
from psycopg2 import IntegrityError

#: A timbrado of electronic documents does not expire; Odoo's model of it wants a day.
SIN_FIN = "2099-12-31"
MAXIMO = 9_999_999


class AccountMove(models.Model):
    """Numbers from Odoo's own sequence, one count for each document and punto: FE 001-001-0000001.

    l10n_py_account counts by itself from its timbrado (``account.authorization``); here it is given that of
    the settings, and its number is made that of the sequence.
    """

    _inherit = "account.move"

    def _emitir_py_numera(self):
        """Whether this module numbers the document."""
        return bool(
            self._emitir_py_en_paraguay()
            and self.journal_id.emitir_electronico
            and self.move_type in self._emitir_asientos()
            and self._emitir_tipo()
        )

    def _emitir_py_prefijo(self):
        return f"{self.l10n_latam_document_type_id.doc_code_prefix} {self.journal_id._emitir_py_serie()}-"

    def _is_manual_document_number(self):
        return super()._is_manual_document_number() and not self._emitir_py_numera()

    def _get_starting_sequence(self):
        if self._emitir_py_numera():
            return f"{self._emitir_py_prefijo()}0000000"
        return super()._get_starting_sequence()

    def _get_last_sequence_domain(self, relaxed=False):
        if not self._emitir_py_numera():
            return super()._get_last_sequence_domain(relaxed)
        where = (
            "WHERE journal_id = %(journal_id)s AND name != '/' AND sequence_prefix = %(emitir_py_prefijo)s"
        )
        return where, {"journal_id": self.journal_id.id, "emitir_py_prefijo": self._emitir_py_prefijo()}

    def _emitir_py_numero(self):
        """Serie (001-001) and number of a document that has its name; None when it is of another form."""
        serie, _, number = (self.name or "").rpartition(" ")[2].rpartition("-")
        return serie, int(number) if number.isdigit() else None

    # The timbrado of l10n_py_account.

    def action_post(self):
        for move in self.filtered(lambda move: move.is_sale_document() and move._emitir_py_numera()):
            move._emitir_py_poner_timbrado()
        return super().action_post()

    def _post(self, soft=True):
        posted = super()._post(soft=soft)
        for move in posted.filtered(lambda move: move.is_sale_document() and move._emitir_py_numera()):
            move._emitir_py_poner_timbrado()
            number = move._emitir_py_numero()[1]
            if number and move.l10n_py_invoice_number != number:
                move.l10n_py_invoice_number = number
        return posted

    def _emitir_py_poner_timbrado(self):
        """The timbrado of the settings for this document, made when it is needed first.

        Its row is touched: of two who post at once Odoo repeats the second, which then sees the number of the
        first. l10n_py_account alone would give both the same.
        """
        company, journal = self.company_id, self.journal_id
        if not company.emitir_py_timbrado:
            return
        values = {
            "name": company.emitir_py_timbrado,
            "establishment": journal.l10n_py_establishment,
            "expedition_point": journal.l10n_py_point,
            "series": "AA",
            "l10n_latam_document_type_id": self.l10n_latam_document_type_id.id,
            "company_id": company.id,
        }
        timbrados = self.env["account.authorization"].sudo()
        timbrado = timbrados.search([(name, "=", value) for name, value in values.items()], limit=1)
        if not timbrado:
            start = company.emitir_py_timbrado_inicio or self.invoice_date
            rest = {"date_to": SIN_FIN, "invoice_number_from": 1, "invoice_number_to": MAXIMO}
            try:
                with self.env.cr.savepoint():
                    timbrado = timbrados.create({**values, "date_from": start, **rest})
            except IntegrityError as error:
                # Somebody else has made it since this transaction began: Odoo repeats this one, which then sees it.
                raise ConcurrencyError(str(error)) from error
        self.env.cr.execute(
            "UPDATE account_authorization SET write_date = now() WHERE id = %s", (timbrado.id,)
        )
        if self.l10n_py_authorization_id != timbrado:
            self.l10n_py_authorization_id = timbrado
