import json
import logging
import time
from datetime import timedelta

from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import UserError
from psycopg2 import OperationalError

from emitir.client import EmitirApiError, TransportError

_logger = logging.getLogger(__name__)

#: Minutes until the next attempt, by the number of attempts made.
PAUSAS = (1, 1, 2, 5, 10, 30, 60)
#: Seconds that posting waits at most for its comprobantes; the cron goes on with the rest.
ESPERA = 20
#: Seconds that one run of the cron takes at most.
TURNO = 240
#: Times that a write is tried again when another transaction was faster.
REINTENTOS = 5
#: State of the service to state of the record.
ESTADOS_DEL_SERVICIO = {
    "por_enviar": "enviado",
    "enviando": "enviado",
    "en_proceso": "enviado",
    "aceptado": "aceptado",
    "observado": "observado",
    "rechazado": "rechazado",
    "no_recibido": "por_enviar",
    "no_enviado": "dado_de_baja",
    "baja_en_proceso": "baja_en_proceso",
    "dado_de_baja": "dado_de_baja",
}


class EmitirComprobante(models.Model):
    """Sending: never inside the transaction that posts, one transaction per document."""

    _inherit = "emitir.comprobante"

    def _despachar(self):
        """Send after the commit of this transaction, and let the cron make up for what fails.

        Odoo repeats a request whose transaction lost a race: what runs in it may run several times or be
        rolled back. Functions of ``postcommit`` run once, after the real commit, before the answer.
        """
        if not self:
            return
        cr = self.env.cr
        waiting = cr.postcommit.data.setdefault("emitir.despachar", [])
        if not waiting:
            registry, context = self.env.registry, dict(self.env.context)
            ids = waiting

            def run():
                self.env["emitir.comprobante"]._procesar_despues(registry, context, list(ids))

            cr.postcommit.add(run)
        waiting.extend(self.ids)
        self._programar(minutes=1)

    @api.model
    def _programar(self, minutes=1):
        """Wake the cron in some minutes; never at once, which would be a loop when it fails."""
        cron = self.env.ref("emitir.cron_enviar", raise_if_not_found=False)
        if cron:
            cron.sudo()._trigger(at=fields.Datetime.now() + timedelta(minutes=minutes))

    @staticmethod
    def _procesar_despues(registry, context, ids):
        """Send documents of a transaction that has been committed; whatever happens is only logged."""
        try:
            with registry.cursor() as cr:
                left = api.Environment(cr, SUPERUSER_ID, context)["emitir.comprobante"]._procesar(ids, ESPERA)
                if left:
                    api.Environment(cr, SUPERUSER_ID, context)["emitir.comprobante"]._programar(minutes=0)
        except Exception:
            # The invoices are posted and committed: whatever fails here must not reach who posted them.
            _logger.exception("Emitir: documents %s are left to the cron", ids)

    @api.model
    def _procesar(self, ids, seconds):
        """Send each document in a transaction of its own, at most for ``seconds``; ids that are left."""
        end = time.monotonic() + seconds
        for position, record_id in enumerate(ids):
            if time.monotonic() > end:
                return ids[position:]
            self._en_su_transaccion(record_id, "_enviar")
            self._en_su_transaccion(record_id, "_publicar")
        return []

    @api.model
    def _en_su_transaccion(self, record_id, method):
        """Call ``method`` of a record and commit; again when another transaction changed what it writes."""
        for attempt in range(1, REINTENTOS + 1):
            try:
                with self.env.registry.cursor() as cr:
                    env = api.Environment(cr, SUPERUSER_ID, dict(self.env.context))
                    record = env["emitir.comprobante"].browse(record_id)
                    getattr(record.with_context(lang=record._idioma()), method)()
                return
            except OperationalError as error:
                if attempt == REINTENTOS:
                    _logger.warning("Emitir: %s of document %s: %s", method, record_id, error.pgcode)
                else:
                    time.sleep(0.05 * 2**attempt)
            except Exception:
                # Rolled back; the cron takes it up again, and the documents behind it go on.
                _logger.exception("Emitir: %s of document %s", method, record_id)
                return

    def _idioma(self):
        """Language of messages that are written without a user: that of the company."""
        return self.env.context.get("lang") or self.company_id.partner_id.lang or "es"

    def _tomar(self):
        """Lock the record; False when another transaction works on it or it is gone."""
        self.ensure_one()
        self.env.cr.execute(
            "SELECT id FROM emitir_comprobante WHERE id = %s FOR UPDATE SKIP LOCKED", (self.id,)
        )
        taken = bool(self.env.cr.fetchall())
        self.invalidate_recordset()
        return taken

    def _enviar(self):
        """Send a waiting document, or ask for one that is on its way, and note the answer.

        What may have arrived is asked for first; it is sent again only when the service has never seen it. The
        same frozen request again is the same comprobante.
        """
        self.ensure_one()
        if not self._tomar() or self.estado not in ("por_enviar", "enviado", "baja_en_proceso"):
            return
        try:
            client = self.company_id._emitir_cliente()
        except UserError as error:
            self._anotar_problema("SIN_CONFIGURAR", str(error), atencion=True)
            return
        with client:
            try:
                self._anotar(self._preguntar(client) or client.emitir(self._propiedades()).respuesta)
            except EmitirApiError as error:
                self._anotar_error(error)
            except TransportError as error:
                self._anotar_transporte(error)

    def _preguntar(self, client):
        """What the service knows of a document that is on its way; None when it has never seen it."""
        if self.estado == "por_enviar":
            return None
        try:
            return client.comando("consultar", self._clave())
        except EmitirApiError as error:
            if error.code == "COMPROBANTE_NO_EXISTE" and self.estado == "enviado":
                return None
            raise

    def _clave(self):
        """What names this document for the service."""
        properties = self._propiedades()
        return {name: properties[name] for name in ("tipo", "serie", "numero")}

    def _anotar(self, answer):
        """Write down an answer of the service that carries the state of the document."""
        if answer.get("estado_comprobante") in ("rechazado", "no_recibido") and answer.get("numero_libre"):
            self._anotar_corregible(answer)
            return
        estado = ESTADOS_DEL_SERVICIO.get(answer.get("estado_comprobante"), self.estado)
        notes = answer.get("sunat_observaciones") or answer.get("sunat_observacion") or []
        values = {
            "estado": estado,
            "atencion": estado == "rechazado",
            "codigo_documento": answer.get("codigo_documento") or self.codigo_documento,
            "codigo_descarga": answer.get("codigo_descarga") or self.sudo().codigo_descarga,
            "valor_resumen": answer.get("valor_resumen") or self.valor_resumen,
            "observaciones": "\n".join(str(note) for note in notes) or self.observaciones,
            "mensaje": False,
            "accion": False,
            "codigo_error": False,
            "errores": False,
            **self._intento(),
        }
        if answer.get("sunat_respuesta") not in (None, ""):
            values["respuesta"] = str(answer["sunat_respuesta"])
            values["respuesta_descripcion"] = answer.get("sunat_descripcion") or False
        if estado not in ("por_enviar", "enviado"):
            values.update(proximo_intento=False, respondido_en=self.respondido_en or fields.Datetime.now())
        if estado != self.estado:
            values["publicado"] = False
        if estado == "enviado":
            values["mensaje"] = answer.get("detalle") or self.env._(
                "The authority has not answered yet; the service goes on by itself."
            )
        elif estado == "rechazado":
            values["mensaje"] = answer.get("sunat_descripcion") or answer.get("descripcion_error")
            values["accion"] = self.env._(
                "The number is used up. Press “Correct and issue again”: a copy with a new number is made, and "
                "this invoice is cancelled."
            )
        self.write(values)

    def _anotar_corregible(self, answer):
        """Rejected, but the authority left the number free: the invoice is corrected and goes again under it."""
        code = answer.get("sunat_respuesta") or answer.get("codigo_error") or ""
        text = answer.get("sunat_descripcion") or answer.get("descripcion_error") or ""
        action = self.env._(
            "Correct what is told (resetting to draft keeps the number), or the settings, and send it again."
        )
        self._anotar_problema(str(code), text, action, estado="por_enviar", atencion=True)

    def _anotar_error(self, error):
        """Write down that the service refused, or that the authority did."""
        if error.respuesta.get("estado_comprobante") == "rechazado" or error.code == "AUTORIDAD_RECHAZA":
            self._anotar({**error.respuesta, "estado_comprobante": "rechazado"})
            self.codigo_error = error.respuesta.get("sunat_respuesta") or error.code
        elif error.retryable:
            self._anotar_problema(error.code, error.descripcion, error.extra)
        else:
            self._anotar_problema(error.code, error.descripcion, error.extra, error.errores, atencion=True)

    def _anotar_transporte(self, error):
        """Write down that no answer came; what may have arrived counts as sent until the service tells."""
        self._anotar_problema(
            "SIN_CONEXION",
            str(error),
            self.env._("Nothing is lost: it is tried again by itself."),
            estado="enviado" if error.sent else None,
            atencion=not error.passing,
        )

    def _anotar_problema(self, code, mensaje, accion="", errores=(), estado=None, atencion=False):
        """Write down why there is no verdict. With ``atencion`` somebody has to correct something first."""
        details = [entry for entry in errores if entry.get("descripcion")]
        text = "\n".join(self._frase(entry) for entry in details) or mensaje
        self.write(
            {
                "estado": estado or self.estado,
                "atencion": atencion,
                "codigo_error": code,
                "mensaje": text,
                "accion": "\n".join(
                    dict.fromkeys(entry["accion"] for entry in details if entry.get("accion"))
                )
                or accion,
                "errores": json.dumps(list(errores), ensure_ascii=False) if errores else False,
                "publicado": self.publicado and (not atencion or text == self.mensaje),
                **self._intento(),
            }
        )

    @staticmethod
    def _frase(entry):
        path = entry.get("propiedad")
        return f"{entry['descripcion']} ({path})" if path else entry["descripcion"]

    def _intento(self):
        """Counters of an attempt, and when the next one is due."""
        now = fields.Datetime.now()
        pause = PAUSAS[min(self.intentos, len(PAUSAS) - 1)]
        return {
            "intentos": self.intentos + 1,
            "ultimo_intento": now,
            "proximo_intento": now + timedelta(minutes=pause),
        }

    @api.model
    def _cron_enviar(self):
        """Send what is due: what posting left, what failed in passing, what waits for the authority."""
        now = fields.Datetime.now()
        due = ["|", ("proximo_intento", "=", False), ("proximo_intento", "<=", now)]
        sending = ["&", ("estado", "=", "por_enviar"), ("atencion", "=", False)]
        working = ["|", ("estado", "in", ("enviado", "baja_en_proceso")), *sending]
        waiting = self.sudo().search(
            [("company_id.emitir_activo", "=", True), *due, *working], order="plazo, id"
        )
        unpublished = self.sudo().search(
            [("publicado", "=", False), ("estado", "not in", ("por_enviar", "enviado"))]
        )
        left = self._procesar((waiting | unpublished).ids, TURNO)
        if left or waiting.exists().filtered(lambda record: record.estado in ("por_enviar", "enviado")):
            self._programar(minutes=1)
