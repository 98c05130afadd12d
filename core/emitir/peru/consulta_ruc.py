"""``consultarruc``: who has this RUC or DNI, or who is called like this.

The padrón answers first, then the providers in their order. A DNI is looked up as the RUC 10 that belongs to
it, because SUNAT's list knows natural persons under that one (spec.md §15).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from emitir import error_codes as codes
from emitir.errors import EmitirError, Problem
from emitir.i18n import N_
from emitir.inputs import InputModel, integer_field, read, text_field
from emitir.peru.identity import RUC_PREFIXES, is_digits, ruc_check_digit, ruc_of_dni
from emitir.peru.padron.charset import fold_text
from emitir.peru.padron.contribuyente import Contribuyente
from emitir.peru.padron.proveedores import NoAnswer, Proveedor
from emitir.peru.padron.reader import Padron
from emitir.peru.padron.search import search

#: Exactly one of these says what is looked for.
KEYS = ("numero_doc", "ruc", "dni", "nombre")

_Number = Annotated[str, BeforeValidator(text_field(20))]


class Consulta(InputModel):
    """What ``consultarruc`` takes."""

    numero_doc: _Number = Field("", description=N_("RUC (11 dígitos) o DNI (8 dígitos)."))
    ruc: _Number = Field("", description=N_("RUC: 11 dígitos."))
    dni: _Number = Field("", description=N_("DNI: 8 dígitos, con sus ceros a la izquierda."))
    nombre: Annotated[str, BeforeValidator(text_field(200))] = Field(
        "",
        description=N_(
            "Nombre o razón social: su comienzo, o palabras suyas en cualquier orden, sin importar tildes ni mayúsculas."
        ),
    )
    limite: Annotated[int, BeforeValidator(integer_field(1, 100))] = Field(
        20, description=N_("Cuántos contribuyentes trae como máximo una búsqueda por nombre: de 1 a 100.")
    )


def consultar(
    properties: Mapping[str, Any], padron: Padron | None, proveedores: Sequence[Proveedor]
) -> dict[str, Any]:
    """The answer of the wire, beside ``estado``.

    Raises EmitirError: with every problem of the properties; CONTRIBUYENTE_NO_EXISTE when nobody is found;
    PADRON_NO_CARGADO when there is nobody to ask; PROVEEDOR_NO_RESPONDE when the only ones who may know fail.
    """
    given = read(Consulta, properties)
    asked = [key for key in KEYS if key in properties]
    if len(asked) != 1:
        text = N_("Indique una sola de estas propiedades: numero_doc, ruc, dni o nombre.")
        if not asked:
            raise EmitirError(Problem(codes.PROPIEDAD_FALTANTE, text, "numero_doc"))
        raise EmitirError([Problem(codes.VALOR_NO_PERMITIDO, text, key) for key in asked[1:]])
    key = asked[0]
    if key == "nombre":
        return _by_name(given.nombre, given.limite, padron)
    if "limite" in properties:
        raise EmitirError(
            Problem(codes.PROPIEDAD_DESCONOCIDA, N_("«limite» va solo con «nombre»."), "limite")
        )
    return _by_number(key, getattr(given, key).strip(), padron, proveedores)


def _by_number(
    key: str, number: str, padron: Padron | None, proveedores: Sequence[Proveedor]
) -> dict[str, Any]:
    if key == "dni" or (key == "numero_doc" and len(number) == 8):
        if not is_digits(number, 8):
            text = N_("El DNI tiene 8 dígitos, con sus ceros a la izquierda.")
            shorter = number.zfill(8) if number.isascii() and number.isdigit() and len(number) < 8 else ""
            problem = Problem(codes.NUMERO_IDENTIDAD_INVALIDO, text, key, suggestion=shorter)
            raise EmitirError(problem)
        ruc, dni = ruc_of_dni(number), number
        missing = N_("El DNI {number} no figura en el padrón: esa persona no tiene RUC (sería {ruc}).")
    else:
        check_ruc(key, number)
        ruc, dni = number, ""
        missing = N_("El RUC {number} no figura en el padrón.")
    found = padron.find(ruc) if padron is not None else None
    if found is None:
        found = _from_providers(ruc, dni, padron is not None, proveedores)
    if found is None:
        params = {"number": number, "ruc": ruc}
        raise EmitirError(Problem(codes.CONTRIBUYENTE_NO_EXISTE, missing, key, params))
    return found.answer()


def check_ruc(key: str, number: str) -> None:
    """Raises EmitirError when ``number`` is no RUC, with the right check digit where only that is wrong."""
    suggestion = ""
    if not is_digits(number, 11):
        text = (
            N_("Debe ser un RUC de 11 dígitos o un DNI de 8.")
            if key == "numero_doc"
            else N_("El RUC tiene 11 dígitos.")
        )
        digits = "".join(character for character in number if character.isascii() and character.isdigit())
        if (
            len(digits) == 11
            and digits.startswith(RUC_PREFIXES)
            and ruc_check_digit(digits[:10]) == digits[10]
        ):
            suggestion = digits
    elif not number.startswith(RUC_PREFIXES):
        text = N_("El RUC empieza con 10, 15, 16, 17 o 20.")
    elif ruc_check_digit(number[:10]) != number[10]:
        text = N_("El dígito verificador del RUC no es correcto.")
        suggestion = number[:10] + ruc_check_digit(number[:10])
    else:
        return
    raise EmitirError(Problem(codes.NUMERO_IDENTIDAD_INVALIDO, text, key, suggestion=suggestion))


def _from_providers(
    ruc: str, dni: str, has_padron: bool, proveedores: Sequence[Proveedor]
) -> Contribuyente | None:
    """The first answer of the providers; a DNI may be known as such or under its RUC."""
    failed, answered = [], has_padron
    for proveedor in proveedores:
        number = {"ruc": ruc, "dni": dni}[proveedor.tipo]
        # A RUC 10 that was made of a DNI may belong to nobody: ask for it only where no padrón has said so.
        if not number or (proveedor.tipo == "ruc" and dni and has_padron):
            continue
        try:
            found = proveedor.ask(number)
        except NoAnswer as reason:
            failed.append(f"{proveedor.nombre} ({reason})")
            continue
        if found is not None:
            return found
        answered = True
    if failed:
        text = N_("No respondió: {names}.")
        raise EmitirError(Problem(codes.PROVEEDOR_NO_RESPONDE, text, params={"names": ", ".join(failed)}))
    if not answered:
        raise _no_padron()
    return None


def _by_name(name: str, limit: int, padron: Padron | None) -> dict[str, Any]:
    if not fold_text(name):
        text = N_("Escriba al menos una letra o un dígito.")
        raise EmitirError(Problem(codes.FORMATO_INVALIDO, text, "nombre"))
    if padron is None:
        raise _no_padron()
    found = search(padron, name, limit)
    if not found.rows and found.more:
        text = N_(
            "Demasiados nombres contienen esas palabras: agregue otra, o escriba el comienzo del nombre."
        )
        raise EmitirError(Problem(codes.VALOR_NO_PERMITIDO, text, "nombre"))
    if not found.rows:
        text = N_("Nadie se llama «{name}» en el padrón.")
        raise EmitirError(Problem(codes.CONTRIBUYENTE_NO_EXISTE, text, "nombre", {"name": name[:80]}))
    return {
        "cantidad": len(found.rows),
        "hay_mas": found.more,
        "fuente": padron.facts["fuente"],
        "fecha_padron": padron.facts["fecha"],
        "contribuyentes": [taxpayer.answer() for taxpayer in found.rows],
    }


def _no_padron() -> EmitirError:
    return EmitirError(Problem(codes.PADRON_NO_CARGADO, N_("El padrón todavía no se ha cargado.")))


_TEXT = {"type": "string"}
#: Properties of one taxpayer on the wire.
TAXPAYER_SCHEMA: dict[str, Any] = {
    "ruc": {**_TEXT, "description": N_("RUC; vacío si solo se conoce el DNI.")},
    "razon_social": {**_TEXT, "description": N_("Nombre o razón social.")},
    "dni": {**_TEXT, "description": N_("DNI, en un RUC que empieza con 10.")},
    "estado_contribuyente": {**_TEXT, "description": N_("ACTIVO, BAJA DEFINITIVA, …: como lo dice SUNAT.")},
    "condicion_domicilio": {**_TEXT, "description": N_("HABIDO, NO HABIDO, …: como lo dice SUNAT.")},
    "activo": {"type": "boolean", "description": N_("Si el estado es ACTIVO.")},
    "habido": {"type": "boolean", "description": N_("Si la condición es HABIDO.")},
    "direccion": {**_TEXT, "description": N_("Domicilio fiscal; SUNAT no publica el de personas naturales.")},
    "ubigeo": {**_TEXT, "description": N_("Ubigeo del domicilio: 6 dígitos (catálogo 13).")},
    "departamento": {**_TEXT, "description": N_("Departamento del ubigeo.")},
    "provincia": {**_TEXT, "description": N_("Provincia del ubigeo.")},
    "distrito": {**_TEXT, "description": N_("Distrito del ubigeo.")},
    "fuente": {**_TEXT, "description": N_("De dónde vienen los datos: el padrón o un proveedor.")},
    "fecha_padron": {**_TEXT, "description": N_("De qué día son los datos: AAAA-MM-DD.")},
}
ANSWER_SCHEMA: dict[str, Any] = {
    **TAXPAYER_SCHEMA,
    "cantidad": {"type": "integer", "description": N_("Cuántos trae una búsqueda por nombre.")},
    "hay_mas": {"type": "boolean", "description": N_("Si hay otros con ese nombre: precise la búsqueda.")},
    "contribuyentes": {
        "type": "array",
        "description": N_("Los que encontró una búsqueda por nombre."),
        "items": {"type": "object", "properties": TAXPAYER_SCHEMA},
    },
}
