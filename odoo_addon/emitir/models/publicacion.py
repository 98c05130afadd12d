from markupsafe import Markup
from odoo import models

from emitir.client import EmitirApiError, TransportError

ARCHIVOS = (("pdf", "pdf_id"), ("xml", "xml_id"), ("cdr", "cdr_id"))


class EmitirComprobante(models.Model):
    """What people see of a verdict: files and a message in the invoice, an activity where a hand is needed."""

    _inherit = "emitir.comprobante"

    def _publicar(self):
        """Put files and message of the present state into the invoice, once.

        A transaction of its own: it writes to the invoice, which others may be changing, and the verdict must
        not depend on that. What cannot be downloaded yet is fetched by the next run.
        """
        self.ensure_one()
        if not self._tomar() or self.publicado or (self.estado == "por_enviar" and not self.atencion):
            return
        if self.estado == "enviado":
            return
        complete = self._traer_archivos() if self.estado in ("aceptado", "observado", "rechazado") else True
        if not complete:
            return
        self.publicado = True
        if self.estado == "dado_de_baja":
            self._anular_factura()
        attachments = self.xml_id | self.cdr_id | self.pdf_id
        self.move_id.message_post(
            body=self._mensaje_del_chatter(), attachment_ids=self._sin_publicar(attachments)
        )
        if self.pdf_id and self.es_de_la_factura:
            self.move_id.message_main_attachment_id = self.pdf_id
        if self.atencion:
            self._avisar(self.mensaje)
        else:
            self._quitar_avisos()

    def _sin_publicar(self, attachments):
        """Attachments that no message of the invoice carries yet."""
        return (attachments - self.move_id.message_ids.attachment_ids).ids

    def _traer_archivos(self):
        """Download what is missing; True when everything that exists is here."""
        code = self.sudo().codigo_descarga
        if not code:
            return True
        complete = True
        with self.company_id._emitir_cliente() as client:
            for kind, field in ARCHIVOS:
                if self[field] or (kind == "pdf" and self.estado == "rechazado"):
                    continue  # what was rejected is no comprobante: its printed form goes to nobody
                try:
                    file = client.descargar(code, kind)
                except EmitirApiError as error:
                    # A boleta that was asked for has no CDR; the PDF and the XML exist at once.
                    complete = complete and error.http == 404 and kind == "cdr"
                    continue
                except TransportError:
                    complete = False
                    continue
                self[field] = self._adjuntar(file, kind)
        return complete

    def _adjuntar(self, file, kind):
        """Keep a file with the invoice. The PDF takes the place of Odoo's own, so that sending uses it."""
        values = {
            "name": file.nombre,
            "raw": file.contenido,
            "mimetype": file.tipo_medio,
            "res_model": "account.move",
            "res_id": self.move_id.id,
        }
        if kind == "pdf" and self.es_de_la_factura and "invoice_pdf_report_file" in self.move_id._fields:
            old = self.env["ir.attachment"].search(
                [
                    ("res_model", "=", "account.move"),
                    ("res_id", "=", self.move_id.id),
                    ("res_field", "=", "invoice_pdf_report_file"),
                ]
            )
            old.res_field = False
            values["res_field"] = "invoice_pdf_report_file"
        attachment = self.env["ir.attachment"].sudo().create(values)
        self.move_id.invalidate_recordset(["invoice_pdf_report_id", "invoice_pdf_report_file"])
        return attachment

    def _mensaje_del_chatter(self):
        """A message for the present state, as HTML."""
        label = dict(self._fields["estado"]._description_selection(self.env))[self.estado]
        parts = [Markup("<strong>%s: %s</strong>") % (self.numero_completo, label)]
        if self.estado in ("aceptado", "observado", "rechazado") and self.respuesta:
            parts.append(
                self.env._(
                    "Answer of the authority: %(code)s, %(text)s",
                    code=self.respuesta,
                    text=self.respuesta_descripcion or "",
                )
            )
        if self.estado == "observado" and self.observaciones:
            parts.append(self.observaciones)
        if (
            self.estado in ("por_enviar", "rechazado")
            and self.mensaje
            and self.mensaje != self.respuesta_descripcion
        ):
            parts.append(self.mensaje)
        if self.atencion and self.accion:
            parts.append(self.accion)
        if self.estado in ("baja_en_proceso", "dado_de_baja"):
            if self.baja_motivo:
                parts.append(self.env._("Reason: %s", self.baja_motivo))
            if self.baja_ticket:
                parts.append(self.env._("Ticket: %s", self.baja_ticket))
        lines = Markup("<br/>").join(
            Markup("<br/>").join(part.split("\n")) if not isinstance(part, Markup) else part for part in parts
        )
        return Markup("<p>%s</p>") % lines

    def _avisar(self, nota):
        """An activity for those who get alerts; one at a time."""
        users = self.company_id.emitir_alertas_ids or self.move_id.invoice_user_id
        kind = self.env.ref("mail.mail_activity_data_todo", raise_if_not_found=False)
        for user in users:
            if self._avisos().filtered(lambda activity, user=user: activity.user_id == user):
                continue
            self.move_id.activity_schedule(
                activity_type_id=kind.id if kind else False,
                summary=self._titulo_del_aviso(),
                note=Markup("<p>%s</p>") % (nota or ""),
                user_id=user.id,
            )

    def _titulo_del_aviso(self):
        return self.env._("Electronic invoicing: %s", self.numero_completo)

    def _avisos(self):
        return self.move_id.activity_ids.filtered(
            lambda activity: (activity.summary or "").endswith(self.numero_completo or "")
        )

    def _quitar_avisos(self):
        self._avisos().unlink()
