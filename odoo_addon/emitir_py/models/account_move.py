from datetime import UTC, datetime, time, timedelta, timezone

from odoo import api, fields, models

from .catalogos import MOTIVOS, TIPOS

ASUNCION = timezone(timedelta(hours=-3))
#: Hours after which SIFEN takes a document only with an observation (1005), and no more at all (1150).
HORAS_SIN_OBSERVACION, HORAS_DE_ATRASO = 72, 720
#: Hours after the approval within which a factura, and every other document, is cancelled (4009, 4010).
HORAS_DE_BAJA_FACTURA, HORAS_DE_BAJA = 48, 168


class AccountMove(models.Model):
    """Facturas, autofacturas and notas of SIFEN: which is which, their deadlines."""

    _inherit = "account.move"

    emitir_py_motivo = fields.Selection(MOTIVOS, string="Reason of the nota", copy=False)
    emitir_py_es = fields.Boolean(compute="_compute_emitir_py_es")
    emitir_py_letra = fields.Char(compute="_compute_emitir_py_es")
    emitir_py_innominada = fields.Boolean(compute="_compute_emitir_py_innominada")

    @api.depends("emitir_electronico", "l10n_latam_document_type_id")
    def _compute_emitir_py_es(self):
        for move in self:
            move.emitir_py_letra = move._emitir_tipo() if move._emitir_py_en_paraguay() else ""
            move.emitir_py_es = bool(move.emitir_electronico and move.emitir_py_letra)

    @api.depends("commercial_partner_id.vat", "emitir_comprobante_id.estado", "l10n_latam_document_type_id")
    def _compute_emitir_py_innominada(self):
        for move in self:
            sent = move.emitir_comprobante_id.sudo()._propiedades() if move.emitir_comprobante_id else {}
            move.emitir_py_innominada = bool(
                move._emitir_py_en_paraguay()
                and move.emitir_situacion in ("aceptado", "observado")
                and sent.get("tipo") == "f"
                and not sent.get("numero_doc")
            )

    def _emitir_py_en_paraguay(self):
        return self.company_id.account_fiscal_country_id.code == "PY"

    def _emitir_tipo(self):
        self.ensure_one()
        if not self._emitir_py_en_paraguay() or not self.l10n_latam_use_documents:
            return super()._emitir_tipo()
        letra = TIPOS.get(self.l10n_latam_document_type_id.code, "")
        # The only purchase that the buyer issues is the autofactura, and only a purchase is one.
        return letra if (letra == "a") == (self.move_type == "in_invoice") else ""

    def _emitir_asientos(self):
        return (*super()._emitir_asientos(), "in_invoice")

    @api.depends("l10n_latam_document_type_id", "journal_id.l10n_latam_use_documents")
    def _compute_emitir_electronico(self):
        return super()._compute_emitir_electronico()

    def _emitir_py_origen(self):
        """The invoice that a nota modifies."""
        return self.reversed_entry_id or self.debit_origin_id

    def _get_l10n_latam_documents_domain(self):
        domain = super()._get_l10n_latam_documents_domain()
        if self._emitir_py_en_paraguay() and self.journal_id.emitir_electronico:
            # A remisión is made from its invoice; an autofactura is the only purchase that is issued.
            codes = ("4",) if self.journal_id.type == "purchase" else ("1", "5", "6")
            domain.append(("code", "in", codes))
        return domain

    # Deadlines.

    def _emitir_plazo(self):
        if not self._emitir_py_en_paraguay() or not self._emitir_tipo() or not self.invoice_date:
            return super()._emitir_plazo()
        start = datetime.combine(self.invoice_date + timedelta(days=1), time(0), ASUNCION)
        return (start + timedelta(hours=HORAS_SIN_OBSERVACION)).astimezone(UTC).replace(tzinfo=None)

    def _emitir_aviso_de_baja(self):
        record = self.emitir_comprobante_id
        if not self.emitir_py_letra or not record.respondido_en:
            return super()._emitir_aviso_de_baja()
        hours = HORAS_DE_BAJA_FACTURA if self.emitir_py_letra == "f" else HORAS_DE_BAJA
        last = record.respondido_en + timedelta(hours=hours)
        if fields.Datetime.now() <= last:
            return super()._emitir_aviso_de_baja()
        return self.env._(
            "SIFEN cancels this document up to %(hours)s hours after its approval; that was %(last)s. Issue a nota "
            "de crédito instead.",
            hours=hours,
            last=last.replace(tzinfo=UTC).astimezone(ASUNCION).strftime("%d/%m/%Y %H:%M"),
        )
