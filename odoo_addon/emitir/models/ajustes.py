from odoo import models
from odoo.exceptions import UserError

from emitir.client import EmitirApiError, TransportError


class ResCompany(models.Model):
    """Settings of the company that live in the service: what is changed here is changed there.

    A country module names them in ``_emitir_campos_de_ajustes``. The service has the last word: the test of
    the connection brings its values here, and a change that it refuses is not saved.
    """

    _inherit = "res.company"

    def _emitir_campos_de_ajustes(self):
        """Field of the company to its name in the service (command ``ajustes``)."""
        return {}

    def _emitir_es_del_pais(self, name):
        """Whether that field is of the country of this company: others are never told to the service."""
        self.ensure_one()
        return True

    def write(self, vals):
        own = [name for name in self._emitir_campos_de_ajustes() if name in vals]
        if not own or self.env.context.get("emitir_del_servicio"):
            return super().write(vals)
        before = {company: [company[name] for name in own] for company in self}
        result = super().write(vals)
        for company, old in before.items():
            changed = [
                name
                for name, value in zip(own, old, strict=True)
                if value != company[name] and company._emitir_es_del_pais(name)
            ]
            if changed and company.emitir_activo:
                company._emitir_cambiar_ajustes(changed)
        return result

    def _emitir_cambiar_ajustes(self, names):
        """Tell the service the values of these fields. Raises UserError with what it objects to."""
        campos = self._emitir_campos_de_ajustes()
        sending = {campos[name]: self._emitir_valor_de_ajuste(name) for name in names}
        self._emitir_pedir_ajustes(sending)

    def _emitir_valor_de_ajuste(self, name):
        value = self[name]
        return "" if value is False and self._fields[name].type != "boolean" else value

    def _emitir_pedir_ajustes(self, sending):
        """Call ``ajustes``: what holds afterwards. Raises UserError."""
        with self._emitir_cliente() as client:
            try:
                return client.comando("ajustes", sending, repeatable=True)
            except EmitirApiError as error:
                texts = [self._emitir_frase_de_ajuste(entry) for entry in error.errores]
                raise UserError("\n".join(filter(None, texts)) or error.descripcion) from error
            except TransportError as error:
                raise UserError(str(error)) from error

    @staticmethod
    def _emitir_frase_de_ajuste(entry):
        text = entry.get("descripcion", "")
        return f"{text} ({entry['propiedad']})" if text and entry.get("propiedad") else text

    def _emitir_traer_ajustes(self, client):
        """Take over what the service has; an older service without the command keeps what is here."""
        campos = self._emitir_campos_de_ajustes()
        if not campos:
            return
        try:
            found = client.comando("ajustes").get("ajustes", {})
        except (EmitirApiError, TransportError):
            return
        values = {
            name: found[setting] or False
            for name, setting in campos.items()
            if setting in found and self._emitir_es_del_pais(name) and self._emitir_cabe(name, found[setting])
        }
        self.sudo().with_context(emitir_del_servicio=True).write(values)

    def _emitir_cabe(self, name, value):
        """Whether a value of the service is one of this field: a newer service may know more choices."""
        field = self._fields[name]
        return field.type != "selection" or not value or value in dict(field.selection)
