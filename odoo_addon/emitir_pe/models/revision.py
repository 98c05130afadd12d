from datetime import UTC, timedelta
from decimal import Decimal

from odoo import fields, models

from .account_move import DIAS_DE_BOLETA, DIAS_DE_FACTURA, LIMA
from .lineas import cents, dec
from .solicitud import CON_PAIS_DE_USO

#: What SUNAT tolerates between a total and its formula (rules 3271 to 3291).
TOLERANCIA = Decimal(1)
#: Rounding that a total may carry, up or down.
REDONDEO = Decimal(1)
#: A sale above this names its buyer: Reglamento de Comprobantes de Pago, art. 8.
LIMITE_SIN_IDENTIDAD = Decimal(700)
HUNDRED = Decimal(100)


class AccountMove(models.Model):
    """What keeps an invoice from being issued, told before it is posted. Nobody is called.

    The figures are those of Odoo; the formulas those of the service (docs/decisions/0001-rounding.md), so
    that what is posted is what SUNAT receives, to the cent.
    """

    _inherit = "account.move"

    def _emitir_problemas(self, solicitud):
        problems = super()._emitir_problemas(solicitud)
        if self._emitir_tipo():
            problems += [
                *self._emitir_pe_problemas_de_numero(solicitud),
                *self._emitir_pe_problemas_de_fecha(solicitud),
                *self._emitir_pe_problemas_de_cliente(solicitud),
                *self._emitir_pe_problemas_de_nota(solicitud),
                *self._emitir_pe_problemas_de_importes(solicitud),
            ]
        return problems

    def _emitir_pe_problemas_de_numero(self, solicitud):
        expected = self._emitir_pe_serie()
        if not expected:
            yield self.env._(
                "The journal “%(journal)s” has no serie for %(document)s: fill it in, in the journal's page "
                "“Electronic invoicing”.",
                journal=self.journal_id.display_name,
                document=self.l10n_latam_document_type_id.display_name,
            )
        elif solicitud["serie"] != expected or not 1 <= solicitud["numero"] <= 99_999_999:
            yield self.env._(
                "Its number is %(number)s and the serie of the journal is %(serie)s: it should be like %(serie)s-1.",
                number=self.name,
                serie=expected,
            )

    def _emitir_pe_problemas_de_fecha(self, solicitud):
        today = fields.Datetime.now().replace(tzinfo=UTC).astimezone(LIMA).date()
        days = DIAS_DE_BOLETA if self._emitir_pe_de_boleta() else DIAS_DE_FACTURA
        if self.invoice_date > today:
            yield self.env._(
                "Its date, %s, is later than today in Lima.", self.invoice_date.strftime("%d/%m/%Y")
            )
        elif self.invoice_date + timedelta(days=days) < today:
            yield self.env._(
                "Its date, %(day)s, is too old: SUNAT takes it up to %(days)s days later.",
                day=self.invoice_date.strftime("%d/%m/%Y"),
                days=days,
            )

    def _emitir_pe_problemas_de_cliente(self, solicitud):
        partner = self.commercial_partner_id
        if solicitud["tipo"] == "f" and solicitud.get("tipo_doc") != "6" and not self._emitir_pe_exporta():
            yield self.env._(
                "A factura goes to a RUC and %s has none: choose the document type “Boleta”, or fill in the RUC.",
                partner.display_name,
            )
        if self.emitir_pe_operacion in CON_PAIS_DE_USO and solicitud.get("pais_uso") in (None, "PE"):
            yield self.env._(
                "The exported service is used abroad: fill in the country of %s.", partner.display_name
            )
        nobody = solicitud["tipo"] == "b" and solicitud.get("tipo_doc") in (None, "-")
        large = self.currency_id.name == "PEN" and cents(dec(self.amount_total, 6)) > LIMITE_SIN_IDENTIDAD
        if nobody and large:
            yield self.env._(
                "A boleta of more than S/ 700.00 names its buyer: fill in the DNI or RUC of %s.",
                partner.display_name,
            )

    def _emitir_pe_exporta(self):
        """An export: its factura goes to somebody without RUC."""
        codes = set(self.invoice_line_ids.mapped("emitir_pe_afectacion")) - {False}
        return (self.emitir_pe_operacion or "").startswith(("02", "04")) or codes == {"40"}

    def _emitir_pe_problemas_de_nota(self, solicitud):
        if solicitud["tipo"] in "fb":
            return
        origin = self._emitir_pe_origen()
        if not solicitud["motivo"]:
            yield self.env._("Choose the reason of the nota.")
        if len(solicitud["sustento"]) < 1:
            yield self.env._("Write the explanation of the nota.")
        if not origin:
            yield self.env._(
                "A nota modifies an invoice: make it from the invoice with “Credit Note” or “Debit Note”."
            )
        elif origin.emitir_comprobante_id and origin.emitir_situacion not in ("aceptado", "observado"):
            yield self.env._("%s has not been accepted yet: its nota has to wait.", origin.display_name)

    def _emitir_pe_problemas_de_importes(self, solicitud):
        """The lines of the service against the totals of Odoo, and the IGV against its rate."""
        lineas, total = solicitud.lineas, Decimal(solicitud.redondeo)
        if abs(total) > REDONDEO:
            yield self.env._("The rounding of the total may be 1.00 at most; it is %s.", total)
        base = igv = Decimal(0)
        rates = set()
        for linea in lineas:
            yield from self._emitir_pe_problemas_de_linea(linea)
            total += linea.importe
            if linea.pide_tasa:
                rates.add(linea.tasa)
                base += linea.valor + linea.isc
                igv += linea.igv
        if len(rates) > 1:
            yield self.env._("Its lines have IGV of different rates: make an invoice for each.")
        elif rates and any(linea.ivap for linea in lineas):
            yield self.env._("Rice with IVAP goes in an invoice of its own, without lines of IGV.")
        elif rates and abs(igv - base * min(rates) / HUNDRED) > TOLERANCIA:
            yield self.env._(
                "The IGV is %(igv)s and its rate on %(base)s gives %(expected)s.",
                igv=igv,
                base=base,
                expected=cents(base * min(rates) / HUNDRED),
            )
        stated = cents(dec(self.amount_total, 6))
        if total != stated:
            yield self.env._(
                "The lines with their taxes add up to %(lines)s and the invoice says %(total)s: the comprobante "
                "would differ from Odoo.",
                lines=total,
                total=stated,
            )

    def _emitir_pe_problemas_de_linea(self, linea):
        if linea.otros:
            yield self.env._(
                "“%(line)s” has the tax “%(tax)s”, which a comprobante does not carry.",
                line=linea.nombre,
                tax=linea.otros[0].name,
            )
        if not linea.afectacion:
            yield self.env._(
                "“%s” has no tax: choose IGV, exonerado, inafecto or another affectation.", linea.nombre
            )
        elif linea.gratuita:
            if linea.cantidad <= 0 or not linea.line.price_unit:
                yield self.env._("“%s” is given away: write the price that it would have.", linea.nombre)
        elif linea.negativa:
            if self._emitir_tipo() not in "fb":
                yield self.env._("“%s”: a nota has no lines with a negative amount.", linea.nombre)
        elif linea.cantidad <= 0 or linea.valor <= 0:
            yield self.env._(
                "“%s” costs nothing: write its price, or choose an affectation of what is given away.",
                linea.nombre,
            )
