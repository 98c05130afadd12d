from odoo import fields, models


class AccountMove(models.Model):
    """Autofactura: the buyer issues the document of a purchase from somebody who is no taxpayer."""

    _inherit = "account.move"

    emitir_py_constancia = fields.Selection(
        [("1", "1 De no ser contribuyente"), ("2", "2 De microproductores")],
        string="Constancia",
        default="1",
        copy=False,
    )
    emitir_py_constancia_numero = fields.Char(string="Number of the constancia", size=11, copy=False)
    emitir_py_constancia_control = fields.Char(string="Control of the constancia", size=8, copy=False)

    def _emitir_py_autofactura(self):
        """Seller, place and constancia; the receiver is the company itself."""
        partner = self.commercial_partner_id
        abroad = bool(partner.country_id and partner.country_id.code != "PY")
        seller = {
            "naturaleza": "2" if abroad else "1",
            "tipo_doc": partner._emitir_py_documento(),
            "numero_doc": (partner.vat or "").strip().replace(".", ""),
            "nombre": " ".join((partner.name or "").split())[:60],
            **(self.company_id.partner_id if abroad else partner)._emitir_py_lugar(),
        }
        constancia = {"constancia": self.emitir_py_constancia or ""}
        if self.emitir_py_constancia_numero:
            constancia["constancia_numero"] = self.emitir_py_constancia_numero
        if self.emitir_py_constancia_control:
            constancia["constancia_control"] = self.emitir_py_constancia_control
        return {"vendedor": seller, "documentos": [constancia], **self._emitir_py_contado()}

    def _emitir_py_contado(self):
        return {
            "tipo_transaccion": "11" if self._emitir_py_transaccion() == "2" else "10",
            **self._emitir_py_pagos(),
        }


class ResPartner(models.Model):
    _inherit = "res.partner"

    def _emitir_py_lugar(self):
        """Where somebody is, as the service looks it up: names, never codes of another table."""
        place = {"direccion": " ".join(filter(None, (self.street, self.street2)))[:255]}
        if self.state_id:
            place["departamento"] = self.state_id.name
        city = self.city or ("city_id" in self._fields and self.city_id.name) or ""
        place["ciudad"] = city
        return place
