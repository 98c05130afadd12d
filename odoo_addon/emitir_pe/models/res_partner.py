from odoo import api, fields, models
from odoo.exceptions import UserError

from emitir.client import EmitirApiError, TransportError


class ResPartner(models.Model):
    """Who has a RUC or DNI: the service knows the padrón of SUNAT."""

    _inherit = "res.partner"

    emitir_pe_estado = fields.Char(string="State at SUNAT", readonly=True, copy=False)
    emitir_pe_condicion = fields.Char(string="Condition at SUNAT", readonly=True, copy=False)
    emitir_pe_consultado = fields.Date(string="Data of SUNAT of", readonly=True, copy=False)
    emitir_pe_alerta = fields.Boolean(compute="_compute_emitir_pe_alerta")
    emitir_pe_consultable = fields.Boolean(compute="_compute_emitir_pe_consultable")
    emitir_pe_agente_retencion = fields.Boolean(
        string="Agente de retención", help="Holds back 3 % of facturas of more than S/ 700."
    )

    @api.depends("emitir_pe_estado", "emitir_pe_condicion")
    def _compute_emitir_pe_alerta(self):
        for partner in self:
            partner.emitir_pe_alerta = bool(
                (partner.emitir_pe_estado and partner.emitir_pe_estado != "ACTIVO")
                or (partner.emitir_pe_condicion and partner.emitir_pe_condicion != "HABIDO")
            )

    @api.depends("l10n_latam_identification_type_id", "vat")
    @api.depends_context("company")
    def _compute_emitir_pe_consultable(self):
        active = self.env.company.emitir_activo
        for partner in self:
            code = partner.l10n_latam_identification_type_id.l10n_pe_vat_code
            partner.emitir_pe_consultable = bool(active and partner.vat and code in ("1", "6"))

    @api.onchange("vat", "l10n_latam_identification_type_id")
    def _onchange_emitir_pe_vat(self):
        """Fill in a new customer as soon as the number is typed; silent when nobody answers."""
        number = (self.vat or "").strip()
        if not self.env.company.emitir_activo or not number.isdigit() or len(number) not in (8, 11):
            return
        if self.name and self._origin.vat == number:
            return
        try:
            answer = self._emitir_pe_preguntar(number)
        except (EmitirApiError, TransportError, UserError):
            return
        self.update({**self._emitir_pe_valores(answer), **self._emitir_pe_identidad(number)})

    def action_emitir_pe_consultar(self):
        """Look the number up and fill in name and address."""
        self.ensure_one()
        self.check_access("write")
        try:
            answer = self._emitir_pe_preguntar((self.vat or "").strip())
        except EmitirApiError as error:
            raise UserError("\n".join(filter(None, (error.descripcion, error.extra)))) from error
        except TransportError as error:
            raise UserError(str(error)) from error
        self.write(self._emitir_pe_valores(answer))

    def _emitir_pe_identidad(self, number):
        """RUC or DNI by the length of the number, where another kind of identification is set."""
        if self.l10n_latam_identification_type_id.l10n_pe_vat_code in ("1", "6"):
            return {}
        kind = self.env.ref("l10n_pe.it_RUC" if len(number) == 11 else "l10n_pe.it_DNI")
        return {"l10n_latam_identification_type_id": kind.id}

    def _emitir_pe_preguntar(self, number):
        with self.env.company._emitir_cliente() as client:
            return client.comando("consultarruc", {"numero_doc": number})

    def _emitir_pe_valores(self, answer):
        """Values of the partner for an answer of ``consultarruc``."""
        values = {
            "emitir_pe_estado": answer.get("estado_contribuyente") or False,
            "emitir_pe_condicion": answer.get("condicion_domicilio") or False,
            "emitir_pe_consultado": answer.get("fecha_padron") or fields.Date.context_today(self),
        }
        if answer.get("razon_social"):
            values["name"] = answer["razon_social"]
        if answer.get("direccion"):
            values["street"] = answer["direccion"]
        if answer.get("ruc", "").startswith("20"):
            values["is_company"] = True
        return {**values, **self._emitir_pe_ubigeo(answer.get("ubigeo") or "")}

    def _emitir_pe_ubigeo(self, code):
        """District, province and department of a ubigeo, as l10n_pe has them."""
        district = (
            self.env["l10n_pe.res.city.district"].search([("code", "=", code)], limit=1) if code else None
        )
        if not district:
            return {}
        return {
            "l10n_pe_district": district.id,
            "city_id": district.city_id.id,
            "city": district.city_id.name,
            "state_id": district.city_id.state_id.id,
            "country_id": district.city_id.country_id.id,
            "zip": code,
        }
