"""The six services: one method, one sending, an answer as a value."""

from __future__ import annotations

import io
import secrets
import zipfile
from base64 import b64encode
from collections.abc import Sequence

from emitir.paraguay.documents.firma import NAMESPACE
from emitir.paraguay.sifen import answers
from emitir.paraguay.sifen.endpoints import PATHS
from emitir.soap.client import SoapClient
from emitir.soap.exchange import Exchange
from emitir.soap.outcome import Failure, Fault, Outcome
from emitir.xml import text

#: Documents of one type and one RUC that a lote holds at most.
MAX_LOTE = 50
#: Bytes of a synchronous message at most (0200).
MAX_SYNC_BYTES = 1_000_000
_LAST_ID = 10**15
_TIMESTAMP = (2020, 1, 1, 0, 0, 0)


def new_id() -> str:
    """dId: up to 15 digits of the caller's choice, random so that no processes share one."""
    return str(secrets.randbelow(_LAST_ID - 1) + 1)


def bare(xml: bytes) -> str:
    """The rDE without its declaration, as a message carries it: not one byte of it changed."""
    return xml[xml.index(b"<rDE") :].decode()


def pack(documents: Sequence[bytes]) -> bytes:
    """A lote: base64 of a zip with one file of every rDE. The same documents give the same bytes."""
    inside = "".join(bare(one) for one in documents).removesuffix("</rLoteDE>")
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo("lote.xml", _TIMESTAMP), f"<rLoteDE>{inside}</rLoteDE>")
    return b64encode(buffer.getvalue())


class Sifen:
    """SIFEN at one address over one company's connections."""

    def __init__(self, base: str, exchange: Exchange) -> None:
        self._base = base
        self._exchange = exchange

    def __repr__(self) -> str:
        return f"<Sifen {self._base}>"

    def recibe(self, xml: bytes) -> answers.Result | Fault | Failure:
        """Send one signed document, to be judged at once."""
        return answers.document(self._call("recibe", "rEnviDe", f"<xDE>{bare(xml)}</xDE>"))

    def recibe_lote(self, documents: Sequence[bytes]) -> answers.Lote | answers.Result | Fault | Failure:
        """Send up to 50 signed documents of one type, to be judged later."""
        return answers.lote(self._call("recibe-lote", "rEnvioLote", f"<xDE>{pack(documents).decode()}</xDE>"))

    def consulta_lote(
        self, protocolo: str = "", cdc: str = ""
    ) -> answers.Lote | answers.Result | Fault | Failure:
        """What became of a lote, by its number or by a CDC inside it."""
        which = (
            f"<dProtConsLote>{text(protocolo)}</dProtConsLote>" if protocolo else f"<dCDC>{text(cdc)}</dCDC>"
        )
        return answers.lote(self._call("consulta-lote", "rEnviConsLoteDe", which))

    def consulta(self, cdc: str) -> answers.Found | answers.Result | Fault | Failure:
        """The stored document of a CDC, with its events."""
        return answers.found(self._call("consulta", "rEnviConsDeRequest", f"<dCDC>{text(cdc)}</dCDC>"))

    def consulta_ruc(self, ruc: str) -> answers.Contribuyente | answers.Result | Fault | Failure:
        """Name and state of a RUC (without digit)."""
        body = f"<dRUCCons>{text(ruc)}</dRUCCons>"
        return answers.contribuyente(self._call("consulta-ruc", "rEnviConsRUC", body))

    def evento(self, group: str) -> tuple[answers.Result, ...] | answers.Result | Fault | Failure:
        """Send signed events (``gGroupGesEve``, up to 15)."""
        return answers.events(self._call("evento", "rEnviEventoDe", f"<dEvReg>{group}</dEvReg>"))

    def _call(self, service: str, element: str, inside: str) -> Outcome:
        client = SoapClient(f"{self._base}{PATHS[service]}", self._exchange, version="1.2", any_status=True)
        return client.call("", f'<{element} xmlns="{NAMESPACE}"><dId>{new_id()}</dId>{inside}</{element}>')
