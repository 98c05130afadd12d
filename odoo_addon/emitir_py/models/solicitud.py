from odoo import models
from odoo.tools import html2plaintext

from .catalogos import DOCUMENTOS
from .lineas import OCHO, ZERO, Linea, dec, text
from .paises import TRES_LETRAS

PARAGUAY = "PRY"


class Solicitud(dict):
    """The properties, and the lines that they were made of, for the check that follows."""

    lineas = ()


class AccountMove(models.Model):
    """The properties of ``emitir`` for a posted invoice of Paraguay."""

    _inherit = "account.move"

    def _emitir_solicitud(self):
        tipo = self._emitir_tipo()
        if not tipo or not self._emitir_py_en_paraguay():
            return super()._emitir_solicitud()
        serie, number = self._emitir_py_numero()
        lineas = self._emitir_py_lineas()
        solicitud = Solicitud()
        solicitud.lineas = lineas
        solicitud |= {
            "tipo": tipo,
            "serie": serie,
            "numero": number or 0,
            "fecha": self.invoice_date.isoformat(),
            "moneda": self.currency_id.name,
            "items": self._emitir_py_items(lineas),
            "total": text(dec(self.amount_total)),
        }
        if self.currency_id.name != "PYG":
            solicitud["tipo_cambio"] = text(dec(1 / (self.invoice_currency_rate or 1.0), 4))
        notes = html2plaintext(self.narration).strip() if self.narration else ""
        if notes:
            solicitud["observaciones"] = notes[:5000]
        if tipo == "a":
            solicitud |= self._emitir_py_autofactura()
            return solicitud
        solicitud |= self._emitir_py_cliente()
        if tipo == "f":
            solicitud |= {"tipo_transaccion": self._emitir_py_transaccion(), **self._emitir_py_pagos()}
        else:
            solicitud |= self._emitir_py_nota()
        return solicitud

    # Lines.

    def _emitir_py_lineas(self):
        """Every product line, its total with IVA, cents spread as Odoo spreads them."""
        base_lines, _tax_lines = self._get_rounded_base_and_tax_lines()
        found = []
        for base_line in base_lines:
            record, details = base_line["record"], base_line["tax_details"]
            if record._name != "account.move.line" or record.display_type != "product":
                continue
            total = dec(
                details["total_excluded_currency"] + details.get("delta_total_excluded_currency", 0.0)
            )
            total += sum((dec(data["tax_amount_currency"]) for data in details["taxes_data"]), ZERO)
            taxes = record.tax_ids.flatten_taxes_hierarchy()
            quantity, discount = dec(base_line["quantity"]), dec(base_line["discount"])
            found.append(Linea(record, quantity, total, taxes, discount))
        return found

    def _emitir_py_items(self, lineas):
        """``items`` of the service; what negative lines take off is spread over the others."""
        sold = [linea for linea in lineas if linea.cantidad > 0 and linea.total >= 0]
        whole = sum((linea.total for linea in sold), ZERO)
        off = -sum((linea.total for linea in lineas if linea.total < 0), ZERO)
        share = off / whole if off and whole else ZERO
        return [self._emitir_py_item(linea, share) for linea in sold]

    def _emitir_py_item(self, linea, share):
        line = linea.line
        item = {
            "codigo": (line.product_id.default_code or str(line.product_id.id or line.sequence or 1))[:50],
            "descripcion": " ".join((line.name or line.product_id.display_name or "").split())[:2000],
            "unidad": line.product_uom_id._emitir_py_unidad(),
            "cantidad": text(linea.cantidad),
            "precio_unitario": text(linea.precio),
            "afectacion_iva": linea.afectacion,
        }
        if self._emitir_tipo() == "a":
            del item["afectacion_iva"]
        elif linea.tasa:
            item["tasa_iva"] = linea.tasa
        if linea.descuento:
            item["descuento"] = text(linea.descuento)
        if share:
            item["descuento_global"] = text((linea.neto * share).quantize(OCHO))
        return item

    def _emitir_py_transaccion(self):
        """iTipTra: goods, services, or both."""
        kinds = {line.product_id.type == "service" for line in self.invoice_line_ids if line.product_id}
        return "3" if len(kinds) > 1 else "2" if kinds == {True} else "1"

    # Who receives it.

    def _emitir_py_cliente(self):
        """The receiver; a factura may go to nobody in particular."""
        partner = self.commercial_partner_id
        if not partner.vat:
            return {}
        client = {
            "tipo_doc": partner._emitir_py_documento(),
            "numero_doc": partner.vat.strip().replace(".", ""),
            "razon_social": " ".join((partner.name or "").split())[:255],
        }
        if client["tipo_doc"] == "o":
            client["tipo_doc_descripcion"] = "IDENTIFICACION TRIBUTARIA"
        if partner.country_id and partner.country_id.code != "PY" and client["tipo_doc"] != "r":
            client.update(pais=TRES_LETRAS.get(partner.country_id.code, ""), operacion="b2f")
        address = " ".join(filter(None, (partner.street, partner.street2)))
        if address:
            client["direccion"] = " ".join(address.split())[:255]
        email = (partner.email_normalized or "").strip()
        if email and len(email) <= 80:
            client["correo"] = email
        return client

    # Payment and what is modified.

    def _emitir_py_pagos(self):
        """``forma_pago`` and ``cuotas``: credit when something is due after the date of issue."""
        due = {}
        for line in self.line_ids.filtered(lambda line: line.display_type == "payment_term"):
            day = line.date_maturity or self.invoice_date
            due[day] = due.get(day, ZERO) + dec(abs(line.amount_currency), 4)
        later = {day: amount for day, amount in sorted(due.items()) if day > self.invoice_date and amount}
        if not later:
            return {"forma_pago": "contado"}
        first = sum(due.values()) - sum(later.values())
        found = {"forma_pago": "credito"}
        if first:
            found["entrega_inicial"] = text(first)
        if len(later) == 1 and not first:
            return {**found, "plazo": f"{(next(iter(later)) - self.invoice_date).days} días"}
        cuotas = [{"monto": text(amount), "fecha": day.isoformat()} for day, amount in later.items()]
        return {**found, "cuotas": cuotas}

    def _emitir_py_nota(self):
        """Reason, and the CDC of what is modified."""
        origin = self._emitir_py_origen()
        return {
            "motivo": self.emitir_py_motivo or "",
            "documento": origin.emitir_comprobante_id.codigo_documento or "",
        }


class ResPartner(models.Model):
    _inherit = "res.partner"

    def _emitir_py_documento(self):
        """Letter of the service for the partner's kind of document: ``o`` for what SIFEN has no name for."""
        kind = self.l10n_latam_identification_type_id
        name = kind.get_external_id().get(kind.id, "") if kind else ""
        if name == "l10n_latam_base.it_vat" and (not self.country_id or self.country_id.code == "PY"):
            return "r"
        return DOCUMENTOS.get(name, "o")
