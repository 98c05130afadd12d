import json

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..models.catalogos import FLETE, MOTIVOS_DE_REMISION


class EmitirPyTransporte(models.Model):
    """Who carries goods with which vehicle: kept, since it is the same most of the time."""

    _name = "emitir.py.transporte"
    _description = "Transport of goods"
    _rec_name = "nombre"
    _check_company_auto = True

    company_id = fields.Many2one("res.company", required=True, default=lambda self: self.env.company)
    nombre = fields.Char(string="Carrier", required=True, size=60)
    ruc = fields.Char(string="RUC of the carrier", required=True, help="With its digit: 80012345-0.")
    domicilio = fields.Char(string="Address of the carrier", required=True, size=150)
    chofer = fields.Char(string="Driver", required=True, size=60)
    chofer_documento = fields.Char(string="Document of the driver", required=True, size=20)
    chofer_direccion = fields.Char(string="Address of the driver", required=True)
    vehiculo = fields.Char(string="Vehicle", required=True, size=10, default="CAMIÓN")
    marca = fields.Char(string="Make", required=True, size=10)
    matricula = fields.Char(string="Number plate", required=True, size=7)


class EmitirPyRemision(models.TransientModel):
    """Makes the nota de remisión of the goods of an invoice."""

    _name = "emitir.py.remision"
    _description = "Nota de remisión"

    move_id = fields.Many2one("account.move", string="Invoice", required=True, readonly=True)
    company_id = fields.Many2one(related="move_id.company_id")
    motivo = fields.Selection(MOTIVOS_DE_REMISION, string="Reason", required=True, default="1")
    inicio = fields.Date(string="Leaves on", required=True, default=fields.Date.context_today)
    fin = fields.Date(string="Arrives on", required=True, default=fields.Date.context_today)
    kilometros = fields.Integer(string="Kilometres", required=True, default=1)
    flete = fields.Selection(FLETE, string="Freight paid by", required=True, default="1")
    propio = fields.Boolean(string="Own vehicle", default=True)
    transporte_id = fields.Many2one(
        "emitir.py.transporte", string="Transport", required=True, check_company=True
    )
    salida_direccion = fields.Char(string="From: address", required=True)
    salida_departamento = fields.Char(string="From: departamento")
    salida_ciudad = fields.Char(string="From: city", required=True)
    entrega_direccion = fields.Char(string="To: address", required=True)
    entrega_departamento = fields.Char(string="To: departamento")
    entrega_ciudad = fields.Char(string="To: city", required=True)

    @api.model
    def default_get(self, names):
        found = super().default_get(names)
        move = self.env["account.move"].browse(found.get("move_id"))
        shipping = "partner_shipping_id" in move._fields and move.partner_shipping_id
        for prefix, partner in (
            ("salida", move.company_id.partner_id),
            ("entrega", shipping or move.partner_id),
        ):
            place = partner._emitir_py_lugar()
            for name in ("direccion", "departamento", "ciudad"):
                found.setdefault(f"{prefix}_{name}", place.get(name) or False)
        found.setdefault(
            "transporte_id",
            self.env["emitir.py.transporte"].search([("company_id", "=", move.company_id.id)], limit=1).id,
        )
        return found

    def action_emitir(self):
        """Number it, keep its request with the invoice, and send it as any other document."""
        self.ensure_one()
        move = self.move_id
        move._emitir_permiso("account.group_account_invoice")
        if move.state != "posted" or move.emitir_situacion not in ("aceptado", "observado"):
            raise UserError(self.env._("The invoice has to be accepted first."))
        if self.fin < self.inicio:
            raise UserError(self.env._("It arrives before it leaves."))
        records = self.env["emitir.comprobante"].sudo()
        # One that was refused and that nobody has: it is made anew under its number.
        record = records.search(
            [
                ("move_id", "=", move.id),
                ("tipo", "=", "r"),
                ("estado", "=", "por_enviar"),
                ("atencion", "=", True),
            ],
            limit=1,
        )
        number = record.numero or move.journal_id.sudo()._emitir_py_siguiente_remision()
        solicitud = self._solicitud(number)
        values = {
            "solicitud": json.dumps(solicitud, ensure_ascii=False),
            "fecha": solicitud["fecha"],
            "atencion": False,
            "mensaje": False,
            "accion": False,
            "proximo_intento": False,
        }
        if record:
            record.write(values)
        else:
            record = records.create(
                {
                    **values,
                    "move_id": move.id,
                    "tipo": "r",
                    "serie": solicitud["serie"],
                    "numero": number,
                    "numero_completo": f"NR {solicitud['serie']}-{number:07d}",
                    "plazo": move._emitir_plazo(),
                }
            )
        record._despachar()
        return {"type": "ir.actions.act_window_close"}

    def _solicitud(self, number):
        move, carrier = self.move_id, self.transporte_id
        today = fields.Date.context_today(self)
        client = move._emitir_py_cliente()
        client["direccion"] = self.entrega_direccion
        items = [
            {name: item[name] for name in ("codigo", "descripcion", "unidad", "cantidad")}
            for item in move._emitir_py_items(move._emitir_py_lineas())
        ]
        return {
            "tipo": "r",
            "serie": move.journal_id._emitir_py_serie(),
            "numero": number,
            "fecha": today.isoformat(),
            **client,
            "motivo": self.motivo,
            "responsable_emision": "1",
            "kilometros": self.kilometros,
            "informacion_fisco": move.company_id.emitir_py_leyenda_remision or "Traslado de bienes",
            "documento": move.emitir_comprobante_id.codigo_documento,
            "transporte": {
                "tipo": "1" if self.propio else "2",
                "responsable_flete": self.flete,
                "inicio": self.inicio.isoformat(),
                "fin": self.fin.isoformat(),
                "salida": self._parada("salida"),
                "entregas": [self._parada("entrega")],
                "vehiculos": [
                    {"tipo": carrier.vehiculo, "marca": carrier.marca, "matricula": carrier.matricula}
                ],
                "transportista": {
                    "ruc": carrier.ruc,
                    "nombre": carrier.nombre,
                    "domicilio": carrier.domicilio,
                    "chofer_numero_doc": carrier.chofer_documento,
                    "chofer_nombre": carrier.chofer,
                    "chofer_direccion": carrier.chofer_direccion,
                },
            },
            "items": items,
        }

    def _parada(self, prefix):
        place = {name: self[f"{prefix}_{name}"] for name in ("direccion", "departamento", "ciudad")}
        return {name: value.strip() for name, value in place.items() if value}
