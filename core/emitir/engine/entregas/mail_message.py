"""The mail that goes out with a comprobante: subject, text, the same as HTML, attachments (RFC 5322, MIME).

Spanish, whatever the language of who asked for it: it is for the customer. Nothing of a document or a request
reaches a header with a line break in it: what is no printable letter is taken out, and the library refuses.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from html import escape

from babel.core import Locale, UnknownLocaleError
from babel.numbers import format_currency

from emitir.engine.comprobante import ACEPTADO, DADO_DE_BAJA, OBSERVADO, Comprobante
from emitir.engine.entregas.mail_settings import SmtpSettings
from emitir.engine.files import Download
from emitir.i18n import N_

#: Ambientes whose documents are legally valid; what is mailed from another one says so.
REAL = frozenset({"produccion", "ose"})

#: Seven bits: any server takes it.
_POLICY = SMTP.clone(cte_type="7bit")

_ESTADOS = {
    ACEPTADO: N_("Aceptado por {autoridad}"),
    OBSERVADO: N_("Aceptado por {autoridad}"),
    DADO_DE_BAJA: N_("Dado de baja: ya no tiene validez"),
}
_PENDING = N_("Emitido; la respuesta de {autoridad} está pendiente")
_ROWS = (N_("Documento"), N_("Fecha de emisión"), N_("Cliente"), N_("Importe total"), N_("Estado"))
_SUBJECT = N_("{denominacion} {numero} de {empresa}")
_GREETING = N_("{empresa} (RUC {ruc}) le envía su comprobante electrónico.")
_TEST = N_("DOCUMENTO DE PRUEBA, SIN VALOR LEGAL (ambiente {ambiente})")
_ATTACHED = N_("Archivos adjuntos: {archivos}.")
_KINDS = {"application/pdf": ("application", "pdf"), "application/xml": ("application", "xml")}


@dataclass(frozen=True, slots=True)
class Letter:
    """Everything that a mail is made of.

    ``denominacion``: the type of the document in words (``FACTURA ELECTRÓNICA``). ``grupo`` and ``creado_en``
    make ``Message-ID`` and ``Date``, which are the same whenever it is sent again.
    """

    document: Comprobante
    denominacion: str
    empresa: str
    ruc: str
    pais: str
    autoridad: str
    para: Sequence[str]
    cc: Sequence[str]
    mensaje: str
    files: Sequence[Download] = field(repr=False)
    grupo: str
    creado_en: datetime

    @property
    def numero(self) -> str:
        """``F001-21``."""
        return f"{self.document.serie}-{self.document.numero}"


def compose(letter: Letter, smtp: SmtpSettings) -> EmailMessage:
    """The message, ready for the wire: the same bytes for the same letter, but for MIME's boundaries."""
    message = EmailMessage(policy=_POLICY)
    message["Subject"] = _subject(letter)
    message["From"] = _from(letter, smtp)
    message["To"] = ", ".join(letter.para)
    if letter.cc:
        message["Cc"] = ", ".join(letter.cc)
    if smtp.responder_a:
        message["Reply-To"] = smtp.responder_a
    message["Date"] = format_datetime(letter.creado_en)
    message["Message-ID"] = message_id(letter.grupo, smtp)
    message["Auto-Submitted"] = "auto-generated"  # RFC 3834: no automatic answers, please
    message.set_content(_text(letter))
    message.add_alternative(_html(letter), subtype="html")
    for file in letter.files:
        maintype, subtype = _KINDS[file.content_type]
        message.add_attachment(file.content, maintype=maintype, subtype=subtype, filename=file.filename)
    return message


def message_id(grupo: str, smtp: SmtpSettings) -> str:
    """Names the message whatever how often it is sent, so that a mailbox can tell a repetition."""
    return f"<{grupo}@{smtp.remitente.rpartition('@')[2]}>"


def one_line(text: str) -> str:
    """``text`` without anything that could end a header."""
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())


def _subject(letter: Letter) -> str:
    subject = _SUBJECT.format(
        denominacion=letter.denominacion.capitalize(), numero=letter.numero, empresa=letter.empresa
    )
    if letter.document.ambiente not in REAL:
        subject = f"[{letter.document.ambiente}] {subject}"
    return one_line(subject)[:200]


def _from(letter: Letter, smtp: SmtpSettings) -> Address:
    return Address(one_line(smtp.nombre or letter.empresa)[:120], addr_spec=smtp.remitente)


def _rows(letter: Letter) -> list[tuple[str, str]]:
    document = letter.document
    estado = _ESTADOS.get(document.estado_comprobante, _PENDING).format(autoridad=letter.autoridad)
    values = (
        f"{letter.denominacion} {letter.numero}",
        f"{document.fecha_emision:%d/%m/%Y}",
        document.receptor_nombre,
        _amount(letter),
        estado,
    )
    return [(name, one_line(value)) for name, value in zip(_ROWS, values, strict=True) if value]


def _amount(letter: Letter) -> str:
    try:
        locale = Locale.parse(f"es_{letter.pais.upper()}")
    except UnknownLocaleError:
        locale = Locale("es")
    text: str = format_currency(letter.document.total, letter.document.moneda, locale=locale)
    return text.replace("\xa0", " ")


def _notes(letter: Letter) -> list[str]:
    names = ", ".join(file.filename for file in letter.files)
    notes = [_ATTACHED.format(archivos=names)] if names else []
    if letter.document.ambiente not in REAL:
        notes.insert(0, _TEST.format(ambiente=letter.document.ambiente))
    return notes


def _text(letter: Letter) -> str:
    greeting = one_line(_GREETING.format(empresa=letter.empresa, ruc=letter.ruc))
    rows = "\n".join(f"  {name}: {value}" for name, value in _rows(letter))
    parts = [greeting, rows, letter.mensaje, *_notes(letter)]
    return "\n\n".join(part for part in parts if part) + "\n"


def _html(letter: Letter) -> str:
    rows = "".join(
        f'<tr><td style="padding:4px 16px 4px 0;color:#666">{escape(name)}</td>'
        f'<td style="padding:4px 0"><b>{escape(value)}</b></td></tr>'
        for name, value in _rows(letter)
    )
    said = "".join(f"<p>{escape(line)}</p>" for line in letter.mensaje.splitlines() if line.strip())
    notes = "".join(f'<p style="color:#666;font-size:13px">{escape(note)}</p>' for note in _notes(letter))
    greeting = escape(one_line(_GREETING.format(empresa=letter.empresa, ruc=letter.ruc)))
    return (
        '<!doctype html><html lang="es"><body style="font-family:Arial,Helvetica,sans-serif;font-size:15px;'
        f'color:#222"><p>{greeting}</p><table style="border-collapse:collapse">{rows}</table>'
        f"{said}{notes}</body></html>\n"
    )
