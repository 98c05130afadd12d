"""Groups B, C and D: operation, timbrado, general data, issuer and receiver."""

from __future__ import annotations

from emitir.paraguay.catalogs import literal
from emitir.paraguay.comprobante import Comprobante
from emitir.paraguay.documents.partes import opt, pair, place
from emitir.paraguay.emisor import Emisor
from emitir.xml import text

#: Elements at the head that never change: SIFEN takes emissions of type 1 alone (1050).
_EMISION = "<gOpeDE><iTipEmi>1</iTipEmi><dDesTipEmi>Normal</dDesTipEmi><dCodSeg>"


def operation(comprobante: Comprobante) -> str:
    """gOpeDE and gTimb."""
    datos, emisor = comprobante.datos, comprobante.emisor
    timbrado, establecimiento, punto, serie = comprobante.partes_serie
    return (
        f"{_EMISION}{comprobante.codigo_seguridad}</dCodSeg>{opt('dInfoEmi', datos.informacion_emisor)}"
        f"{opt('dInfoFisc', comprobante.informacion_fisco)}</gOpeDE><gTimb>{pair('iTiDE', 'dDesTiDE', 'tipo_documento', datos.tipo)}"
        f"<dNumTim>{timbrado}</dNumTim><dEst>{establecimiento}</dEst><dPunExp>{punto}</dPunExp>"
        f"<dNumDoc>{datos.numero:07d}</dNumDoc>{opt('dSerieNum', serie)}"
        f"<dFeIniT>{emisor.timbrado_inicio}</dFeIniT></gTimb>"
    )


def commercial(comprobante: Comprobante) -> str:
    """gOpeCom: every document but the remisión (1200, 1201)."""
    datos = comprobante.datos
    if datos.tipo == "7":
        return ""
    tipo_transaccion = ""
    if datos.tipo in "14":
        tipo_transaccion = datos.tipo_transaccion or ("1" if datos.tipo == "1" else "10")
    rate = ""
    if datos.moneda != "PYG":
        rate = (
            "<dCondTiCam>2</dCondTiCam>"
            if datos.tipo_cambio is None
            else f"<dCondTiCam>1</dCondTiCam>{opt('dTiCam', datos.tipo_cambio)}"
        )
    affected = "".join(
        f"<gOblAfe>{pair('cOblAfe', 'dDesOblAfe', 'obligaciones', code)}</gOblAfe>"
        for code in comprobante.obligaciones
    )
    return (
        f"<gOpeCom>{pair('iTipTra', 'dDesTipTra', 'tipo_transaccion', tipo_transaccion)}"
        f"{pair('iTImp', 'dDesTImp', 'tipo_impuesto', datos.tipo_impuesto)}"
        f"{pair('cMoneOpe', 'dDesMoneOpe', 'monedas', datos.moneda)}{rate}"
        f"{pair('iCondAnt', 'dDesCondAnt', 'condicion_anticipo', datos.condicion_anticipo)}{affected}</gOpeCom>"
    )


def issuer(emisor: Emisor, establecimiento: str) -> str:
    """gEmis, written once for every establecimiento of a company."""
    known = emisor.bloques.get(establecimiento)
    if known is None:
        known = emisor.bloques[establecimiento] = _issuer(emisor, establecimiento)
    return known


def _issuer(emisor: Emisor, establecimiento: str) -> str:
    local = emisor.local(establecimiento)
    ruc, dv = emisor.ruc_y_dv
    activities = "".join(
        f"<gActEco><cActEco>{activity.codigo}</cActEco><dDesActEco>{text(activity.descripcion)}</dDesActEco></gActEco>"
        for activity in emisor.actividades
    )
    person = emisor.responsable
    responsible = ""
    if person is not None:
        kind = pair(
            "iTipIDRespDE",
            "dDTipIDRespDE",
            "documento_identidad_responsable",
            person.tipo_doc,
            person.tipo_doc_descripcion,
        )
        responsible = (
            f"<gRespDE>{kind}<dNumIDRespDE>{person.numero_doc}</dNumIDRespDE>"
            f"{opt('dNomRespDE', person.nombre)}{opt('dCarRespDE', person.cargo)}</gRespDE>"
        )
    return (
        f"<gEmis><dRucEm>{ruc}</dRucEm><dDVEmi>{dv}</dDVEmi><iTipCont>{emisor.clase}</iTipCont>"
        f"{opt('cTipReg', emisor.tipo_regimen)}{opt('dNomEmi', emisor.nombre)}"
        f"{opt('dNomFanEmi', emisor.nombre_comercial)}{opt('dDirEmi', local.direccion)}"
        f"<dNumCas>{local.numero_casa}</dNumCas>{opt('dCompDir1', local.complemento_direccion_1)}"
        f"{opt('dCompDir2', local.complemento_direccion_2)}"
        f"{place('Emi', local.departamento, local.distrito, local.ciudad)}"
        f"{opt('dTelEmi', local.telefono)}{opt('dEmailE', local.correo)}{opt('dDenSuc', local.sucursal)}"
        f"{activities}{responsible}</gEmis>"
    )


def receiver(comprobante: Comprobante) -> str:
    """gDatRec."""
    datos, receptor = comprobante.datos, comprobante.receptor
    pais = datos.pais
    if receptor.ruc:
        identity = (
            f"<iTiContRec>{receptor.clase}</iTiContRec><dRucRec>{receptor.ruc}</dRucRec>"
            f"<dDVRec>{receptor.dv}</dDVRec>"
        )
    else:
        table = "documento_identidad_receptor"
        kind = pair("iTipIDRec", "dDTipIDRec", table, receptor.tipo_doc, datos.tipo_doc_descripcion)
        identity = f"{kind}<dNumIDRec>{receptor.numero}</dNumIDRec>"
    house = datos.numero_casa
    if house is None and datos.direccion:
        house = 0
    lugar = place("Rec", datos.departamento, datos.distrito, datos.ciudad) if datos.ciudad else ""
    return (
        f"<gDatRec><iNatRec>{receptor.naturaleza}</iNatRec><iTiOpe>{receptor.operacion}</iTiOpe>"
        f"<cPaisRec>{pais}</cPaisRec><dDesPaisRe>{text(literal('paises', pais))}</dDesPaisRe>{identity}"
        f"{opt('dNomRec', receptor.nombre)}{opt('dNomFanRec', datos.nombre_comercial)}"
        f"{opt('dDirRec', datos.direccion)}{opt('dNumCasRec', house)}{lugar}{opt('dTelRec', datos.telefono)}"
        f"{opt('dCelRec', datos.celular)}{opt('dEmailRec', datos.correo)}"
        f"{opt('dCodCliente', datos.codigo_cliente)}</gDatRec>"
    )
