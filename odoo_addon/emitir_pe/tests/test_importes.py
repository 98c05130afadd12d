from datetime import timedelta
from decimal import Decimal

from odoo import fields
from odoo.tests import tagged

from .common import PeruCase


@tagged("post_install", "-at_install")
class TestImportes(PeruCase):
    """Figures of Odoo's tax engine, as the service receives them."""

    def sums(self, solicitud):
        """Value and IGV of the lines."""
        items = solicitud["items"]
        return sum(Decimal(item["valor_venta"]) for item in items), sum(
            Decimal(item["igv"]) for item in items
        )

    def test_mixed_affectations(self):
        move = self.invoice(
            self.line("gravado", 2, 100),
            self.line("exonerado", 1, 50, self.exonerado),
            self.line("inafecto", 3, 10, self.inafecto),
        )
        solicitud = move._emitir_solicitud()
        self.assertEqual([item["afectacion_igv"] for item in solicitud["items"]], ["10", "20", "30"])
        self.assertEqual(self.sums(solicitud), (Decimal("280.00"), Decimal("36.00")))
        self.assertEqual(solicitud["porcentaje_igv"], "18")

    def test_cents_are_spread_as_odoo_spreads_them(self):
        included = self.igv.copy({"name": "IGV incluido", "price_include_override": "tax_included"})
        for taxes, price, quantity, count in (
            (included, 1.0, 7, 1),
            (included, 0.99, 1, 37),
            (self.igv, 0.333333, 7, 13),
            (self.igv, 33.33, 3, 11),
        ):
            with self.subTest(price=price, count=count):
                lines = [self.line(f"L{number}", quantity, price, taxes) for number in range(count)]
                move = self.invoice(*lines)
                value, igv = self.sums(move._emitir_solicitud())
                self.assertEqual(value, Decimal(str(round(move.amount_untaxed, 2))).quantize(Decimal("0.01")))
                self.assertEqual(
                    value + igv, Decimal(str(round(move.amount_total, 2))).quantize(Decimal("0.01"))
                )

    def test_a_price_with_tax_is_told_as_it_is_written(self):
        included = self.igv.copy({"name": "IGV incluido", "price_include_override": "tax_included"})
        item = self.invoice(self.line("A", 7, 1.0, included))._emitir_solicitud()["items"][0]
        self.assertEqual((item["precio_unitario"], item["valor_venta"], item["igv"]), ("1", "5.93", "1.07"))

    def test_discount_of_a_line(self):
        move = self.invoice(self.line("A", 3, 100, discount=10))
        self.assertEqual(self.sums(move._emitir_solicitud()), (Decimal("270.00"), Decimal("48.60")))

    def test_units(self):
        service = self.env["product.product"].create(
            {"name": "Asesoría", "type": "service", "default_code": "S1"}
        )
        kilo = self.env.ref("uom.product_uom_kgm")
        move = self.invoice(
            self.line("horas", 1, 10, product_id=service.id),
            self.line("arroz", 1, 10, product_uom_id=kilo.id),
            self.line("cosa", 1, 10),
        )
        items = move._emitir_solicitud()["items"]
        self.assertEqual([item["unidad"] for item in items], ["ZZ", "KGM", "NIU"])
        self.assertEqual(items[0]["codigo"], "S1")

    def test_credit_in_cuotas(self):
        term = self.env["account.payment.term"].create(
            {
                "name": "30 y 60",
                "line_ids": [
                    (0, 0, {"value": "percent", "value_amount": 50, "nb_days": 30}),
                    (0, 0, {"value": "percent", "value_amount": 50, "nb_days": 60}),
                ],
            }
        )
        move = self.invoice(self.line("A", 1, 100.01), invoice_payment_term_id=term.id)
        solicitud = move._emitir_solicitud()
        today = move.invoice_date
        self.assertEqual(solicitud["forma_pago"], "credito")
        self.assertEqual(
            [cuota["fecha"] for cuota in solicitud["cuotas"]],
            [(today + timedelta(days=days)).isoformat() for days in (30, 60)],
        )
        self.assertEqual(sum(Decimal(cuota["monto"]) for cuota in solicitud["cuotas"]), Decimal("118.01"))
        self.assertEqual(Decimal(solicitud["monto_pendiente"]), Decimal("118.01"))

    def test_at_once(self):
        now = self.env.ref("account.account_payment_term_immediate")
        solicitud = self.invoice(self.line("A", 1, 10), invoice_payment_term_id=now.id)._emitir_solicitud()
        self.assertEqual(solicitud["forma_pago"], "contado")
        self.assertNotIn("cuotas", solicitud)

    def test_detraccion_comes_off_the_cuotas(self):
        service = self.env["product.product"].create({"name": "Asesoría", "type": "service"})
        service.product_tmpl_id.emitir_pe_detraccion = "037"
        term = self.env.ref("account.account_payment_term_30days")
        move = self.invoice(
            self.line("A", 1, 1000, product_id=service.id), invoice_payment_term_id=term.id, post=False
        )
        self.assertEqual((move.emitir_pe_detraccion, move.emitir_pe_detraccion_porcentaje), ("037", 12.0))
        move.action_post()
        solicitud = move._emitir_solicitud()
        # 12 % of 1,180.00 is 141.60, in whole soles 142.
        self.assertEqual(solicitud["detraccion_monto"], "142")
        self.assertEqual(solicitud["monto_pendiente"], "1038")
        small = self.invoice(self.line("A", 1, 500, product_id=service.id), post=False)
        self.assertFalse(small.emitir_pe_detraccion)

    def test_retencion_of_an_agent(self):
        self.market.emitir_pe_agente_retencion = True
        move = self.invoice(self.line("A", 1, 1000))
        solicitud = move._emitir_solicitud()
        self.assertEqual((solicitud["retencion_porcentaje"], solicitud["retencion_monto"]), ("3", "35.4"))

    def test_what_is_given_away(self):
        move = self.invoice(
            self.line("comprado", 1, 100),
            self.line("regalado", 2, 5, discount=100, emitir_pe_afectacion="15"),
        )
        item = move._emitir_solicitud()["items"][1]
        self.assertEqual((item["afectacion_igv"], item["valor_unitario"]), ("15", "5"))
        self.assertNotIn("igv", item)
        self.assertEqual(move.amount_total, 118.0)

    def test_a_negative_line_is_a_discount_on_the_whole(self):
        move = self.invoice(self.line("A", 1, 100), self.line("promoción", 1, -10))
        solicitud = move._emitir_solicitud()
        self.assertEqual(solicitud["descuento_global"], "10")
        self.assertEqual(len(solicitud["items"]), 1)

    def test_an_anticipo_is_deducted(self):
        advance = self.invoice(self.line("anticipo", 1, 100))
        move = self.invoice(
            self.line("obra", 1, 500), self.line("anticipo", 1, -100, emitir_pe_anticipo_id=advance.id)
        )
        self.assertEqual(
            move._emitir_solicitud()["anticipos"],
            [{"tipo": "f", "documento": advance.name, "monto": "118", "afectacion_igv": "10"}],
        )

    def test_bags(self):
        bag = self.env["account.tax"].create(
            {
                "name": "ICBPER",
                "amount_type": "fixed",
                "amount": 0.5,
                "type_tax_use": "sale",
                "l10n_pe_edi_tax_code": "7152",
                "tax_group_id": self.igv.tax_group_id.id,
            }
        )
        item = self.invoice(self.line("bolsa", 10, 0.2, self.igv | bag))._emitir_solicitud()["items"][0]
        self.assertEqual((item["icbper"], item["igv"], item["afectacion_igv"]), ("5", "0.36", "10"))

    def test_dollars(self):
        usd = self.env.ref("base.USD")
        usd.active = True
        self.env["res.currency.rate"].create(
            {"currency_id": usd.id, "name": fields.Date.today(), "rate": 1 / 3.75}
        )
        solicitud = self.invoice(self.line("A", 1, 100), currency_id=usd.id)._emitir_solicitud()
        self.assertEqual(solicitud["moneda"], "USD")
        self.assertEqual(self.sums(solicitud), (Decimal("100.00"), Decimal("18.00")))
