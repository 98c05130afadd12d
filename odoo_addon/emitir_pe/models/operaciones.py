from decimal import Decimal

from odoo import api, fields, models

from .detracciones import BIENES, PORCENTAJES
from .lineas import cents, dec, text

#: Detracción is asked for from this amount on, in soles (RS 183-2004, services).
MINIMO_DETRACCION = 700
#: Percent of the retención del IGV (RS 033-2014).
RETENCION = Decimal(3)
HUNDRED = Decimal(100)
SOL = Decimal(1)


class ProductTemplate(models.Model):
    _inherit = "product.template"

    emitir_pe_detraccion = fields.Selection(BIENES, string="Detracción", help="Catalog 54 of SUNAT.")
    emitir_pe_unspsc = fields.Char(string="SUNAT product code", size=8, help="UNSPSC code, eight digits.")


class AccountMove(models.Model):
    """What is held back from the price or comes with it: detracción, retención, percepción, guías."""

    _inherit = "account.move"

    emitir_pe_detraccion = fields.Selection(
        BIENES,
        string="Detracción",
        compute="_compute_emitir_pe_detraccion",
        store=True,
        readonly=False,
        help="Good or service of catalog 54; by default that of the products, from S/ 700 on.",
    )
    emitir_pe_detraccion_porcentaje = fields.Float(
        string="Detracción (%)",
        digits=(5, 2),
        compute="_compute_emitir_pe_detraccion_porcentaje",
        store=True,
        readonly=False,
    )
    emitir_pe_detraccion_monto = fields.Float(
        string="Detracción in soles", digits=(16, 2), compute="_compute_emitir_pe_detraccion_monto"
    )
    emitir_pe_retencion = fields.Boolean(
        string="Retención del IGV (3 %)",
        compute="_compute_emitir_pe_retencion",
        store=True,
        readonly=False,
        help="The customer is an agente de retención and holds back 3 % of the total.",
    )
    emitir_pe_percepcion = fields.Selection(
        [
            ("01", "01 Venta interna (2 %)"),
            ("02", "02 Combustible (1 %)"),
            ("03", "03 Tasa especial (0.5 %)"),
        ],
        string="Percepción",
        copy=False,
    )
    emitir_pe_guias = fields.Char(
        string="Guías de remisión", copy=False, help="Numbers, separated by commas: T001-8, EG01-15."
    )

    @api.depends("invoice_line_ids.product_id", "amount_total", "l10n_latam_document_type_id", "move_type")
    def _compute_emitir_pe_detraccion(self):
        for move in self:
            codes = move.invoice_line_ids.product_id.mapped("emitir_pe_detraccion")
            codes = [code for code in codes if code]
            factura = move.move_type == "out_invoice" and move._emitir_tipo() == "f"
            applies = (
                factura and codes and abs(move._emitir_pe_en_soles(move.amount_total)) > MINIMO_DETRACCION
            )
            move.emitir_pe_detraccion = (
                max(codes, key=lambda code: PORCENTAJES.get(code, 0)) if applies else False
            )

    @api.depends("emitir_pe_detraccion")
    def _compute_emitir_pe_detraccion_porcentaje(self):
        for move in self:
            move.emitir_pe_detraccion_porcentaje = PORCENTAJES.get(move.emitir_pe_detraccion, 0.0)

    @api.depends("emitir_pe_detraccion", "emitir_pe_detraccion_porcentaje", "amount_total", "currency_id")
    def _compute_emitir_pe_detraccion_monto(self):
        for move in self:
            move.emitir_pe_detraccion_monto = float(move._emitir_pe_detraccion_soles())

    @api.depends("partner_id", "move_type", "amount_total", "l10n_latam_document_type_id")
    def _compute_emitir_pe_retencion(self):
        for move in self:
            agent = move.commercial_partner_id.emitir_pe_agente_retencion
            large = abs(move._emitir_pe_en_soles(move.amount_total)) > MINIMO_DETRACCION
            factura = move.move_type == "out_invoice" and move._emitir_tipo() == "f"
            move.emitir_pe_retencion = bool(agent and large and factura and not move.emitir_pe_detraccion)

    def _emitir_pe_en_soles(self, amount):
        """An amount of this invoice in the currency of its company, at the invoice's rate."""
        rate = self.invoice_currency_rate or 1.0
        return amount / rate if self.currency_id != self.company_id.currency_id else amount

    def _emitir_pe_tipo_cambio(self):
        """Soles for a unit of the invoice's currency, or None for soles."""
        if self.currency_id.name == "PEN":
            return None
        return dec(1 / (self.invoice_currency_rate or 1.0), 3)

    def _emitir_pe_detraccion_soles(self):
        """The detracción in whole soles, as Banco de la Nación takes it."""
        if not self.emitir_pe_detraccion:
            return Decimal(0)
        rate = self._emitir_pe_tipo_cambio() or SOL
        exact = (
            cents(dec(self.amount_total, 6)) * rate * dec(self.emitir_pe_detraccion_porcentaje, 2) / HUNDRED
        )
        return exact.quantize(SOL, rounding="ROUND_HALF_UP")

    def _emitir_pe_descuentos_del_pago(self):
        """What the customer does not pay to the seller, in the invoice's currency: detracción and retención."""
        held = Decimal(0)
        if self.emitir_pe_detraccion:
            held += cents(self._emitir_pe_detraccion_soles() / (self._emitir_pe_tipo_cambio() or SOL))
        if self.emitir_pe_retencion:
            held += self._emitir_pe_retencion_monto()
        return held

    def _emitir_pe_retencion_monto(self):
        return cents(cents(dec(self.amount_total, 6)) * RETENCION / HUNDRED)

    def _emitir_pe_operaciones(self):
        """Properties of the service for all this; nothing that does not apply."""
        found = {}
        if self.emitir_pe_detraccion:
            found.update(
                detraccion_codigo=self.emitir_pe_detraccion,
                detraccion_porcentaje=text(dec(self.emitir_pe_detraccion_porcentaje, 2)),
                detraccion_monto=text(cents(self._emitir_pe_detraccion_soles())),
            )
        if self.emitir_pe_retencion:
            found.update(
                retencion_porcentaje=text(RETENCION), retencion_monto=text(self._emitir_pe_retencion_monto())
            )
        if self.emitir_pe_percepcion:
            found["percepcion_regimen"] = self.emitir_pe_percepcion
        if self._emitir_pe_tipo_cambio() and (self.emitir_pe_detraccion or self.emitir_pe_percepcion):
            found["tipo_cambio"] = text(self._emitir_pe_tipo_cambio())
        guias = [part.strip() for part in (self.emitir_pe_guias or "").split(",") if part.strip()]
        if guias:
            found["guias"] = [{"tipo": "09", "numero": number} for number in guias]
        establishment = self.journal_id.emitir_establecimiento
        if establishment and establishment != "0000":
            found["establecimiento"] = establishment
        return found
