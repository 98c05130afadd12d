from odoo import models

from .lineas import cents, dec, text


class AccountMove(models.Model):
    """Forma de pago: what the payment terms say."""

    _inherit = "account.move"

    def _emitir_pe_pagos(self):
        """``forma_pago`` and ``cuotas``: credit when something is due after the date of issue."""
        terms = self.line_ids.filtered(lambda line: line.display_type == "payment_term")
        due = {}
        for line in terms:
            day = line.date_maturity or self.invoice_date
            due[day] = due.get(day, 0) + cents(dec(abs(line.amount_currency), 6))
        later = {day: amount for day, amount in due.items() if day > self.invoice_date and amount}
        if not later or self.move_type != "out_invoice":
            return {"forma_pago": "contado"}
        later = self._emitir_pe_neto(later)
        pending = sum(later.values())
        return {
            "forma_pago": "credito",
            "monto_pendiente": text(pending),
            "cuotas": [
                {"monto": text(amount), "fecha": day.isoformat()} for day, amount in sorted(later.items())
            ],
            "fecha_vencimiento": max(later).isoformat(),
        }

    def _emitir_pe_neto(self, later):
        """The cuotas without what the customer pays elsewhere: detracción and retención come off the first ones."""
        held = self._emitir_pe_descuentos_del_pago()
        net = {}
        for day, amount in sorted(later.items()):
            taken = min(held, amount)
            held -= taken
            if amount > taken:
                net[day] = amount - taken
        return net
