"""The issuer: a company's settings for Paraguay, checked and completed."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from functools import cached_property
from typing import Annotated, Any

from pydantic import Field, PlainValidator

from emitir import error_codes as codes
from emitir.errors import EmitirError, Problem
from emitir.i18n import N_
from emitir.inputs import InputModel, choice_field, problems_of
from emitir.paraguay import fields as f
from emitir.paraguay.geography import Lugar, find, problems
from emitir.paraguay.identity import check_digit, is_ruc, split_ruc, taxpayer_kind

#: The first is the default; production is never reached without being named.
AMBIENTES = ("sandbox", "test", "produccion")
AMBIENTES_DE_PRUEBA = frozenset({"sandbox", "test"})
#: What the test environment wants as name of the issuer, to the letter (1263).
NOMBRE_DE_PRUEBA = "DE generado en ambiente de prueba - sin valor comercial ni fiscal"


class Actividad(InputModel):
    """One economic activity of the RUC (D130)."""

    codigo: Annotated[str, *f.pattern(r"[0-9A-Z]{1,8}", N_("Hasta 8 letras y cifras."), upper=True)]
    descripcion: Annotated[str, *f.text(300)]


class Responsable(InputModel):
    """Who is responsible for generating the documents (D140)."""

    tipo_doc: Annotated[str, *f.coded("documento_identidad_responsable", c="1", p="2", e="3", k="4", o="9")]
    tipo_doc_descripcion: Annotated[str, *f.text(41, 9)] = ""
    numero_doc: f.Identidad
    nombre: f.Nombre
    cargo: Annotated[str, *f.text(100, 4)]


class Local(InputModel):
    """The address of an establecimiento, for companies that have several."""

    codigo: f.Tres
    direccion: f.Direccion
    numero_casa: f.Casa = 0
    complemento_direccion_1: f.Direccion = ""
    complemento_direccion_2: f.Direccion = ""
    departamento: f.Lugar = ""
    distrito: f.Lugar = ""
    ciudad: f.Lugar
    telefono: f.Telefono
    correo: f.Correo
    sucursal: Annotated[str, *f.text(30)] = ""


class Endpoints(InputModel):
    """Address that replaces the one of the environment (a proxy, a sandbox on another port)."""

    sifen: Annotated[str, *f.text(300, 0)] = ""


class Emisor(InputModel):
    """Settings of a Paraguayan company. ``ruc`` with its digit (``80000000-5``); ``csc_id``: id of its CSC."""

    ruc: f.Ruc
    razon_social: f.Nombre
    nombre_comercial: f.Nombre = ""
    tipo_contribuyente: Annotated[str, *f.coded("tipo_contribuyente", fisica="1", juridica="2")] = ""
    tipo_regimen: Annotated[str, *f.coded("regimen")] = ""
    direccion: f.Direccion
    numero_casa: f.Casa = 0
    complemento_direccion_1: f.Direccion = ""
    complemento_direccion_2: f.Direccion = ""
    departamento: f.Lugar = ""
    distrito: f.Lugar = ""
    ciudad: f.Lugar
    telefono: f.Telefono
    correo: f.Correo
    sucursal: Annotated[str, *f.text(30)] = ""
    actividades: Annotated[list[Actividad], Field(min_length=1, max_length=9)]
    responsable: Responsable | None = None
    establecimientos: Annotated[list[Local], Field(max_length=999)] = Field(default_factory=list)
    timbrado: f.Timbrado
    timbrado_inicio: f.Fecha
    obligaciones: Annotated[list[f.Obligacion], Field(max_length=12)] = Field(default_factory=list)
    leyenda_remision: Annotated[str, *f.text(3000)] = ""
    csc_id: Annotated[
        str, *f.pattern(r"[0-9]{1,4}", N_("El identificador del CSC tiene hasta 4 dígitos."))
    ] = "0001"
    redondeo_sedeco: bool = False
    ambiente: Annotated[str, PlainValidator(choice_field({name: name for name in AMBIENTES}))] = AMBIENTES[0]
    envio: Annotated[str, PlainValidator(choice_field({"sync": "sync", "lote": "lote"}))] = "sync"
    lote_espera: Annotated[int, *f.integer(0, 3600)] = 30
    endpoints: Endpoints = Field(default_factory=Endpoints)
    web: Annotated[str, *f.text(120, 0)] = ""

    @property
    def de_prueba(self) -> bool:
        """Whether its documents have no legal value."""
        return self.ambiente in AMBIENTES_DE_PRUEBA

    @property
    def nombre(self) -> str:
        """dNomEmi: in the test environments the authority's own words (1263)."""
        return NOMBRE_DE_PRUEBA if self.de_prueba else self.razon_social

    @property
    def ruc_y_dv(self) -> tuple[str, str]:
        """RUC without digit, and the digit."""
        ruc, _, dv = self.ruc.partition("-")
        return ruc, dv

    @property
    def clase(self) -> str:
        """iTipCont: as given, or by the RUC."""
        return self.tipo_contribuyente or taxpayer_kind(self.ruc_y_dv[0])

    @cached_property
    def bloques(self) -> dict[str, str]:
        """The written issuer by establecimiento, so that it is written once (documents/general.py)."""
        return {}

    def local(self, codigo: str) -> Local | Emisor:
        """Where the establecimiento is: its own address, or the company's."""
        return next((local for local in self.establecimientos if local.codigo == codigo), self)


def ruc_problem(text: str, path: str, authority: str = "") -> Problem | None:
    """What is wrong with a RUC that should carry its digit; the right one is suggested."""
    parts = split_ruc(text)
    if parts is None:
        return Problem(
            codes.NUMERO_IDENTIDAD_INVALIDO,
            N_("«{ruc}» no es un RUC: tiene de 3 a 8 cifras, un guion y el dígito verificador."),
            path,
            {"ruc": text},
            authority_code=authority,
        )
    ruc, dv = parts
    right = check_digit(ruc)
    if dv == right:
        return None
    return Problem(
        codes.NUMERO_IDENTIDAD_INVALIDO,
        N_("Al RUC {ruc} le corresponde el dígito verificador {right}."),
        path,
        {"ruc": ruc, "right": right},
        authority_code=authority,
        source="DNIT, RUC módulo 11",
        suggestion=f"{ruc}-{right}",
    )


def _places(emisor: Emisor) -> list[Problem]:
    found: list[Problem] = []
    several: list[tuple[str, Local]] = [
        (f"establecimientos-{number}-", local) for number, local in enumerate(emisor.establecimientos, 1)
    ]
    locals_: list[tuple[str, Local | Emisor]] = [("", emisor), *several]
    for prefix, local in locals_:
        place = find(local.departamento, local.distrito, local.ciudad)
        if not isinstance(place, Lugar):
            found += problems(place, prefix, "1255")
    return found


def check_emisor(company: Mapping[str, Any]) -> Emisor:
    """Validate a company's settings; raises EmitirError with every problem."""
    from pydantic import ValidationError

    told: list[Problem] = []
    emisor = None
    try:
        emisor = Emisor.model_validate(company)
    except ValidationError as failure:
        told = problems_of(failure, Emisor)
    ruc = company.get("ruc")
    if (
        isinstance(ruc, str)
        and all(problem.path != "ruc" for problem in told)
        and not is_ruc(ruc.upper())
        and (wrong := ruc_problem(ruc.upper(), "ruc", "1253"))
    ):
        told.append(wrong)
    if emisor is not None:
        told += _places(emisor)
        if len(set(emisor.obligaciones)) != len(emisor.obligaciones):
            text = N_("Hay una obligación repetida.")
            told.append(Problem(codes.REGLA_INCUMPLIDA, text, "obligaciones", authority_code="1222"))
    if told or emisor is None:
        raise EmitirError(told)
    return emisor


#: The companies of this process that were seen last: what they said, and what came of it.
_SEEN: dict[tuple[Any, Any, Any], tuple[dict[str, Any], Emisor]] = {}
_SEEN_AT_MOST = 1024


def emisor_of(company: Mapping[str, Any]) -> Emisor:
    """The checked issuer; the same settings are checked once."""
    key = (company.get("ruc"), company.get("ambiente"), company.get("timbrado"))
    known = _SEEN.get(key)
    if known is not None and known[0] == company:
        return known[1]
    emisor = check_emisor(company)
    if len(_SEEN) >= _SEEN_AT_MOST:
        _SEEN.clear()
    _SEEN[key] = (deepcopy(dict(company)), emisor)
    return emisor
