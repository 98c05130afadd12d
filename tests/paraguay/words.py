"""Answers as SIFEN writes them, to be said by :mod:`tests.paraguay.wire`."""

from __future__ import annotations

from html import escape

from .wire import NAMESPACE


def judged(cdc: str, estado: str, *codes: tuple[str, str], protocol: str = "50219661") -> str:
    """rRetEnviDe, as recibe answers."""
    results = "".join(
        f"<ns2:gResProc><ns2:dCodRes>{code}</ns2:dCodRes><ns2:dMsgRes>{text}</ns2:dMsgRes></ns2:gResProc>"
        for code, text in codes
    )
    known = f"<ns2:Id>{cdc}</ns2:Id>" if cdc else ""
    number = f"<ns2:dProtAut>{protocol}</ns2:dProtAut>" if estado.startswith("Aprobado") else ""
    return (
        f"<ns2:rRetEnviDe {NAMESPACE}><ns2:rProtDe>{known}<ns2:dFecProc>2026-11-21T12:00:05-03:00</ns2:dFecProc>"
        f"<ns2:dEstRes>{estado}</ns2:dEstRes>{number}{results}</ns2:rProtDe></ns2:rRetEnviDe>"
    )


def stored(document: str, *events: str) -> str:
    """rEnviConsDeResponse with the document and its events as escaped text."""
    inside = f'<?xml version="1.0" encoding="UTF-8"?>{document}\n<dProtAut>50219661</dProtAut>\n<xContEv>'
    inside += "".join(f"<rContEv><xEvento>{event}</xEvento></rContEv>" for event in events) + "</xContEv>"
    return (
        f"<ns2:rEnviConsDeResponse {NAMESPACE}><ns2:dFecProc>2026-11-21T12:00:05-03:00</ns2:dFecProc>"
        f"<ns2:dCodRes>0422</ns2:dCodRes><ns2:dMsgRes>CDC encontrado</ns2:dMsgRes>"
        f"<ns2:xContenDE>{escape(inside)}</ns2:xContenDE></ns2:rEnviConsDeResponse>"
    )


NOT_THERE = (
    f"<ns2:rEnviConsDeResponse {NAMESPACE}><ns2:dFecProc>2026-10-09T17:04:34-03:00</ns2:dFecProc>"
    "<ns2:dCodRes>0420</ns2:dCodRes><ns2:dMsgRes>Documento No Existe en SIFEN o ha sido Rechazado</ns2:dMsgRes>"
    "</ns2:rEnviConsDeResponse>"
)
KNOWN_RUC = (
    f"<ns2:rResEnviConsRUC {NAMESPACE}><ns2:dCodRes>0502</ns2:dCodRes><ns2:dMsgRes>RUC encontrado</ns2:dMsgRes>"
    "<ns2:xContRUC><ns2:dRUCCons>80000000</ns2:dRUCCons><ns2:dRazCons>EMPRESA DE PRUEBA S.A.</ns2:dRazCons>"
    "<ns2:dCodEstCons>ACT</ns2:dCodEstCons><ns2:dDesEstCons>ACTIVO</ns2:dDesEstCons>"
    "<ns2:dRUCFactElec>S</ns2:dRUCFactElec></ns2:xContRUC></ns2:rResEnviConsRUC>"
)


def queued(code: str, protocol: str = "") -> str:
    """rResEnviLoteDe."""
    number = f"<ns2:dProtConsLote>{protocol}</ns2:dProtConsLote>" if protocol else ""
    return (
        f"<ns2:rResEnviLoteDe {NAMESPACE}><ns2:dFecProc>2026-11-21T12:00:05-03:00</ns2:dFecProc>"
        f"<ns2:dCodRes>{code}</ns2:dCodRes><ns2:dMsgRes>Lote</ns2:dMsgRes>{number}</ns2:rResEnviLoteDe>"
    )


def lote(code: str, cdc: str = "", estado: str = "Aprobado", result: str = "0260") -> str:
    """rResEnviConsLoteDe."""
    one = (
        f"<ns2:gResProcLote><ns2:id>{cdc}</ns2:id><ns2:dEstRes>{estado}</ns2:dEstRes><ns2:gResProc><ns2:dCodRes>"
        f"{result}</ns2:dCodRes><ns2:dMsgRes>x</ns2:dMsgRes></ns2:gResProc></ns2:gResProcLote>"
        if cdc
        else ""
    )
    return (
        f"<ns2:rResEnviConsLoteDe {NAMESPACE}><ns2:dFecProc>2026-11-21T12:00:05-03:00</ns2:dFecProc>"
        f"<ns2:dCodResLot>{code}</ns2:dCodResLot><ns2:dMsgResLot>Lote</ns2:dMsgResLot>{one}</ns2:rResEnviConsLoteDe>"
    )
