"""Figures of an invoice line as SIFEN wants them: prices with IVA, discounts for one unit."""

from decimal import ROUND_HALF_UP, Decimal

HUNDRED = Decimal(100)
OCHO = Decimal("1E-8")
ZERO = Decimal(0)
#: Affectations of SIFEN (iAfecIVA).
GRAVADO, EXONERADO, EXENTO = "1", "2", "3"


def dec(value, places=8):
    """A float of Odoo as the decimal that it stands for."""
    return Decimal(repr(float(value))).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def text(value):
    """A figure for the service: no exponent, no trailing zeros."""
    written = format(value, "f")
    return written.rstrip("0").rstrip(".") if "." in written else written


class Linea:
    """One line: ``total`` with IVA as Odoo's tax engine has it, its affectation and rate.

    ``otros``: taxes that a document of SIFEN does not carry.
    """

    def __init__(self, line, quantity, total, taxes, discount):
        self.line = line
        self.cantidad = quantity
        self.total = total
        self.descuento_porcentaje = discount
        self.otros = taxes.filtered(lambda tax: tax.amount_type != "percent" or tax.amount not in (0, 5, 10))
        iva = taxes - self.otros
        self.impuestos = len(iva)
        rate = max([int(tax.amount) for tax in iva], default=0)
        self.tasa = str(rate) if rate else ""
        self.afectacion = GRAVADO if rate else (iva[:1].l10n_py_iva_affectation or EXENTO)

    @property
    def nombre(self):
        """First line of the description."""
        return (self.line.name or self.line.product_id.display_name or "").split("\n")[0]

    @property
    def clave(self):
        """What says how it is taxed."""
        return (self.afectacion, self.tasa)

    @property
    def neto(self):
        """What one unit costs, with IVA, after its discount."""
        return self.total / self.cantidad if self.cantidad else ZERO

    @property
    def precio(self):
        """What one unit costs before its discount."""
        left = 1 - self.descuento_porcentaje / HUNDRED
        return (self.neto / left if left else dec(self.line.price_unit)).quantize(OCHO, ROUND_HALF_UP)

    @property
    def descuento(self):
        """The discount of one unit."""
        return (self.precio - self.neto).quantize(OCHO, ROUND_HALF_UP) if self.descuento_porcentaje else ZERO
