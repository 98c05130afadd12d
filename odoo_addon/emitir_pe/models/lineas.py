from decimal import ROUND_HALF_UP, Decimal

from odoo import models

from .catalogos import GRATUITAS

CENT = Decimal("0.01")
TEN = Decimal("1E-10")


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


class AccountMove(models.Model):
    """Lines with the figures of Odoo's tax engine, cents spread as Odoo spreads them."""

    _inherit = "account.move"

    def _emitir_pe_lineas(self):
        """Every product line: dict with ``line``, ``cantidad``, ``valor``, ``igv``, ``icbper``, ``tasa`` …

        ``otros``: taxes that are neither IGV nor ICBPER nor nothing, which the service does not know.
        """
        base_lines, _tax_lines = self._get_rounded_base_and_tax_lines()
        found = []
        for base_line in base_lines:
            record = base_line["record"]
            if record._name != "account.move.line" or record.display_type != "product":
                found.append(
                    {
                        "line": record,
                        "ajeno": True,
                        "valor": dec(base_line["tax_details"]["total_excluded_currency"]),
                    }
                )
                continue
            details = base_line["tax_details"]
            excluded = details["total_excluded_currency"] + details.get("delta_total_excluded_currency", 0.0)
            figures = {
                "line": record,
                "ajeno": False,
                "cantidad": dec(base_line["quantity"]),
                "valor": cents(dec(excluded, 6)),
                "igv": Decimal(0),
                "icbper": Decimal(0),
                "tasa": None,
                "incluido": False,
                "otros": [],
                "afectacion": record.emitir_pe_afectacion,
            }
            for data in details["taxes_data"]:
                self._emitir_pe_tributo(figures, data)
            found.append(figures)
        return found

    def _emitir_pe_tributo(self, figures, data):
        """Add one tax of a line to its figures."""
        tax = data["tax"]
        amount = cents(dec(data["tax_amount_currency"], 6))
        code = tax.l10n_pe_edi_tax_code
        if code == "1000":
            figures["igv"] += amount
            figures["tasa"] = dec(tax.amount, 4)
            figures["incluido"] = bool(tax.price_include)
        elif code == "7152":
            figures["icbper"] += amount
        elif code in ("9995", "9996", "9997", "9998"):
            figures["incluido"] = bool(tax.price_include)
        elif amount:
            figures["otros"].append(tax)

    def _emitir_pe_items(self, lineas):
        """``items`` of the service."""
        items = []
        for figures in lineas:
            if figures["ajeno"] or not figures["cantidad"]:
                continue
            line = figures["line"]
            quantity = figures["cantidad"]
            value = (figures["valor"] / quantity).quantize(TEN, ROUND_HALF_UP)
            price = ((figures["valor"] + figures["igv"]) / quantity).quantize(TEN, ROUND_HALF_UP)
            if figures["incluido"] and not line.discount:
                price = dec(line.price_unit)
            item = {
                "unidad": line._emitir_pe_unidad(),
                "cantidad": text(quantity),
                "descripcion": " ".join((line.name or line.product_id.display_name or "").split())[:500],
                "valor_unitario": text(value),
                "precio_unitario": text(price),
                "valor_venta": text(figures["valor"]),
                "igv": text(figures["igv"]),
                "afectacion_igv": figures["afectacion"] or "",
            }
            if line.product_id.default_code:
                item["codigo"] = line.product_id.default_code[:30]
            if figures["icbper"]:
                item["icbper"] = text(figures["icbper"])
            items.append(item)
        return items

    def _emitir_pe_gratuita(self, figures):
        return figures["afectacion"] in GRATUITAS
