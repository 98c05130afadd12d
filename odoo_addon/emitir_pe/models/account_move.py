from datetime import UTC, datetime, time, timedelta, timezone

from odoo import api, fields, models

from .account_journal import CAMPO_DE_SERIE
from .catalogos import MOTIVOS_CREDITO, MOTIVOS_DEBITO, OPERACIONES

#: Catalog 01 (as l10n_latam's document types carry it) to the letter of the service.
TIPOS = {"01": "f", "03": "b", "07": "c", "08": "d"}
LIMA = timezone(timedelta(hours=-5))
#: Days after the date of issue in which SUNAT takes a document: rules 2108 and 1079.
DIAS_DE_FACTURA, DIAS_DE_BOLETA = 3, 5
#: Days after the date of issue in which it may be annulled: rule 2957.
DIAS_DE_BAJA = 7


class AccountMove(models.Model):
    """Facturas, boletas and notas: which is which, their defaults, their deadlines."""

    _inherit = "account.move"

    emitir_pe_motivo_credito = fields.Selection(
        MOTIVOS_CREDITO, string="Reason of the nota de crédito", copy=False
    )
    emitir_pe_motivo_debito = fields.Selection(
        MOTIVOS_DEBITO, string="Reason of the nota de débito", copy=False
    )
    emitir_pe_sustento = fields.Char(string="Explanation", size=500, copy=False)
    emitir_pe_operacion = fields.Selection(
        OPERACIONES,
        string="Kind of operation",
        help="When it is empty it follows from the rest of the invoice.",
    )
    emitir_pe_orden_compra = fields.Char(string="Purchase order", size=20, copy=False)
    emitir_pe_cliente_alerta = fields.Boolean(related="commercial_partner_id.emitir_pe_alerta")
    emitir_pe_cliente_estado = fields.Char(related="commercial_partner_id.emitir_pe_estado")
    emitir_pe_cliente_condicion = fields.Char(related="commercial_partner_id.emitir_pe_condicion")
    emitir_pe_es = fields.Boolean(compute="_compute_emitir_pe_es")
    emitir_pe_letra = fields.Char(compute="_compute_emitir_pe_es")

    @api.depends("emitir_electronico", "l10n_latam_document_type_id")
    def _compute_emitir_pe_es(self):
        for move in self:
            move.emitir_pe_letra = move._emitir_tipo() if move.country_code == "PE" else ""
            move.emitir_pe_es = bool(move.emitir_electronico and move.emitir_pe_letra)

    def _emitir_tipo(self):
        self.ensure_one()
        if self.company_id.account_fiscal_country_id.code != "PE" or not self.l10n_latam_use_documents:
            return super()._emitir_tipo()
        return TIPOS.get(self.l10n_latam_document_type_id.code, "")

    @api.depends("l10n_latam_document_type_id", "journal_id.l10n_latam_use_documents")
    def _compute_emitir_electronico(self):
        return super()._compute_emitir_electronico()

    def _emitir_pe_de_boleta(self):
        """Whether this is a boleta or a nota about one: its serie begins with B."""
        return self.l10n_latam_document_type_id.doc_code_prefix == "B"

    def _emitir_pe_serie(self):
        """The journal's serie for this kind of document, or an empty text."""
        field = CAMPO_DE_SERIE.get((self._emitir_tipo(), self._emitir_pe_de_boleta()))
        return (field and self.journal_id[field]) or ""

    def _emitir_pe_origen(self):
        """The invoice that a nota modifies."""
        return self.reversed_entry_id or self.debit_origin_id

    # Which document it is.

    def _get_l10n_latam_documents_domain(self):
        domain = super()._get_l10n_latam_documents_domain()
        if not self.journal_id.emitir_electronico or self.company_id.account_fiscal_country_id.code != "PE":
            return domain
        domain.append(("code", "in", list(TIPOS)))
        origin = self._emitir_pe_origen()
        if origin:
            # A nota takes the letter of what it modifies, whoever the customer is.
            domain = [part for part in domain if not (isinstance(part, tuple) and part[0] == "id")]
            domain.append(("doc_code_prefix", "=", origin.l10n_latam_document_type_id.doc_code_prefix))
        return domain

    @api.depends("reversed_entry_id")
    def _compute_l10n_latam_available_document_types(self):
        return super()._compute_l10n_latam_available_document_types()

    # Deadlines.

    def _emitir_plazo(self):
        if not self._emitir_tipo() or not self.invoice_date:
            return super()._emitir_plazo()
        days = DIAS_DE_BOLETA if self._emitir_pe_de_boleta() else DIAS_DE_FACTURA
        end = datetime.combine(self.invoice_date + timedelta(days=days + 1), time(0), LIMA)
        return end.astimezone(UTC).replace(tzinfo=None)

    def _emitir_aviso_de_baja(self):
        if self.emitir_pe_letra and self.invoice_date:
            last = self.invoice_date + timedelta(days=DIAS_DE_BAJA)
            today = fields.Datetime.now().replace(tzinfo=UTC).astimezone(LIMA).date()
            if today > last:
                return self.env._(
                    "SUNAT annuls a comprobante up to %(days)s days after its date; for this one that was %(last)s. "
                    "Issue a nota de crédito instead.",
                    days=DIAS_DE_BAJA,
                    last=last.strftime("%d/%m/%Y"),
                )
        return super()._emitir_aviso_de_baja()
