"""gCamEsp, gTransp, gCamGen and gCamDEAsoc: sectors, transport, load, associated documents."""

from __future__ import annotations

from emitir.money import trimmed
from emitir.paraguay.comprobante import Comprobante
from emitir.paraguay.documents.partes import opt, pair, place, ruc
from emitir.paraguay.model import Documento, DocumentoAsociado
from emitir.paraguay.sectores import Energia
from emitir.paraguay.traslado import Carga, Parada, Transporte, Transportista, Vehiculo
from emitir.paraguay.unidades import unit_code, unit_literal


def _energy(energia: Energia) -> str:
    before, now = energia.lectura_anterior, energia.lectura_actual
    used = now - before if before is not None and now is not None else None
    return (
        f"<gGrupEner>{opt('dNroMed', energia.medidor)}{opt('dActiv', energia.actividad)}"
        f"{opt('dCateg', energia.categoria)}{opt('dLecAnt', before)}{opt('dLecAct', now)}"
        f"{opt('dConKwh', used)}</gGrupEner>"
    )


def _moment(name: str, value: object) -> str:
    return "" if value is None else f"<{name}>{value:%Y-%m-%dT%H:%M:%S}</{name}>"


def sectors(datos: Documento) -> str:
    """gCamEsp."""
    inside = "".join([_energy(energia) for energia in datos.energia])
    if datos.seguro is not None:
        policies = "".join(
            [
                f"<gGrupPolSeg>{opt('dPoliza', poliza.codigo)}{opt('dUnidVig', poliza.unidad_vigencia)}"
                f"<dVigencia>{trimmed(poliza.vigencia)}</dVigencia>{opt('dNumPoliza', poliza.numero)}"
                f"{_moment('dFecIniVig', poliza.inicio)}{_moment('dFecFinVig', poliza.fin)}"
                f"{opt('dCodInt', poliza.codigo_item)}</gGrupPolSeg>"
                for poliza in datos.seguro.polizas
            ]
        )
        inside += f"<gGrupSeg>{opt('dCodEmpSeg', datos.seguro.codigo_empresa)}{policies}</gGrupSeg>"
    if datos.supermercado is not None:
        shop = datos.supermercado
        inside += (
            f"<gGrupSup>{opt('dNomCaj', shop.cajero)}{opt('dEfectivo', shop.efectivo)}"
            f"{opt('dVuelto', shop.vuelto)}{opt('dDonac', shop.donacion)}"
            f"{opt('dDesDonac', shop.donacion_descripcion)}</gGrupSup>"
        )
    if datos.adicionales is not None:
        more = datos.adicionales
        inside += (
            f"<gGrupAdi>{opt('dCiclo', more.ciclo)}{opt('dFecIniC', more.ciclo_inicio)}"
            f"{opt('dFecFinC', more.ciclo_fin)}{''.join(opt('dVencPag', day) for day in more.vencimientos)}"
            f"{opt('dContrato', more.contrato)}{opt('dSalAnt', more.saldo_anterior)}"
            f"{opt('dCodConDncp', more.codigo_contratacion)}</gGrupAdi>"
        )
    return f"<gCamEsp>{inside}</gCamEsp>" if inside else ""


def _stop(parada: Parada, suffix: str) -> str:
    return (
        f"{opt(f'dDirLoc{suffix}', parada.direccion)}<dNumCas{suffix}>{parada.numero_casa}</dNumCas{suffix}>"
        f"{opt(f'dComp1{suffix}', parada.complemento_direccion_1)}"
        f"{opt(f'dComp2{suffix}', parada.complemento_direccion_2)}"
        f"{place(suffix, parada.departamento, parada.distrito, parada.ciudad)}{opt(f'dTel{suffix}', parada.telefono)}"
    )


def _car(vehiculo: Vehiculo) -> str:
    kind = "2" if vehiculo.matricula else "1"
    return (
        f"<gVehTras>{opt('dTiVehTras', vehiculo.tipo)}{opt('dMarVeh', vehiculo.marca)}"
        f"<dTipIdenVeh>{kind}</dTipIdenVeh>{opt('dNroIDVeh', vehiculo.identificacion)}"
        f"{opt('dAdicVeh', vehiculo.adicional)}{opt('dNroMatVeh', vehiculo.matricula)}"
        f"{opt('dNroVuelo', vehiculo.vuelo)}</gVehTras>"
    )


def _carrier(who: Transportista) -> str:
    identity = ruc("dRucTrans", "dDVTrans", who.ruc)
    if not who.ruc:
        identity = (
            f"{pair('iTipIDTrans', 'dDTipIDTrans', 'documento_identidad', who.tipo_doc)}"
            f"{opt('dNumIDTrans', who.numero_doc)}"
        )
    return (
        f"<gCamTrans><iNatTrans>{'1' if who.ruc else '2'}</iNatTrans>{opt('dNomTrans', who.nombre)}{identity}"
        f"{pair('cNacTrans', 'dDesNacTrans', 'paises', who.nacionalidad)}"
        f"{opt('dNumIDChof', who.chofer_numero_doc)}{opt('dNomChof', who.chofer_nombre)}"
        f"{opt('dDomFisc', who.domicilio)}{opt('dDirChof', who.chofer_direccion)}"
        f"{opt('dNombAg', who.agente_nombre)}{ruc('dRucAg', 'dDVAg', who.agente_ruc)}"
        f"{opt('dDirAge', who.agente_direccion)}</gCamTrans>"
    )


def transport(trip: Transporte | None) -> str:
    """gTransp."""
    if trip is None:
        return ""
    leaving = f"<gCamSal>{_stop(trip.salida, 'Sal')}</gCamSal>" if trip.salida else ""
    arriving = "".join([f"<gCamEnt>{_stop(parada, 'Ent')}</gCamEnt>" for parada in trip.entregas])
    return (
        f"<gTransp>{pair('iTipTrans', 'dDesTipTrans', 'tipo_transporte', trip.tipo)}"
        f"{pair('iModTrans', 'dDesModTrans', 'modalidad_transporte', trip.modalidad)}"
        f"<iRespFlete>{trip.responsable_flete}</iRespFlete>{opt('cCondNeg', trip.condicion)}"
        f"{opt('dNuManif', trip.manifiesto)}{opt('dNuDespImp', trip.despacho)}{opt('dIniTras', trip.inicio)}"
        f"{opt('dFinTras', trip.fin)}{pair('cPaisDest', 'dDesPaisDest', 'paises', trip.pais_destino)}"
        f"{leaving}{arriving}{''.join([_car(vehiculo) for vehiculo in trip.vehiculos])}"
        f"{_carrier(trip.transportista) if trip.transportista else ''}</gTransp>"
    )


def _measure(code_name: str, literal_name: str, given: str) -> str:
    code = unit_code(given) if given else None
    return "" if code is None else f"{opt(code_name, code)}{opt(literal_name, unit_literal(code))}"


def _load(carga: Carga) -> str:
    kind = pair("iCarCarga", "dDesCarCarga", "caracteristica_carga", carga.caracteristica, carga.descripcion)
    return (
        f"<gCamCarg>{_measure('cUniMedTotVol', 'dDesUniMedTotVol', carga.unidad_volumen)}"
        f"{opt('dTotVolMerc', carga.volumen)}{_measure('cUniMedTotPes', 'dDesUniMedTotPes', carga.unidad_peso)}"
        f"{opt('dTotPesMerc', carga.peso)}{kind}</gCamCarg>"
    )


def general_use(datos: Documento) -> str:
    """gCamGen."""
    inside = (
        f"{opt('dOrdCompra', datos.orden_compra)}{opt('dOrdVta', datos.orden_venta)}"
        f"{opt('dAsiento', datos.asiento)}{_load(datos.carga) if datos.carga else ''}"
    )
    return f"<gCamGen>{inside}</gCamGen>" if inside else ""


def _associated(asociado: DocumentoAsociado) -> str:
    clase = asociado.clase
    constancia = pair("iTipCons", "dDesTipCons", "tipo_constancia", asociado.constancia)
    return (
        f"<gCamDEAsoc>{pair('iTipDocAso', 'dDesTipDocAso', 'tipo_documento_asociado', clase)}"
        f"{opt('dCdCDERef', asociado.cdc)}{opt('dNTimDI', asociado.timbrado)}"
        f"{opt('dEstDocAso', asociado.establecimiento)}{opt('dPExpDocAso', asociado.punto)}"
        f"{opt('dNumDocAso', asociado.numero)}"
        f"{pair('iTipoDocAso', 'dDTipoDocAso', 'documento_impreso', asociado.tipo)}"
        f"{opt('dFecEmiDI', asociado.fecha)}{opt('dNumComRet', asociado.comprobante_retencion)}"
        f"{opt('dNumResCF', asociado.resolucion_credito)}{constancia}{opt('dNumCons', asociado.constancia_numero)}"
        f"{opt('dNumControl', asociado.constancia_control)}"
        f"{opt('dRucFus', asociado.ruc_fusionado.partition('-')[0])}</gCamDEAsoc>"
    )


def associated(comprobante: Comprobante) -> str:
    """gCamDEAsoc of every associated document."""
    return "".join([_associated(asociado) for asociado in comprobante.asociados])
