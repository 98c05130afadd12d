"""A Paraguayan company in the service, and the same company's books in Odoo."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from emitir.engine import Company
from emitir.signing.throwaway import throwaway_pkcs12
from scripts.odoo.books import Books
from scripts.odoo.service import Service

RUC = "80000000-5"
TIMBRADO, DESDE = "12345678", "2024-11-20"
_PASSWORD = "odoo"  # noqa: S105 - of a throw-away certificate
#: The generic one of the authority's test environment, which the sandbox knows.
_SECRETS = {"csc": "ABCD0000000000000000000000000000"}
COMPANY: dict[str, Any] = {
    "ruc": RUC,
    "razon_social": "DISTRIBUIDORA ÑANDUTÍ S.A.",
    "direccion": "AV. MARISCAL LÓPEZ",
    "numero_casa": 1234,
    "departamento": "CAPITAL",
    "ciudad": "ASUNCION",
    "telefono": "021000000",
    "correo": "emisor@example.com",
    "tipo_contribuyente": "2",
    "actividades": [{"codigo": "46900", "descripcion": "COMERCIO AL POR MAYOR NO ESPECIALIZADO"}],
    "timbrado": TIMBRADO,
    "timbrado_inicio": DESDE,
    "obligaciones": ["211", "700"],
    "ambiente": "sandbox",
}


def company(service: Service, **changes: Any) -> tuple[Company, str]:
    """A new company that issues to the sandbox SIFEN, and its token."""
    now = datetime.now(UTC)
    settings = {**COMPANY, "endpoints": {"sifen": service.sandbox.url}, **changes}
    ruc, name = str(settings["ruc"]), str(settings["razon_social"])
    certificate = throwaway_pkcs12(ruc, name, _PASSWORD, now - timedelta(days=1), now + timedelta(days=365))
    return service.engine.companies.create("py", settings, _SECRETS, certificate, _PASSWORD)


class PyBooks(Books):
    """The books of a Paraguayan company."""

    language, zone = "es_PY", "America/Asuncion"
    purchases = 0

    def connect(self, service: Service, company_id: int = 1, ruc: str = RUC) -> None:
        """Set up electronic invoicing as the administrator does, journals included."""
        made, token = company(service)
        self.uuid = made.uuid
        self.speak()
        partner = self.read("res.company", company_id, "partner_id")["partner_id"][0]
        place = {"street": "AV. MARISCAL LÓPEZ 1234", "city": "ASUNCION", "country_id": self.ref("base.py")}
        known = {"name": COMPANY["razon_social"], "vat": ruc, "lang": "es_PY"}
        kind = {"l10n_latam_identification_type_id": self.ref("l10n_py_base.it_ruc")}
        self.call("res.partner", "write", [partner], {**known, **kind, **place})
        access = {"emitir_url": service.url, "emitir_uuid": made.uuid, "emitir_token": token}
        self.call("res.company", "write", [company_id], {"emitir_activo": True, **access})
        # The test of the connection brings the timbrado and the rest from the service.
        settings = self.create("res.config.settings")
        self.call("res.config.settings", "action_emitir_probar", [settings])
        self.journal = self.find("account.journal", ["type", "=", "sale"], ["company_id", "=", company_id])
        self.purchases = self.find(
            "account.journal", ["type", "=", "purchase"], ["company_id", "=", company_id]
        )
        for journal, point in ((self.journal, "001"), (self.purchases, "002")):
            values = {"emitir_electronico": True, "l10n_py_establishment": "001", "l10n_py_point": point}
            self.call("account.journal", "write", [journal], values)

    def customer(
        self,
        name: str = "COMERCIAL ÑANDUTÍ S.A.",
        vat: str = "80012345-0",
        kind: str = "l10n_py_base.it_ruc",
        **more: Any,
    ) -> int:
        """A customer with a document of identity."""
        place = {"street": "AV. ARTIGAS 1500", "city": "ASUNCION", "country_id": self.ref("base.py")}
        identity = {"vat": vat, "l10n_latam_identification_type_id": self.ref(kind)} if vat else {}
        return self.create("res.partner", **{"name": name, **identity, **place, **more})

    def iva(self, rate: int, use: str = "sale", affectation: str = "1") -> int:
        """The tax of that rate."""
        domain = [["type_tax_use", "=", use], ["amount", "=", rate], ["amount_type", "=", "percent"]]
        domain += [["l10n_py_iva_affectation", "=", affectation]]
        return int(self.call("account.tax", "search", domain, limit=1)[0])

    def other_purchases(self) -> int:
        """A journal of bills that suppliers issue: nothing in it is issued by the company."""
        account = self.read("account.journal", self.purchases, "default_account_id")["default_account_id"]
        return self.create(
            "account.journal",
            name="Facturas de proveedores",
            code="PROV",
            type="purchase",
            default_account_id=account[0],
            l10n_latam_use_documents=True,
            l10n_py_point="003",
        )
