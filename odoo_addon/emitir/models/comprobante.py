import json
from datetime import timedelta

from odoo import api, fields, models

ESTADOS = [
    ("por_enviar", "To send"),
    ("enviado", "Sent"),
    ("aceptado", "Accepted"),
    ("observado", "Accepted with notes"),
    ("rechazado", "Rejected"),
    ("baja_en_proceso", "Baja in process"),
    ("dado_de_baja", "Annulled"),
]
#: The authority has the document: the invoice may not change any more.
EMITIDOS = ("aceptado", "observado", "baja_en_proceso", "dado_de_baja")
#: States that the service works on, or that wait for it.
PENDIENTES = ("por_enviar", "enviado", "baja_en_proceso")
SECONDS_PER_HOUR = 3600


class EmitirComprobante(models.Model):
    """What became of one posted invoice: exactly what was sent, and what the authority answered.

    A number belongs to one record. The request is frozen when the invoice is posted, so that every repetition
    is the same comprobante for the service, whatever changes in Odoo meanwhile.
    """

    _name = "emitir.comprobante"
    _description = "Electronic document"
    _order = "fecha desc, id desc"
    _rec_name = "numero_completo"
    _check_company_auto = True

    move_id = fields.Many2one(
        "account.move", string="Invoice", required=True, index=True, ondelete="cascade", readonly=True
    )
    company_id = fields.Many2one(related="move_id.company_id", store=True, index=True)
    journal_id = fields.Many2one(related="move_id.journal_id", store=True)
    partner_id = fields.Many2one(related="move_id.commercial_partner_id", store=True, string="Customer")
    currency_id = fields.Many2one(related="move_id.currency_id", store=True)
    total = fields.Monetary(readonly=True)
    tipo = fields.Selection([], string="Type", readonly=True)
    serie = fields.Char(readonly=True)
    numero = fields.Integer(string="Number", readonly=True, aggregator=False)
    numero_completo = fields.Char(string="Document", readonly=True, index=True)
    fecha = fields.Date(string="Date of issue", readonly=True)

    estado = fields.Selection(
        ESTADOS,
        string="Electronic state",
        required=True,
        default="por_enviar",
        readonly=True,
        index=True,
        group_expand="_grupos_de_estado",
    )
    atencion = fields.Boolean(string="Needs a hand", readonly=True, index=True)
    mensaje = fields.Text(string="Message", readonly=True)
    accion = fields.Text(string="What to do", readonly=True)
    codigo_error = fields.Char(string="Error code", readonly=True)
    errores = fields.Text(
        readonly=True, groups="account.group_account_readonly,account.group_account_invoice"
    )
    plazo = fields.Datetime(
        string="Deadline", readonly=True, index=True, help="First moment at which it is too late."
    )
    horas = fields.Integer(string="Hours left", compute="_compute_horas")
    por_vencer = fields.Boolean(
        compute="_compute_horas", search="_search_por_vencer", string="About to expire"
    )

    es_de_la_factura = fields.Boolean(
        string="Of the invoice itself",
        compute="_compute_es_de_la_factura",
        help="The invoice's own document, not another about it.",
    )
    codigo_documento = fields.Char(string="Document code", readonly=True, index=True)
    codigo_descarga = fields.Char(readonly=True, groups="base.group_system")
    valor_resumen = fields.Char(string="Digest", readonly=True)
    respuesta = fields.Char(string="Response code", readonly=True)
    respuesta_descripcion = fields.Text(string="Response", readonly=True)
    observaciones = fields.Text(string="Notes of the authority", readonly=True)

    solicitud = fields.Text(
        readonly=True,
        help="The properties as they were sent (JSON).",
        groups="account.group_account_readonly,account.group_account_invoice",
    )
    intentos = fields.Integer(string="Attempts", readonly=True, aggregator=False)
    ultimo_intento = fields.Datetime(string="Last attempt", readonly=True)
    proximo_intento = fields.Datetime(string="Next attempt", readonly=True)
    respondido_en = fields.Datetime(string="Answered on", readonly=True)
    publicado = fields.Boolean(readonly=True, help="Files and message are in the invoice.")
    avisado = fields.Boolean(readonly=True, help="The alert before the deadline was given.")

    xml_id = fields.Many2one("ir.attachment", string="XML", readonly=True, ondelete="set null")
    cdr_id = fields.Many2one("ir.attachment", string="CDR", readonly=True, ondelete="set null")
    pdf_id = fields.Many2one("ir.attachment", string="PDF", readonly=True, ondelete="set null")

    baja_motivo = fields.Char(string="Reason of the baja", readonly=True)
    baja_ticket = fields.Char(string="Ticket of the baja", readonly=True)
    baja_documento = fields.Char(string="File of the baja", readonly=True)
    baja_pedida_por_id = fields.Many2one("res.users", string="Baja requested by", readonly=True)
    baja_mensaje = fields.Text(string="Answer to the baja", readonly=True)

    @api.model
    def _grupos_de_estado(self, estados, domain):
        """Columns of the kanban in the order in which a comprobante goes through them."""
        return [estado for estado, _label in ESTADOS if estado in estados]

    @api.depends("plazo", "estado")
    @api.depends_context("uid")
    def _compute_horas(self):
        now = fields.Datetime.now()
        for record in self:
            waiting = record.estado in ("por_enviar", "enviado") and record.plazo
            left = (record.plazo - now).total_seconds() if waiting else 0
            record.horas = int(left // SECONDS_PER_HOUR)
            limit = (record.company_id.emitir_alerta_horas or 0) * SECONDS_PER_HOUR
            record.por_vencer = bool(waiting) and left <= limit

    @api.model
    def _search_por_vencer(self, operator, value):
        wanted = (operator in ("=", "in")) == bool(
            value if not isinstance(value, (list, tuple, set)) else True in value
        )
        companies = self.env["res.company"].sudo().search([("emitir_activo", "=", True)])
        found = self.browse()
        for company in companies:
            limit = fields.Datetime.now() + timedelta(hours=company.emitir_alerta_horas or 0)
            found |= self.search(
                [
                    ("company_id", "=", company.id),
                    ("estado", "in", ("por_enviar", "enviado")),
                    ("plazo", "<=", limit),
                ]
            )
        return [("id", "in" if wanted else "not in", found.ids)]

    def _propiedades(self):
        """The frozen request."""
        self.ensure_one()
        return json.loads(self.sudo().solicitud or "{}")

    @api.depends("move_id.emitir_comprobante_id")
    def _compute_es_de_la_factura(self):
        for record in self:
            record.es_de_la_factura = record.move_id.emitir_comprobante_id == record

    @property
    def _emitido(self):
        return self.estado in EMITIDOS

    def action_abrir_factura(self):
        """Open the invoice."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "account.move",
            "res_id": self.move_id.id,
            "view_mode": "form",
        }

    def action_enviar(self):
        """Send the selected ones now."""
        own = self.filtered("es_de_la_factura")
        own.move_id.emitir_enviar()
        (self - own)._atender("_enviar")

    def action_consultar(self):
        """Ask the service for the state of the selected ones."""
        own = self.filtered("es_de_la_factura")
        own.move_id.emitir_consultar()
        (self - own)._atender("_enviar")

    def _atender(self, method):
        """Work at once on documents about an invoice that are not its own (a remisión)."""
        self.move_id._emitir_permiso("account.group_account_invoice")
        for record in self.sudo():
            getattr(record, method)()
            record._publicar()
