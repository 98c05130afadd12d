"""An accountant who works with Odoo from outside, over odoorpc as other programs do."""

from __future__ import annotations

import base64
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import odoorpc

from scripts.odoo.place import Server
from scripts.odoo.service import Service

RUC = "20512345671"
CUSTOMER_RUC = "20100070970"
#: Seconds for one call: two hundred invoices posted in one take minutes on a machine that is busy.
PATIENCE = 600


class Books:
    """The books of one company: its customers, products and invoices. ``uuid``: of the company in the service."""

    journal = 0
    uuid = ""
    language, zone = "es_PE", "America/Lima"

    def __init__(self, server: Server, login: str = "admin") -> None:
        self.server = server
        port = int(server.url.rpartition(":")[2])
        self.rpc = odoorpc.ODOO("127.0.0.1", port=port, timeout=PATIENCE)
        self.rpc.login(server.database, login, login)  # here every password is the login

    def call(self, model: str, method: str, *arguments: Any, **named: Any) -> Any:
        """Call a method of a model, in the language of the country."""
        context = {"lang": self.language, **named.pop("context", {})}
        return self.rpc.execute_kw(model, method, list(arguments), {**named, "context": context})

    def create(self, model: str, **values: Any) -> int:
        """A new record."""
        found = self.call(model, "create", values)
        return int(found[0] if isinstance(found, list) else found)

    def find(self, model: str, *domain: Any) -> int:
        """The one record that matches."""
        (found,) = self.call(model, "search", list(domain))
        return int(found)

    def ref(self, name: str) -> int:
        """Id of an XML id."""
        module, _, key = name.partition(".")
        (row,) = self.call(
            "ir.model.data", "search_read", [["module", "=", module], ["name", "=", key]], ["res_id"]
        )
        return int(row["res_id"])

    def read(self, model: str, record: int, *fields: str) -> dict[str, Any]:
        """Fields of a record."""
        (row,) = self.call(model, "read", [record], list(fields))
        return dict(row)

    def connect(self, service: Service, company: int = 1, ruc: str = RUC) -> None:
        """Set up electronic invoicing of a company as the administrator does, journal included."""
        emitir, token = service.company(ruc=ruc)
        self.uuid = emitir.uuid
        self.speak()
        self.call(
            "res.partner",
            "write",
            [self.read("res.company", company, "partner_id")["partner_id"][0]],
            {
                "name": "COMERCIAL ÑANDÚ & HIJOS S.A.C.",
                "l10n_latam_identification_type_id": self.ref("l10n_pe.it_RUC"),
                "vat": ruc,
                "lang": "es_PE",
            },
        )
        self.call(
            "res.company",
            "write",
            [company],
            {
                "emitir_activo": True,
                "emitir_url": service.url,
                "emitir_uuid": emitir.uuid,
                "emitir_token": token,
            },
        )
        self.journal = self.find("account.journal", ["type", "=", "sale"], ["company_id", "=", company])
        self.call(
            "account.journal",
            "write",
            [self.journal],
            {
                "emitir_electronico": True,
                "emitir_pe_serie_factura": "F001",
                "emitir_pe_serie_boleta": "B001",
                "emitir_pe_serie_nc_factura": "FC01",
                "emitir_pe_serie_nc_boleta": "BC01",
                "emitir_pe_serie_nd_factura": "FD01",
                "emitir_pe_serie_nd_boleta": "BD01",
            },
        )

    def speak(self) -> None:
        """The user reads in the language of the country."""
        self.call("res.users", "write", [self.rpc.env.uid], {"lang": self.language, "tz": self.zone})

    def customer(
        self,
        name: str = "SUPERMERCADOS PERUANOS S.A.",
        vat: str = CUSTOMER_RUC,
        kind: str = "l10n_pe.it_RUC",
        **more: Any,
    ) -> int:
        """A customer with a document of identity."""
        values = {
            "name": name,
            "vat": vat,
            "l10n_latam_identification_type_id": self.ref(kind),
            "street": "CAL. MORELLI 181",
            "country_id": self.ref("base.pe"),
        }
        return self.create("res.partner", **{**values, **more})

    def tax(self, code: str, **search: Any) -> int:
        """The sales tax with that code of catalog 05."""
        domain = [
            ["type_tax_use", "=", "sale"],
            ["l10n_pe_edi_tax_code", "=", code],
            ["amount_type", "=", "percent"],
        ]
        domain += [[name, "=", value] for name, value in search.items()]
        return int(self.call("account.tax", "search", domain, limit=1)[0])

    def line(
        self, name: str, quantity: float, price: float, tax: int | None = None, **more: Any
    ) -> list[Any]:
        """A line as ``create`` takes it."""
        taxes = [] if tax is None else [tax]
        return [
            0,
            0,
            {"name": name, "quantity": quantity, "price_unit": price, "tax_ids": [[6, 0, taxes]], **more},
        ]

    def invoice(self, partner: int, *lines: list[Any], post: bool = True, **values: Any) -> int:
        """A customer invoice, posted."""
        usual = {"move_type": "out_invoice", "partner_id": partner, "journal_id": self.journal}
        found = self.create("account.move", **{**usual, "invoice_line_ids": list(lines), **values})
        if post:
            self.post(found)
        return found

    def post(self, *moves: int) -> None:
        """Confirm."""
        self.call("account.move", "action_post", list(moves))

    def state(self, move: int) -> dict[str, Any]:
        """What other programs read of an invoice."""
        (found,) = self.call("account.move", "emitir_estado", [move])
        return dict(found)

    def file(self, move: int, kind: str) -> bytes:
        """A file of its comprobante."""
        return base64.b64decode(self.call("account.move", "emitir_archivo", [move], kind)["contenido"])

    def run_cron(self, name: str, due: list[int] | None = None) -> None:
        """Run a scheduled action now; first make the next attempt of the invoices in ``due`` due."""
        if due:
            self.call("account.move", "emitir_apurar", due)
        self.call("ir.cron", "method_direct_trigger", [self.ref(name)])

    def together(self, *jobs: Callable[[Books], None]) -> None:
        """Run each job in a session of its own, all at once. Raises the first error."""

        def run(job: Callable[[Books], None]) -> None:
            other = type(self)(self.server)
            other.journal = self.journal
            job(other)

        with ThreadPoolExecutor(len(jobs)) as pool:
            for done in [pool.submit(run, job) for job in jobs]:
                done.result()
