from odoo import models
from odoo.tools import html2plaintext

from .lineas import text

#: Exports of services that name the country in which the service is used (SUNAT 3098).
CON_PAIS_DE_USO = ("0201", "0208")


class Solicitud(dict):
    """The properties, and the lines that they were made of, for the check that follows."""

    lineas = ()
    redondeo = 0


class AccountMove(models.Model):
    """The properties of ``emitir`` for a posted invoice."""

    _inherit = "account.move"

    def _emitir_solicitud(self):
        tipo = self._emitir_tipo()
        if not tipo:
            return super()._emitir_solicitud()
        partner = self.commercial_partner_id
        serie, number = self._emitir_pe_numero()
        lineas, rounding = self._emitir_pe_lineas()
        items, deductions = self._emitir_pe_items(lineas)
        rates = {linea.tasa for linea in lineas if linea.pide_tasa}
        solicitud = Solicitud()
        solicitud.lineas, solicitud.redondeo = lineas, rounding
        solicitud |= {
            "tipo": tipo,
            "serie": serie,
            "numero": number or 0,
            "fecha": self.invoice_date.isoformat(),
            **self._emitir_pe_cliente(),
            "moneda": self.currency_id.name,
            "items": items,
            **deductions,
        }
        if len(rates) == 1:
            solicitud["porcentaje_igv"] = text(rates.pop())
        notes = html2plaintext(self.narration).strip() if self.narration else ""
        if notes:
            solicitud["observaciones"] = notes[:1000]
        if rounding:
            solicitud["redondeo"] = text(rounding)
        if tipo in "fb":
            solicitud.update(self._emitir_pe_pagos())
            solicitud.update(self._emitir_pe_operaciones())
            if self.emitir_pe_operacion:
                solicitud["tipo_operacion"] = self.emitir_pe_operacion
            if self.emitir_pe_operacion in CON_PAIS_DE_USO and partner.country_id.code:
                # Where the exported service is used: with the customer.
                solicitud["pais_uso"] = partner.country_id.code
            if self.emitir_pe_orden_compra:
                solicitud["orden_compra"] = self.emitir_pe_orden_compra
        else:
            solicitud.update(self._emitir_pe_nota())
        return solicitud

    def _emitir_pe_cliente(self):
        """Who buys; a boleta may go to nobody in particular."""
        partner = self.commercial_partner_id
        code = partner.l10n_latam_identification_type_id.l10n_pe_vat_code if partner.vat else ""
        client = {"razon_social": " ".join((partner.name or "").split())}
        if code and partner.vat:
            client.update(tipo_doc=code, numero_doc=partner.vat.strip())
        elif self._emitir_pe_de_boleta():
            client.update(tipo_doc="-", numero_doc="-")
        address = partner._emitir_pe_direccion()
        if address:
            client["direccion"] = address
        return client

    def _emitir_pe_nota(self):
        """Reason, explanation and what is modified."""
        credit = self._emitir_tipo() == "c"
        nota = {"motivo": (self.emitir_pe_motivo_credito if credit else self.emitir_pe_motivo_debito) or ""}
        nota["sustento"] = " ".join((self.emitir_pe_sustento or self.ref or "").split())[:500]
        origin = self._emitir_pe_origen()
        if origin:
            serie, number = origin._emitir_pe_numero()
            nota["documento"] = f"{serie.split()[-1] if serie else ''}-{number}"
        return nota


class ResPartner(models.Model):
    _inherit = "res.partner"

    def _emitir_pe_direccion(self):
        """The address in one line, as SUNAT reads it."""
        place = (
            self.street,
            self.street2,
            self.l10n_pe_district.name,
            self.city_id.name or self.city,
            self.state_id.name,
        )
        return " ".join(" ".join(dict.fromkeys(filter(None, place))).split())[:200]
