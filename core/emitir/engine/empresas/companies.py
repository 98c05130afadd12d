"""The companies of this installation: created, configured, authenticated. One never sees another's."""

from __future__ import annotations

import uuid as uuids
from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from emitir.clock import Clock
from emitir.country import Country, Properties
from emitir.engine.empresas.checks import check_logo, check_secret_names, check_settings, load_signer
from emitir.engine.empresas.company import Company
from emitir.engine.empresas.secrets import MasterKeys, looks_like_token, new_token
from emitir.engine.empresas.vault import CERTIFICATE, CERTIFICATE_PASSWORD, RESERVED, Opened, Vault
from emitir.engine.storage.database import Database
from emitir.engine.storage.tables import EMPRESA, SECRETO
from emitir.error_codes import EMPRESA_DUPLICADA, EMPRESA_NO_EXISTE, NO_AUTORIZADO, VALOR_NO_PERMITIDO
from emitir.errors import EmitirError, Problem
from emitir.i18n import N_

#: The columns that make a Company: everything but the logo itself, which may be large.
_COLUMNS = (
    *(column for column in EMPRESA.c if column.name != "logo"),
    EMPRESA.c.logo.isnot(None).label("has_logo"),
)

_TOKEN = sa.select(EMPRESA.c.id, EMPRESA.c.version, EMPRESA.c.token_clave, EMPRESA.c.token_mac).where(
    EMPRESA.c.uuid == sa.bindparam("b_uuid")
)

#: How many companies are remembered between two calls.
_REMEMBERED = 1000


class Companies:
    """Every change raises the company's ``version``, so that the caches of all processes let go of it."""

    def __init__(
        self, database: Database, keys: MasterKeys, countries: Mapping[str, Country], clock: Clock
    ) -> None:
        self._database = database
        self._keys = keys
        self._vault = Vault(keys)
        self._countries = countries
        self._clock = clock
        self._no_mac = keys.token_mac(new_token())  # compared with when the UUID is unknown
        self._remembered: dict[int, Company] = {}

    @property
    def countries(self) -> Mapping[str, Country]:
        """Every installed country by its code."""
        return self._countries

    def country(self, code: str) -> Country:
        """The country of that code. Raises ``VALOR_NO_PERMITIDO`` for one that is not installed."""
        try:
            return self._countries[code]
        except KeyError:
            known = ", ".join(sorted(self._countries))
            text = N_("El país {valor} no está disponible; los disponibles son: {conocidos}.")
            params = {"valor": repr(code), "conocidos": known}
            raise EmitirError(Problem(VALOR_NO_PERMITIDO, text, path="pais", params=params)) from None

    def create(
        self,
        pais: str,
        settings: Properties,
        secrets: Mapping[str, str] | None = None,
        certificate: bytes | None = None,
        certificate_password: str = "",
        logo: bytes | None = None,
    ) -> tuple[Company, str]:
        """A new company and its token, which is shown this once and kept only as HMAC.

        ``settings``: the country's, and ``smtp`` and ``webhook``. Without ``ambiente`` it gets the country's
        first one (the sandbox): production is chosen explicitly.
        Raises EmitirError with every problem of settings, secrets and certificate.
        """
        country = self.country(pais)
        checked, ajustes = check_settings(country, settings)
        check_secret_names(country, secrets or {})
        check_logo(logo)
        now, token, der = self._clock(), new_token(), None
        sealed = {name: value.encode() for name, value in (secrets or {}).items()}
        if certificate is not None:
            der = load_signer(country, checked, certificate, certificate_password, now).certificate_der
            sealed |= {CERTIFICATE: certificate, CERTIFICATE_PASSWORD: certificate_password.encode()}
        key_id, mac = self._keys.token_mac(token)
        values = {
            "uuid": str(uuids.uuid4()),
            "pais": pais,
            "ruc": str(checked.get("ruc", "")),
            "ambiente": checked["ambiente"],
            "datos": checked,
            "ajustes": ajustes,
            "logo": logo,
            "certificado_der": der,
            "token_clave": key_id,
            "token_mac": mac,
            "version": 1,
            "creado_en": now,
            "cambiado_en": now,
        }
        try:
            with self._database.write() as connection:
                company_id = connection.execute(
                    sa.insert(EMPRESA).values(values).returning(EMPRESA.c.id)
                ).scalar_one()
                self._vault.put(connection, company_id, values["uuid"], sealed)
                return self._company(connection, EMPRESA.c.id == company_id), token
        except sa.exc.IntegrityError:
            raise _duplicated(checked) from None

    def get(self, uuid: str) -> Company:
        """Raises ``EMPRESA_NO_EXISTE``."""
        with self._database.read() as connection:
            return self._company(connection, EMPRESA.c.uuid == uuid)

    def by_id(self, company_id: int) -> Company:
        """By internal number, for the work on stored documents."""
        with self._database.read() as connection:
            return self._company(connection, EMPRESA.c.id == company_id)

    def at_version(self, company_id: int, version: int) -> Company:
        """The same, from memory when what is remembered has that version (the present one)."""
        known = self._remembered.get(company_id)
        if known is None or known.version != version:
            known = self.by_id(company_id)
            if len(self._remembered) >= _REMEMBERED:
                self._remembered.clear()
            self._remembered[company_id] = known
        return known

    def list(self) -> list[Company]:
        """Every company, in the order in which they were created."""
        with self._database.read() as connection:
            rows = connection.execute(sa.select(*_COLUMNS).order_by(EMPRESA.c.id)).all()
            names = _names_by_company(connection)
        return [_to_company(row, names.get(row.id, ())) for row in rows]

    def update(self, uuid: str, settings: Properties) -> Company:
        """Change settings: the given ones replace the stored ones, the rest stays. Checked as a whole.

        Documents that wait for a verdict stay in the ambiente in which they were issued.
        """
        company = self.get(uuid)
        country = self.country(company.pais)
        checked, ajustes = check_settings(country, {**company.settings, **company.ajustes, **settings})
        if company.certificate_der is not None and checked.get("ruc") != company.ruc:
            opened = self.open_secrets(company)
            load_signer(country, checked, opened.certificate, opened.password, self._clock())
        values = {
            "datos": checked,
            "ajustes": ajustes,
            "ambiente": checked["ambiente"],
            "ruc": str(checked.get("ruc", "")),
        }
        try:
            return self._change(uuid, values)
        except sa.exc.IntegrityError:
            raise _duplicated(checked) from None

    def set_secrets(self, uuid: str, secrets: Mapping[str, str]) -> Company:
        """Store secrets by name; an empty text removes one. Raises ``CONFIGURACION_INVALIDA`` for a name that
        the country does not have."""
        check_secret_names(self.country(self.get(uuid).pais), secrets)
        return self._change(uuid, {}, {name: value.encode() for name, value in secrets.items()})

    def set_certificate(self, uuid: str, certificate: bytes, password: str) -> Company:
        """Store certificate and key (PKCS#12 or PEM) after checking that they sign for this company now.

        Raises EmitirError (``CERTIFICADO_*``) with everything that is wrong; then the stored one stays.
        """
        company = self.get(uuid)
        country = self.country(company.pais)
        signer = load_signer(country, company.settings, certificate, password, self._clock())
        sealed = {CERTIFICATE: certificate, CERTIFICATE_PASSWORD: password.encode()}
        return self._change(uuid, {"certificado_der": signer.certificate_der}, sealed)

    def set_logo(self, uuid: str, logo: bytes | None) -> Company:
        """PNG, JPEG or SVG for the printed form; ``None`` removes it. Raises ``CONFIGURACION_INVALIDA``."""
        check_logo(logo)
        return self._change(uuid, {"logo": logo})

    def logo(self, company: Company) -> bytes | None:
        """The stored logo."""
        with self._database.read() as connection:
            logo: bytes | None = connection.scalar(
                sa.select(EMPRESA.c.logo).where(EMPRESA.c.id == company.id)
            )
            return logo

    def rotate_token(self, uuid: str) -> str:
        """A new token, shown this once; the old one stops working at once."""
        token = new_token()
        key_id, mac = self._keys.token_mac(token)
        self._change(uuid, {"token_clave": key_id, "token_mac": mac})
        return token

    def authenticate(self, uuid: str, token: str) -> Company:
        """The company of that UUID and token. Raises ``NO_AUTORIZADO``, the same for either being wrong.

        The token is compared in constant time, also when the UUID is unknown.
        """
        with self._database.read() as connection:
            row = connection.execute(_TOKEN, {"b_uuid": uuid}).one_or_none()
        stored = (row.token_clave, row.token_mac) if row is not None else self._no_mac
        matches = self._keys.token_matches(token, *stored) and looks_like_token(token)
        if row is None or not matches:
            raise EmitirError(Problem(NO_AUTORIZADO, N_("El UUID o el token no es correcto.")))
        return self.at_version(row.id, row.version)

    def open_secrets(self, company: Company) -> Opened:
        """Certificate, password and secrets in clear, to build a signer and a connection."""
        with self._database.read() as connection:
            return self._vault.open(connection, company.id, company.uuid)

    def open_secret(self, company: Company, name: str) -> str:
        """One secret in clear; empty when it is not stored."""
        with self._database.read() as connection:
            return self._vault.open_one(connection, company.id, company.uuid, name)

    def reseal(self) -> int:
        """After a new master key was put first: seal every secret under it. Returns how many changed.

        Tokens keep their key until they are rotated: nobody but their owner has them in clear.
        """
        with self._database.write() as connection:
            return self._vault.reseal(connection)

    def _change(
        self, uuid: str, values: Mapping[str, Any], sealed: Mapping[str, bytes] | None = None
    ) -> Company:
        with self._database.write() as connection:
            changed = connection.execute(
                sa.update(EMPRESA)
                .where(EMPRESA.c.uuid == uuid)
                .values(version=EMPRESA.c.version + 1, cambiado_en=self._clock(), **values)
                .returning(EMPRESA.c.id)
            ).scalar_one_or_none()
            if changed is None:
                raise _missing()
            self._vault.put(connection, changed, uuid, sealed or {})
            return self._company(connection, EMPRESA.c.id == changed)

    def _company(self, connection: Connection, which: sa.ColumnElement[bool]) -> Company:
        row = connection.execute(sa.select(*_COLUMNS).where(which)).one_or_none()
        if row is None:
            raise _missing()
        return _to_company(row, _names_by_company(connection, row.id).get(row.id, ()))


def _names_by_company(connection: Connection, company_id: int | None = None) -> dict[int, tuple[str, ...]]:
    query = sa.select(SECRETO.c.empresa_id, SECRETO.c.nombre).order_by(SECRETO.c.nombre)
    if company_id is not None:
        query = query.where(SECRETO.c.empresa_id == company_id)
    names: dict[int, tuple[str, ...]] = {}
    for row in connection.execute(query):
        if row.nombre not in RESERVED:
            names[row.empresa_id] = (*names.get(row.empresa_id, ()), row.nombre)
    return names


def _to_company(row: Row[Any], names: tuple[str, ...]) -> Company:
    return Company(
        id=row.id,
        uuid=row.uuid,
        pais=row.pais,
        settings=row.datos,
        ajustes=row.ajustes,
        version=row.version,
        certificate_der=row.certificado_der,
        secret_names=names,
        has_logo=row.has_logo,
        created_at=row.creado_en,
        changed_at=row.cambiado_en,
    )


def _missing() -> EmitirError:
    return EmitirError(Problem(EMPRESA_NO_EXISTE, N_("No existe una empresa con ese UUID."), path="uuid"))


def _duplicated(settings: Properties) -> EmitirError:
    text = N_("Ya existe una empresa con RUC {ruc} en el ambiente {ambiente}.")
    params = {"ruc": settings.get("ruc", ""), "ambiente": settings["ambiente"]}
    return EmitirError(Problem(EMPRESA_DUPLICADA, text, path="ruc", params=params))
