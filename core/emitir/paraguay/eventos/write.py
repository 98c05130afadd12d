"""The XML of events: ``rEve`` written, signed, and put together in messages of up to 15 (spec.md §12).

Order of the elements: Evento_v150.xsd.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from emitir.money import trimmed
from emitir.paraguay.documents.firma import NAMESPACE, digest, signature
from emitir.paraguay.documents.general import receiver
from emitir.paraguay.documents.partes import opt, pair, place, ruc
from emitir.paraguay.eventos import model
from emitir.paraguay.eventos.nominacion import as_document
from emitir.paraguay.eventos.prepare import Preparado
from emitir.signing.signer import Signer
from emitir.xml import text

#: Events of one message at most.
MAX_EVENTOS = 15
_GROUP = (
    f'<gGroupGesEve xmlns="{NAMESPACE}" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
    f' xsi:schemaLocation="{NAMESPACE} siRecepEvento_v150.xsd">'
)


def _moment(name: str, value: Any) -> str:
    return "" if value is None else f"<{name}>{value.isoformat(timespec='seconds')}</{name}>"


def _cancelacion(event: Preparado, datos: model.Cancelacion) -> str:
    return f"<rGeVeCan><Id>{datos.cdc}</Id><mOtEve>{text(datos.motivo)}</mOtEve></rGeVeCan>"


def _inutilizacion(event: Preparado, datos: model.Inutilizacion) -> str:
    parts = datos.serie.split("-")
    timbrado = parts.pop(0) if len(parts[0]) == 8 else event.emisor.timbrado
    return (
        f"<rGeVeInu><dNumTim>{timbrado}</dNumTim><dEst>{parts[0]}</dEst><dPunExp>{parts[1]}</dPunExp>"
        f"<dNumIn>{datos.desde:07d}</dNumIn><dNumFin>{datos.hasta:07d}</dNumFin><iTiDE>{datos.tipo}</iTiDE>"
        f"<mOtEve>{text(datos.motivo)}</mOtEve>{opt('dSerieNum', parts[2] if len(parts) > 2 else '')}</rGeVeInu>"
    )


def _conformidad(event: Preparado, datos: model.Conformidad) -> str:
    return (
        f"<rGeVeConf><Id>{datos.cdc}</Id><iTipConf>{datos.conformidad}</iTipConf>"
        f"{_moment('dFecRecep', datos.fecha_recepcion)}</rGeVeConf>"
    )


def _disconformidad(event: Preparado, datos: model.Disconformidad) -> str:
    return f"<rGeVeDisconf><Id>{datos.cdc}</Id><mOtEve>{text(datos.motivo)}</mOtEve></rGeVeDisconf>"


def _who(event: Preparado, datos: model.Desconocimiento | model.Notificacion) -> str:
    """The receiver: as given, else the company."""
    if datos.tipo_doc:
        kind, name = "2", datos.nombre
        identity = f"<dTipIDRec>{datos.tipo_doc}</dTipIDRec><dNumID>{datos.numero_doc}</dNumID>"
    else:
        kind, name = "1", datos.nombre or event.emisor.razon_social
        identity = ruc("dRucRec", "dDVRec", datos.ruc or event.emisor.ruc)
    return (
        f"{_moment('dFecEmi', datos.fecha_emision)}{_moment('dFecRecep', datos.fecha_recepcion)}"
        f"<iTipRec>{kind}</iTipRec>{opt('dNomRec', name)}{identity}"
    )


def _desconocimiento(event: Preparado, datos: model.Desconocimiento) -> str:
    motive = f"<mOtEve>{text(datos.motivo)}</mOtEve>"
    return f"<rGeVeDescon><Id>{datos.cdc}</Id>{_who(event, datos)}{motive}</rGeVeDescon>"


def _notificacion(event: Preparado, datos: model.Notificacion) -> str:
    total = f"<dTotalGs>{trimmed(datos.total_guaranies)}</dTotalGs>"
    return f"<rGeVeNotRec><Id>{datos.cdc}</Id>{_who(event, datos)}{total}</rGeVeNotRec>"


def _nominacion(event: Preparado, datos: model.Nominacion) -> str:
    document = receiver(as_document(datos, event.emisor, event.firma))
    inside = document.removeprefix("<gDatRec>").removesuffix("</gDatRec>")
    return f"<rGEveNom><Id>{datos.cdc}</Id><mOtEve>{text(datos.motivo)}</mOtEve>{inside}</rGEveNom>"


def _transporte(event: Preparado, datos: model.Transporte) -> str:
    motive, block = "", ""
    if (where := datos.lugar) is not None:
        motive = "1"
        block = (
            f"{place('Ent', where.departamento, where.distrito, where.ciudad)}{opt('dDirEnt', where.direccion)}"
            f"<dNumCas>{where.numero_casa}</dNumCas>{opt('dCompDir1', where.complemento_direccion_1)}"
        )
    elif (driver := datos.chofer) is not None:
        motive, block = "2", f"{opt('dNomChof', driver.nombre)}{opt('dNumIDChof', driver.numero_doc)}"
    elif (who := datos.transportista) is not None:
        motive = "3"
        identity = pair("iTipIDTrans", "dDTipIDTrans", "documento_identidad", "" if who.ruc else who.tipo_doc)
        block = (
            f"<iNatTrans>{'1' if who.ruc else '2'}</iNatTrans>{ruc('dRucTrans', 'dDVTrans', who.ruc)}"
            f"{opt('dNomTrans', who.nombre)}{identity}{opt('dNumIDTrans', '' if who.ruc else who.numero_doc)}"
        )
    elif (car := datos.vehiculo) is not None:
        motive = "4"
        block = (
            f"{pair('iTipTrans', 'dDesTipTrans', 'tipo_transporte', car.tipo_transporte)}"
            f"{pair('iModTrans', 'dDesModTrans', 'modalidad_transporte', car.modalidad)}"
            f"{opt('dTiVehTras', car.tipo)}{opt('dMarVeh', car.marca)}"
            f"<dTipIdenVeh>{'2' if car.matricula else '1'}</dTipIdenVeh>{opt('dNroIDVeh', car.identificacion)}"
            f"{opt('dNroMatVeh', car.matricula)}"
        )
    return f"<rGeVeTr><Id>{datos.cdc}</Id><dMotEv>{motive}</dMotEv>{block}</rGeVeTr>"


_WRITERS: dict[str, Callable[[Preparado, Any], str]] = {
    "cancelacion": _cancelacion,
    "inutilizacion": _inutilizacion,
    "conformidad": _conformidad,
    "disconformidad": _disconformidad,
    "desconocimiento": _desconocimiento,
    "notificacion": _notificacion,
    "nominacion": _nominacion,
    "transporte": _transporte,
}


def sign(event: Preparado, signer: Signer, number: int = 1) -> str:
    """One signed event (``rGesEve``). ``number``: its Id, alone of its kind in the message."""
    inside = (
        f' Id="{number}"><dFecFirma>{event.firma.isoformat()}</dFecFirma><dVerFor>150</dVerFor>'
        f"<gGroupTiEvt>{_WRITERS[event.clase](event, event.datos)}</gGroupTiEvt></rEve>"
    )
    value = digest(f'<rEve xmlns="{NAMESPACE}"{inside}'.encode())
    return f"<rGesEve><rEve{inside}{signature(str(number), value, signer)}</rGesEve>"


def message(events: Sequence[str]) -> str:
    """``gGroupGesEve`` of up to 15 signed events. Raises ValueError for none or more."""
    if not 1 <= len(events) <= MAX_EVENTOS:
        raise ValueError(f"a message holds 1 to {MAX_EVENTOS} events")
    return f"{_GROUP}{''.join(events)}</gGroupGesEve>"
