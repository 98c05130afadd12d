import base64
from datetime import UTC, datetime

from markupsafe import Markup
from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from emitir.client import EmitirApiError, TransportError


class EmitirVinculo(models.TransientModel):
    """A one-time code that ties a chat with the bot to the company: as text, as address and as QR."""

    _name = "emitir.vinculo"
    _description = "Link a chat with the bot"

    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, default=lambda self: self.env.company
    )
    rol = fields.Selection(
        [
            ("dueno", "Owner: sees and does everything"),
            ("contador", "Accountant: issues, consults and requests bajas"),
            ("vendedor", "Salesperson: issues and consults"),
        ],
        string="Who is it for?",
        required=True,
        default="dueno",
    )
    codigo = fields.Char(string="Code", readonly=True)
    enlace = fields.Char(string="Address", readonly=True)
    bot = fields.Char(readonly=True)
    vence = fields.Datetime(string="Valid until", readonly=True)
    qr = fields.Html(sanitize=False, readonly=True)

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.user.has_group("base.group_system"):
            raise AccessError(self.env._("Only the administrator links chats."))
        return super().create(vals_list)

    def action_pedir(self):
        """Ask the service for a code and show it."""
        self.ensure_one()
        with self.company_id._emitir_cliente() as client:
            try:
                answer = client.comando("vincular", {"rol": self.rol})
            except (EmitirApiError, TransportError) as error:
                raise UserError(getattr(error, "descripcion", "") or str(error)) from error
        self.write(
            {
                "codigo": answer["codigo"],
                "enlace": answer.get("enlace") or False,
                "bot": answer.get("bot") or False,
                "vence": self._cuando(answer.get("vence_en")),
                "qr": self._imagen(answer.get("qr")),
            }
        )
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Link a chat with the bot"),
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "target": "new",
        }

    @staticmethod
    def _cuando(text):
        if not text:
            return False
        when = datetime.fromisoformat(text)
        return (when.astimezone(UTC) if when.tzinfo else when).replace(tzinfo=None)

    @staticmethod
    def _imagen(svg):
        """The QR as an image; as data of an ``img`` nothing inside it can run."""
        if not svg:
            return False
        data = base64.b64encode(svg.encode()).decode()
        return Markup('<img alt="QR" width="220" height="220" src="data:image/svg+xml;base64,%s"/>') % data
