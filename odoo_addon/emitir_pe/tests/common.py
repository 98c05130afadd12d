from odoo import Command
from odoo.tests import TransactionCase

#: Nobody listens there: what these tests need is never sent.
NOWHERE = "http://127.0.0.1:9"


class PeruCase(TransactionCase):
    """A Peruvian company with an electronic journal; its service does not exist."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.env.company
        if cls.company.account_fiscal_country_id.code != "PE":
            raise ValueError("these tests need a company with the Peruvian chart of accounts")
        cls.company.partner_id.write(
            {"vat": "20512345671", "l10n_latam_identification_type_id": cls.env.ref("l10n_pe.it_RUC").id}
        )
        cls.company.write(
            {"emitir_activo": True, "emitir_url": NOWHERE, "emitir_uuid": "0" * 8, "emitir_token": "0" * 64}
        )
        first = cls.env["account.journal"].search(
            [("type", "=", "sale"), ("company_id", "=", cls.company.id)], limit=1
        )
        cls.journal = cls.env["account.journal"].create(
            {
                "default_account_id": first.default_account_id.id,
                "name": "Tienda",
                "code": "TDA",
                "type": "sale",
                "company_id": cls.company.id,
                "l10n_latam_use_documents": True,
                "emitir_electronico": True,
                "emitir_pe_serie_factura": "F901",
                "emitir_pe_serie_boleta": "B901",
                "emitir_pe_serie_nc_factura": "FC91",
                "emitir_pe_serie_nc_boleta": "BC91",
                "emitir_pe_serie_nd_factura": "FD91",
                "emitir_pe_serie_nd_boleta": "BD91",
            }
        )
        cls.igv = cls.tax("1000")
        cls.exonerado = cls.tax("9997")
        cls.inafecto = cls.tax("9998")
        cls.market = cls.partner("SUPERMERCADOS PERUANOS S.A.", "20100070970", "l10n_pe.it_RUC")
        cls.person = cls.partner("QUISPE MAMANI, ROSA", "45678912", "l10n_pe.it_DNI")
        cls.nobody = cls.env["res.partner"].create({"name": "CLIENTES VARIOS"})

    @classmethod
    def tax(cls, code):
        """The company's sales tax with that code of catalog 05."""
        domain = [("type_tax_use", "=", "sale"), ("l10n_pe_edi_tax_code", "=", code)]
        domain += [("amount_type", "=", "percent"), ("company_id", "=", cls.company.id)]
        return cls.env["account.tax"].search(domain, limit=1)

    @classmethod
    def partner(cls, name, vat, kind):
        """A customer with a document of identity."""
        return cls.env["res.partner"].create(
            {"name": name, "vat": vat, "l10n_latam_identification_type_id": cls.env.ref(kind).id}
        )

    def line(self, name, quantity, price, taxes=None, **more):
        """A line of an invoice, with IGV unless told otherwise."""
        taxes = self.igv if taxes is None else taxes
        return Command.create(
            {
                "name": name,
                "quantity": quantity,
                "price_unit": price,
                "tax_ids": [Command.set(taxes.ids)],
                **more,
            }
        )

    def invoice(self, *lines, partner=None, post=True, **values):
        """A customer invoice, posted."""
        move = self.env["account.move"].create(
            {
                "move_type": "out_invoice",
                "partner_id": (partner or self.market).id,
                "journal_id": self.journal.id,
                "invoice_line_ids": list(lines),
                **values,
            }
        )
        if post:
            move.action_post()
        return move

    def accept(self, move):
        """The authority has accepted it."""
        move.emitir_comprobante_id.sudo()._anotar(
            {
                "estado_comprobante": "aceptado",
                "codigo_documento": f"20512345671-01-{move.name}",
                "sunat_respuesta": "0",
                "sunat_descripcion": "ha sido aceptada",
            }
        )

    def note(self, move, motivo="01", **values):
        """The nota de crédito of an invoice, as the wizard makes it; not posted."""
        wizard = (
            self.env["account.move.reversal"]
            .with_context(active_model="account.move", active_ids=move.ids)
            .create({"journal_id": self.journal.id, "emitir_pe_motivo": motivo, **values})
        )
        return self.env["account.move"].browse(wizard.refund_moves()["res_id"])
