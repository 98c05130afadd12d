from decimal import ROUND_HALF_UP, Decimal

from odoo import fields, models

from .catalogos import GRATUITAS

CENT = Decimal("0.01")
TEN = Decimal("1E-10")
ZERO = Decimal(0)
HUNDRED = Decimal(100)
#: Tax codes of l10n_pe whose amount is zero: what they say is the affectation.
SIN_MONTO = ("9995", "9996", "9997", "9998")


def dec(value, places=10):
    """A float of Odoo as the decimal that it stands for."""
    return Decimal(repr(float(value))).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def text(value):
    """A figure for the service: no exponent, no trailing zeros."""
    written = format(value, "f")
    return written.rstrip("0").rstrip(".") if "." in written else written


def cents(value):
    """Two decimals, half up."""
    return Decimal(value).quantize(CENT, ROUND_HALF_UP)


class AccountMoveLine(models.Model):
    _inherit = "account.move.line"

    emitir_pe_anticipo_id = fields.Many2one(
        "account.move",
        string="Deducts the anticipo",
        domain="[('move_type', '=', 'out_invoice'), ('state', '=', 'posted'), ('partner_id', '=', partner_id)]",
        copy=False,
        check_company=True,
        help="On a line with a negative amount: the invoice of the payment in advance that it takes off.",
    )


class Linea:
    """One line with its figures: ``valor`` without taxes, ``igv``, ``icbper``, ``isc``; sums exact to the cent.

    ``otros``: taxes with an amount that a comprobante cannot carry. ``bruto``: value before the discount.
    """

    def __init__(self, line, quantity, valor, bruto):
        self.line = line
        self.cantidad = quantity
        self.valor = valor
        self.bruto = bruto
        self.igv = self.icbper = self.isc = ZERO
        self.tasa = self.tasa_isc = None
        self.tipo_isc = ""
        self.ivap = False
        self.incluido = False
        self.otros = []
        self.afectacion = line.emitir_pe_afectacion or ""

    @property
    def gratuita(self):
        """Given away: told with what it would cost, paid by nobody."""
        return self.afectacion in GRATUITAS

    @property
    def negativa(self):
        """Takes something off the whole: a discount or an anticipo."""
        return not self.gratuita and self.valor < 0

    @property
    def pide_tasa(self):
        """Its rate is the invoice's rate of IGV."""
        return self.tasa is not None and not self.gratuita and not self.ivap

    @property
    def nombre(self):
        """First line of the description."""
        return (self.line.name or self.line.product_id.display_name or "").split("\n")[0]

    @property
    def importe(self):
        """What the customer pays for it."""
        return ZERO if self.gratuita else self.valor + self.igv + self.icbper + self.isc

    def tributo(self, tax, amount):
        """Add one tax of Odoo with its amount."""
        code = tax.l10n_pe_edi_tax_code
        if code in ("1000", "1016"):
            # The IVAP of rice takes the place of the IGV, with a rate of its own.
            self.ivap = code == "1016"
            self.igv += amount
            self.tasa = dec(tax.amount, 4)
            self.incluido = bool(tax.price_include)
        elif code == "7152":
            self.icbper += amount
        elif code == "2000":
            self.isc += amount
            self.tipo_isc = tax.l10n_pe_edi_isc_type or "01"
            self.tasa_isc = dec(tax.amount, 4)
        elif amount and code not in SIN_MONTO and not self.gratuita:
            self.otros.append(tax)


class AccountMove(models.Model):
    """Lines with the figures of Odoo's tax engine, cents spread as Odoo spreads them."""

    _inherit = "account.move"

    def _emitir_pe_lineas(self):
        """Every product line as :class:`Linea`, and the rounding of the total."""
        base_lines, _tax_lines = self._get_rounded_base_and_tax_lines()
        found, rounding = [], ZERO
        for base_line in base_lines:
            record, details = base_line["record"], base_line["tax_details"]
            excluded = details["total_excluded_currency"] + details.get("delta_total_excluded_currency", 0.0)
            valor = cents(dec(excluded, 6))
            if record._name != "account.move.line" or record.display_type != "product":
                rounding += valor
                continue
            discount = 1 - dec(base_line["discount"]) / HUNDRED
            bruto = valor / discount if discount else valor
            linea = Linea(record, dec(base_line["quantity"]), valor, bruto)
            for data in details["taxes_data"]:
                linea.tributo(data["tax"], cents(dec(data["tax_amount_currency"], 6)))
            found.append(linea)
        return found, rounding

    def _emitir_pe_items(self, lineas):
        """``items`` of the service, and what negative lines take off the whole."""
        items, deductions = [], {}
        for linea in lineas:
            if not linea.cantidad:
                continue
            if linea.negativa:
                self._emitir_pe_deducir(linea, deductions)
            else:
                items.append(self._emitir_pe_item(linea))
        if deductions.get("descuento_global"):
            deductions["descuento_global"] = text(deductions["descuento_global"])
        return items, deductions

    def _emitir_pe_item(self, linea):
        line = linea.line
        item = {
            "unidad": line._emitir_pe_unidad(),
            "cantidad": text(linea.cantidad),
            "descripcion": " ".join((line.name or line.product_id.display_name or "").split())[:500],
            "afectacion_igv": linea.afectacion,
        }
        if line.product_id.default_code:
            item["codigo"] = line.product_id.default_code[:30]
        if line.product_id.emitir_pe_unspsc:
            item["codigo_sunat"] = line.product_id.emitir_pe_unspsc
        if linea.gratuita:
            # What it would have cost, without IGV: the service computes the rest, which nobody pays.
            price = dec(line.price_unit)
            if linea.incluido and linea.tasa:
                price /= 1 + linea.tasa / HUNDRED
            item["valor_unitario"] = text(price.quantize(TEN, ROUND_HALF_UP))
            return item
        value = (linea.valor / linea.cantidad).quantize(TEN, ROUND_HALF_UP)
        price = ((linea.valor + linea.isc + linea.igv) / linea.cantidad).quantize(TEN, ROUND_HALF_UP)
        if linea.incluido and not line.discount:
            price = dec(line.price_unit)
        item.update(
            valor_unitario=text(value),
            precio_unitario=text(price),
            valor_venta=text(linea.valor),
            igv=text(linea.igv),
        )
        if linea.icbper:
            item["icbper"] = text(linea.icbper)
        if linea.isc:
            item.update(tipo_isc=linea.tipo_isc, isc=text(linea.isc))
            item["isc_unitario" if linea.tipo_isc == "02" else "tasa_isc"] = text(linea.tasa_isc)
            if linea.tipo_isc == "03" and linea.tasa_isc:
                # At the price to the public, the base is what the tax was computed on.
                item["base_isc"] = text(cents(linea.isc * HUNDRED / linea.tasa_isc))
        return item

    def _emitir_pe_deducir(self, linea, deductions):
        """A negative line: the anticipo that it names, or a discount on the whole."""
        advance = linea.line.emitir_pe_anticipo_id
        if not advance:
            deductions["descuento_global"] = deductions.get("descuento_global", ZERO) - linea.valor
            return
        deductions.setdefault("anticipos", []).append(
            {
                "tipo": advance._emitir_tipo(),
                "documento": advance.name,
                "monto": text(-linea.importe),
                "afectacion_igv": linea.afectacion,
            }
        )
