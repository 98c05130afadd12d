"""Who sends, who gets, who sold and who bought the goods."""

from __future__ import annotations

from collections.abc import Iterator

from emitir import error_codes as codes
from emitir.errors import Problem
from emitir.i18n import N_
from emitir.peru.guia.model_partes import Persona
from emitir.peru.guia.rules.finding import broken, found, identity, missing
from emitir.peru.guia.traslado import (
    COMPRA,
    DE_VENTA,
    DEVOLUCION,
    HACIA_OTRO,
    HACIA_SI,
    OTROS,
    RECOJO,
    VENTA_A_TERCERO,
    Traslado,
)

#: Identity documents that a seller of what is bought may have (rule 3447).
_DE_PROVEEDOR = frozenset({"1", "4", "6", "7"})


def destinatario(guia: Traslado) -> Iterator[Problem]:
    """2554, 2555, 2757, 2758, 2760, 2761, 3417, 3443."""
    person, motivo, own = guia.destinatario, guia.motivo, guia.emisor.ruc
    text = N_("El destinatario necesita un documento de identidad del catálogo 06.")
    yield from _identified(person, "", text, "2757", "2760", "2758", "3443")
    if not person.razon_social:
        yield missing("razon_social", "2761")
    itself = person.tipo_doc == "6" and person.numero_doc == own
    if motivo in HACIA_SI and person.numero_doc and not itself:
        text = N_("En el motivo {motivo} el destinatario es la misma empresa.")
        yield broken(text, "numero_doc", "2554", own, motivo=motivo)
    if motivo in HACIA_OTRO and itself:
        text = N_("En el motivo {motivo} el destinatario no es la misma empresa.")
        yield broken(text, "numero_doc", "2555", motivo=motivo)
    if motivo in (DEVOLUCION, "17") and person.tipo_doc != "6":
        text = N_("En el motivo {motivo} el destinatario tiene RUC.")
        yield broken(text, "tipo_doc", "3417", "r", motivo=motivo)


def proveedor(guia: Traslado) -> Iterator[Problem]:
    """2723, 2724, 3442, 3447 to 3449, 4054, 4375: who sold what is bought or transformed it."""
    datos = guia.de_remitente
    if datos is None:
        return
    person, motivo = datos.proveedor, guia.motivo
    given = bool(person.numero_doc or person.razon_social)
    if motivo not in (COMPRA, RECOJO, OTROS):
        if given:
            text = N_("En el motivo {motivo} no va el proveedor.")
            yield broken(text, "proveedor", "4054", motivo=motivo)
        return
    if not given:
        if motivo != OTROS:
            yield missing("proveedor-numero_doc", "4375", N_("Indique el proveedor de los bienes."))
        return
    if not person.numero_doc:
        yield missing("proveedor-numero_doc", "2723")
    elif _wrong_kind(motivo, person):
        text = N_("Ese documento de identidad no es de un proveedor en el motivo {motivo}.")
        yield found(codes.VALOR_NO_PERMITIDO, text, "proveedor-tipo_doc", "3447", motivo=motivo)
    else:
        at = "proveedor-numero_doc"
        yield from identity(person.tipo_doc, person.numero_doc, at, "2724", "2724")
    if not person.razon_social:
        yield missing("proveedor-razon_social", "3449")
    if motivo == OTROS:
        return
    if person.tipo_doc == "6" and person.numero_doc == guia.emisor.ruc:
        text = N_("El proveedor no es la misma empresa.")
        yield broken(text, "proveedor-numero_doc", "3448")
    issuers = {one.ruc for one in guia.documentos if one.tipo in DE_VENTA}
    if issuers and person.numero_doc and person.numero_doc not in issuers:
        text = N_("Ningún comprobante relacionado es del proveedor {number}.")
        yield broken(text, "proveedor-numero_doc", "3442", number=person.numero_doc)


def _identified(
    person: Persona, prefix: str, text: str, without: str, kind: str, form: str, digit: str
) -> Iterator[Problem]:
    """Number and type of identity of somebody, each with the code of its rule; ``text``: what is said without a type."""
    if not person.numero_doc:
        yield missing(f"{prefix}numero_doc", without)
    elif person.tipo_doc == "-":
        yield found(codes.VALOR_NO_PERMITIDO, text, f"{prefix}tipo_doc", kind)
    else:
        yield from identity(person.tipo_doc, person.numero_doc, f"{prefix}numero_doc", form, digit)


def _wrong_kind(motivo: str, person: Persona) -> bool:
    if motivo == COMPRA:
        return person.tipo_doc not in _DE_PROVEEDOR
    return person.tipo_doc != "6" if motivo == RECOJO else person.tipo_doc == "-"


def comprador(guia: Traslado) -> Iterator[Problem]:
    """3332 to 3335, 3337, 3339, 4377, 4378: who bought what is delivered to somebody else."""
    datos = guia.de_remitente
    if datos is None:
        return
    person, motivo = datos.comprador, guia.motivo
    given = bool(person.numero_doc or person.razon_social)
    if motivo not in (VENTA_A_TERCERO, OTROS):
        if given:
            text = N_("En el motivo {motivo} no va el comprador.")
            yield broken(text, "comprador", "4377", motivo=motivo)
        return
    if not given:
        if motivo == VENTA_A_TERCERO:
            yield missing("comprador-numero_doc", "4378", N_("Indique quién compró los bienes."))
        return
    text = N_("El comprador necesita un documento de identidad del catálogo 06.")
    yield from _identified(person, "comprador-", text, "3333", "3332", "3337", "3337")
    if not person.razon_social and motivo == VENTA_A_TERCERO:
        yield missing("comprador-razon_social", "3339")
    if motivo != VENTA_A_TERCERO or not person.numero_doc:
        return
    who = (person.tipo_doc, person.numero_doc)
    if who == ("6", guia.emisor.ruc):
        yield broken(N_("El comprador no es la misma empresa."), "comprador-numero_doc", "3334")
    if who == (guia.destinatario.tipo_doc, guia.destinatario.numero_doc):
        text = N_("El comprador no es el destinatario: en ese caso el motivo es 01.")
        yield broken(text, "comprador-numero_doc", "3335")


def remitente(guia: Traslado) -> Iterator[Problem]:
    """2541, 2560, 3383 to 3387: whose goods a transportista carries."""
    datos = guia.de_transportista
    if datos is None:
        return
    person = datos.remitente
    text = N_("El remitente necesita un documento de identidad del catálogo 06.")
    yield from _identified(person, "remitente-", text, "3383", "2542", "3384", "3385")
    if not person.razon_social:
        yield missing("remitente-razon_social", "3387")
    if person.numero_doc == guia.emisor.ruc:
        yield broken(N_("El transportista no es el remitente."), "remitente-numero_doc", "2560")


def flete(guia: Traslado) -> Iterator[Problem]:
    """3389 to 3391, 3399, 3400, 4370, 4401, 4402, 4424 to 4426: who subcontracts and who pays."""
    datos = guia.de_transportista
    if datos is None:
        return
    other = datos.subcontratador
    if other.numero_doc or other.razon_social or datos.pagador_flete == "Subcontratador":
        if not other.numero_doc:
            yield missing("subcontratador-numero_doc", "4424")
        elif other.tipo_doc != "6":
            text = N_("Quien subcontrata tiene RUC.")
            yield found(codes.VALOR_NO_PERMITIDO, text, "subcontratador-tipo_doc", "3391", "r")
        elif other.numero_doc == guia.emisor.ruc:
            text = N_("Quien subcontrata no es la misma empresa.")
            yield broken(text, "subcontratador-numero_doc", "3390")
        else:
            yield from identity("6", other.numero_doc, "subcontratador-numero_doc", "3389", "3389")
        if not other.razon_social:
            yield missing("subcontratador-razon_social", "4426")
    payer = datos.pagador
    if datos.pagador_flete == "Tercero":
        text = N_("Quien paga necesita un documento de identidad del catálogo 06.")
        yield from _identified(payer, "pagador-", text, "4402", "3399", "3400", "3402")
        if not payer.razon_social:
            yield missing("pagador-razon_social", "4370")
