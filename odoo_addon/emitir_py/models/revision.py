from datetime import UTC, timedelta
from decimal import Decimal

from odoo import fields, models

from .account_move import ASUNCION, HORAS_DE_ATRASO
from .lineas import ZERO, dec
from .numeracion import MAXIMO

#: From this amount on, in guaraníes, a factura names its receiver (NT-024).
LIMITE_SIN_NOMBRE = Decimal(7_000_000)
#: What SIFEN tolerates between a total and its sum.
TOLERANCIA = Decimal("0.5")


class AccountMove(models.Model):
    """What keeps a document from being issued, told before it is posted. Nobody is called."""

    _inherit = "account.move"

    def _emitir_problemas(self, solicitud):
        problems = super()._emitir_problemas(solicitud)
        if self._emitir_tipo() and self._emitir_py_en_paraguay():
            problems += [
                *self._emitir_py_problemas_de_numero(solicitud),
                *self._emitir_py_problemas_de_fecha(),
                *self._emitir_py_problemas_de_cliente(solicitud),
                *self._emitir_py_problemas_de_nota(solicitud),
                *self._emitir_py_problemas_de_importes(solicitud),
            ]
        return problems

    def _emitir_py_problemas_de_numero(self, solicitud):
        expected = self.journal_id._emitir_py_serie()
        if solicitud["serie"] != expected or not 1 <= solicitud["numero"] <= MAXIMO:
            yield self.env._(
                "Its number is %(number)s and the journal's establecimiento and punto are %(serie)s: it should be "
                "like %(serie)s-0000001.",
                number=self.name,
                serie=expected,
            )
        if not self.company_id.emitir_py_timbrado:
            yield self.env._("The timbrado is missing: fill it in, in Settings / Invoicing.")

    def _emitir_py_problemas_de_fecha(self):
        today = fields.Datetime.now().replace(tzinfo=UTC).astimezone(ASUNCION).date()
        if self.invoice_date > today:
            yield self.env._(
                "Its date, %s, is later than today in Asunción.", self.invoice_date.strftime("%d/%m/%Y")
            )
        elif self.invoice_date + timedelta(hours=HORAS_DE_ATRASO) < today:
            yield self.env._(
                "Its date, %(day)s, is too old: SIFEN takes it up to %(days)s days later.",
                day=self.invoice_date.strftime("%d/%m/%Y"),
                days=HORAS_DE_ATRASO // 24,
            )

    def _emitir_py_problemas_de_cliente(self, solicitud):
        partner = self.commercial_partner_id
        if solicitud["tipo"] == "a":
            yield from self._emitir_py_problemas_de_vendedor(solicitud["vendedor"])
            return
        if not partner.vat and solicitud["tipo"] != "f":
            yield self.env._("A nota names its receiver: fill in the document of %s.", partner.display_name)
        total = dec(self.amount_total) * Decimal(solicitud.get("tipo_cambio", 1))
        if not partner.vat and total >= LIMITE_SIN_NOMBRE:
            yield self.env._(
                "From Gs. 7.000.000 on a factura names its receiver: fill in the document of %s.",
                partner.display_name,
            )
        if solicitud.get("operacion") == "b2f" and not solicitud.get("direccion"):
            yield self.env._("A receiver abroad needs an address: fill in that of %s.", partner.display_name)

    def _emitir_py_problemas_de_vendedor(self, seller):
        name = self.commercial_partner_id.display_name
        if seller["tipo_doc"] not in ("c", "p", "e", "k") or not seller["numero_doc"]:
            yield self.env._(
                "An autofactura is of a purchase from somebody without RUC: fill in the cédula or passport of %s.",
                name,
            )
        if not seller["direccion"] or not seller["ciudad"]:
            yield self.env._(
                "The autofactura tells where the seller is: fill in address and city of %s.", name
            )
        if self.amount_tax:
            yield self.env._("An autofactura carries no IVA: take the taxes off its lines.")

    def _emitir_py_problemas_de_nota(self, solicitud):
        if solicitud["tipo"] not in "cd":
            return
        origin = self._emitir_py_origen()
        if not solicitud["motivo"]:
            yield self.env._("Choose the reason of the nota.")
        if not origin:
            yield self.env._(
                "A nota modifies an invoice: make it from the invoice with “Credit Note” or “Debit Note”."
            )
        elif origin.emitir_situacion not in ("aceptado", "observado"):
            yield self.env._("%s has not been accepted yet: its nota has to wait.", origin.display_name)

    def _emitir_py_problemas_de_importes(self, solicitud):
        lineas = solicitud.lineas
        for linea in lineas:
            if linea.otros:
                yield self.env._(
                    "“%(line)s” has the tax “%(tax)s”, which SIFEN does not take: IVA 10 %%, IVA 5 %% or none.",
                    line=linea.nombre,
                    tax=linea.otros[0].name,
                )
            elif not linea.impuestos and solicitud["tipo"] != "a":
                yield self.env._(
                    "“%s” has no tax: choose IVA 10 %%, IVA 5 %%, exento or exonerado.", linea.nombre
                )
            elif linea.impuestos > 1:
                yield self.env._("“%s” has more than one IVA: choose one.", linea.nombre)
            if linea.cantidad <= 0:
                yield self.env._("“%s” has no quantity: a discount is a negative price.", linea.nombre)
        sold = {linea.clave for linea in lineas if linea.total >= 0}
        off = {linea.clave for linea in lineas if linea.total < 0}
        if off and (len(sold) > 1 or off != sold):
            yield self.env._(
                "A discount on the whole has the IVA of the lines that it takes from, which must all be alike: give a "
                "discount to each line instead."
            )
        total = sum((linea.total for linea in lineas), ZERO)
        if abs(total - dec(self.amount_total)) > TOLERANCIA:
            yield self.env._(
                "The lines add up to %(lines)s and the invoice says %(total)s: the document would differ from Odoo.",
                lines=total,
                total=dec(self.amount_total),
            )
