"""The sealed secrets of companies: table ``secreto``. What goes in comes out only here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from emitir.engine.empresas.ajustes import SECRETS
from emitir.engine.empresas.secrets import MasterKeys
from emitir.engine.storage.tables import EMPRESA, SECRETO
from emitir.error_codes import EMPRESA_INCOMPLETA
from emitir.errors import EmitirError, Problem
from emitir.i18n import N_

#: Names under which the certificate file and its password lie among the secrets of a company.
CERTIFICATE = "certificado"
CERTIFICATE_PASSWORD = "certificado_clave"  # noqa: S105 - the name of a secret, not a secret
RESERVED = (CERTIFICATE, CERTIFICATE_PASSWORD)


@dataclass(frozen=True, slots=True)
class Opened:
    """The secrets of one company in clear, for as long as it takes to build a signer and a connection."""

    certificate: bytes = field(repr=False)
    password: str = field(repr=False)
    secrets: Mapping[str, str] = field(repr=False)


class Vault:
    """Seals and opens with the installation's master keys."""

    def __init__(self, keys: MasterKeys) -> None:
        self._keys = keys

    def put(self, connection: Connection, company_id: int, uuid: str, values: Mapping[str, bytes]) -> None:
        """Store or replace secrets; an empty value removes one."""
        for name, value in values.items():
            connection.execute(
                sa.delete(SECRETO).where(SECRETO.c.empresa_id == company_id, SECRETO.c.nombre == name)
            )
            if value:
                key_id, sealed = self._keys.seal(value, uuid, name)
                connection.execute(
                    sa.insert(SECRETO).values(
                        empresa_id=company_id, nombre=name, clave=key_id, cifrado=sealed
                    )
                )

    def open(self, connection: Connection, company_id: int, uuid: str) -> Opened:
        """Every secret of a company that its country knows. Raises ``EMPRESA_INCOMPLETA`` when it has no certificate."""
        rows = connection.execute(sa.select(SECRETO).where(SECRETO.c.empresa_id == company_id))
        found = {row.nombre: self._keys.open(row.clave, row.cifrado, uuid, row.nombre) for row in rows}
        if CERTIFICATE not in found:
            text = N_("La empresa no tiene certificado digital.")
            action = N_("Cargue el certificado de la empresa (archivo .p12 o .pfx) y su contraseña.")
            raise EmitirError(Problem(EMPRESA_INCOMPLETA, text, path="certificado", action=action))
        return Opened(
            certificate=found.pop(CERTIFICATE),
            password=found.pop(CERTIFICATE_PASSWORD, b"").decode(),
            secrets={name: value.decode() for name, value in found.items() if name not in SECRETS},
        )

    def open_one(self, connection: Connection, company_id: int, uuid: str, name: str) -> str:
        """One secret of a company; empty when it is not stored."""
        query = sa.select(SECRETO).where(SECRETO.c.empresa_id == company_id, SECRETO.c.nombre == name)
        row = connection.execute(query).one_or_none()
        return "" if row is None else self._keys.open(row.clave, row.cifrado, uuid, name).decode()

    def reseal(self, connection: Connection) -> int:
        """Seal again, under the present first key, what lies under another: how many secrets changed."""
        query = sa.select(SECRETO, EMPRESA.c.uuid).join(EMPRESA, EMPRESA.c.id == SECRETO.c.empresa_id)
        stale = connection.execute(query.where(SECRETO.c.clave != self._keys.primary_id)).all()
        for row in stale:
            plain = self._keys.open(row.clave, row.cifrado, row.uuid, row.nombre)
            self.put(connection, row.empresa_id, row.uuid, {row.nombre: plain})
        return len(stale)
