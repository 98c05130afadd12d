"""What ``hola`` looks at beside certificate and connection: timbrado, CSC, the own RUC at SIFEN, the clock."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from emitir import error_codes as codes
from emitir.country_facts import Examination
from emitir.errors import Problem
from emitir.i18n import N_
from emitir.paraguay import cdc
from emitir.paraguay.documents.qr import CSC_DE_PRUEBA
from emitir.paraguay.emisor import Emisor
from emitir.paraguay.plazos import asuncion
from emitir.paraguay.sifen.answers import Contribuyente, Found
from emitir.paraguay.sifen.services import Sifen

#: Seconds by which our clock may be ahead: SIFEN refuses what is signed after its own time (1004).
_AHEAD, _BEHIND = 60, 600
_CSC_LENGTH = 32


def examine(sifen: Sifen, emisor: Emisor, secrets: Mapping[str, str], now: datetime) -> Examination:
    """Problems, warnings and facts of a company that is connected."""
    problems: list[Problem] = []
    warnings: list[Problem] = []
    facts: dict[str, Any] = {
        "timbrado": emisor.timbrado,
        "timbrado_inicio": emisor.timbrado_inicio.isoformat(),
        "csc_id": emisor.csc_id.zfill(4),
    }
    if emisor.timbrado_inicio > asuncion(now).date():
        text = N_("El timbrado {timbrado} comienza el {fecha}: antes no se puede emitir.")
        params = {"timbrado": emisor.timbrado, "fecha": emisor.timbrado_inicio.isoformat()}
        problems.append(Problem(codes.CONFIGURACION_INVALIDA, text, "timbrado_inicio", params))
    problems += _csc(emisor, secrets.get("csc", ""))
    _own_ruc(sifen, emisor, facts, problems)
    _clock(sifen, emisor, now, facts, warnings)
    return Examination(tuple(problems), tuple(warnings), facts)


def _csc(emisor: Emisor, csc: str) -> list[Problem]:
    generic = csc in CSC_DE_PRUEBA.values()
    if not csc and emisor.de_prueba and emisor.csc_id.zfill(4) in CSC_DE_PRUEBA:
        return []
    if not csc:
        text = N_("Falta el CSC (código de seguridad del contribuyente).")
        return [Problem(codes.CONFIGURACION_INVALIDA, text, "csc")]
    if len(csc) != _CSC_LENGTH:
        text = N_("El CSC tiene {count} caracteres y el guardado, {found}.")
        return [Problem(codes.CONFIGURACION_INVALIDA, text, "csc", {"count": _CSC_LENGTH, "found": len(csc)})]
    if generic and not emisor.de_prueba:
        text = N_("El CSC guardado es el genérico de pruebas: en producción SIFEN rechaza su QR.")
        return [Problem(codes.CONFIGURACION_INVALIDA, text, "csc")]
    return []


def _own_ruc(sifen: Sifen, emisor: Emisor, facts: dict[str, Any], problems: list[Problem]) -> None:
    answer = sifen.consulta_ruc(emisor.ruc_y_dv[0])
    if not isinstance(answer, Contribuyente) or answer.code != "0502":
        return  # the connection was judged by who asked before
    facts["ruc_estado"] = answer.estado_descripcion
    facts["facturador_electronico"] = answer.facturador
    if answer.estado and answer.estado != "ACT":
        text = N_("El RUC de la empresa está en estado {estado}: SIFEN no recibe sus documentos.")
        params = {"estado": answer.estado_descripcion or answer.estado}
        problems.append(Problem(codes.CONFIGURACION_INVALIDA, text, "ruc", params))
    elif not answer.facturador:
        text = N_("El RUC de la empresa no está habilitado como facturador electrónico.")
        problems.append(Problem(codes.CONFIGURACION_INVALIDA, text, "ruc"))


def _clock(
    sifen: Sifen, emisor: Emisor, now: datetime, facts: dict[str, Any], warnings: list[Problem]
) -> None:
    """By the moment that SIFEN writes on an answer about a document that nobody issued."""
    ruc, dv = emisor.ruc_y_dv
    today = asuncion(now).date()
    nobody = cdc.Cdc("1", ruc, dv, "999", "999", 9_999_999, emisor.clase, today, "1", "000000001")
    answer = sifen.consulta(cdc.build(nobody))
    if not isinstance(answer, Found):
        return
    try:
        theirs = datetime.fromisoformat(answer.fecha).replace(tzinfo=None)
    except ValueError:
        return
    ahead = round((asuncion(now) - theirs).total_seconds())
    facts["reloj_diferencia"] = ahead
    if ahead > _AHEAD:
        text = N_(
            "El reloj de este equipo adelanta {count} segundos al de SIFEN, que rechaza firmas futuras (1004)."
        )
        warnings.append(Problem(codes.CONFIGURACION_INVALIDA, text, "reloj", {"count": ahead}))
    elif ahead < -_BEHIND:
        text = N_("El reloj de este equipo atrasa {count} segundos respecto al de SIFEN.")
        warnings.append(Problem(codes.CONFIGURACION_INVALIDA, text, "reloj", {"count": -ahead}))
