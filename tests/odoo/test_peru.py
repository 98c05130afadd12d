"""What Peru's sales have beside price and IGV, from Odoo to the sandbox SUNAT; taxpayers, mail, settings, bot."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from odoorpc.error import RPCError

from scripts.odoo.books import Books
from scripts.odoo.service import Service
from tests.engine.mail_server import PASSWORD, USER, MailServer
from tests.odoo.test_end_to_end import accepted, to_the_cent
from tests.peru_padron.padrones import company as taxpayer
from tests.peru_padron.padrones import person, quiet, ruc, write_text

RUC_ACTIVE, RUC_GONE, DNI = ruc("2010007097"), ruc("2050000001"), "45678912"


@pytest.fixture(scope="module")
def market(books: Books) -> int:
    return books.customer()


@pytest.fixture(scope="module")
def igv(books: Books) -> int:
    return books.tax("1000")


def tax_like(books: Books, igv: int, **values: Any) -> int:
    """Another sales tax, in the group of the IGV."""
    group = books.read("account.tax", igv, "tax_group_id")["tax_group_id"][0]
    return books.create("account.tax", type_tax_use="sale", tax_group_id=group, **values)


def with_taxes(line: list[Any], *taxes: int) -> list[Any]:
    line[2]["tax_ids"] = [[6, 0, list(taxes)]]
    return line


def xml_of(books: Books, move: int) -> etree._Element:
    accepted(books, move)
    return etree.fromstring(books.file(move, "xml"))


def texts(xml: etree._Element, name: str) -> list[str]:
    return [str(text) for text in xml.xpath(f"//*[local-name()='{name}']/text()")]


def test_percepcion(books: Books, market: int, igv: int) -> None:
    move = books.invoice(market, books.line("GASEOSA", 100, 3, igv), emitir_pe_percepcion="01")
    xml = xml_of(books, move)
    to_the_cent(books, move)
    assert xml.xpath("string(//*[local-name()='InvoiceTypeCode']/@listID)") == "2001"
    assert "7.08" in texts(xml, "Amount")  # 2 % of 354.00


@pytest.mark.parametrize(
    ("sistema", "values"),
    [("01", {"amount_type": "percent", "amount": 30}), ("02", {"amount_type": "fixed", "amount": 2.25})],
)
def test_isc(books: Books, market: int, igv: int, sistema: str, values: dict[str, Any]) -> None:
    isc = tax_like(
        books,
        igv,
        name=f"ISC {sistema}",
        l10n_pe_edi_tax_code="2000",
        l10n_pe_edi_isc_type=sistema,
        include_base_amount=True,
        sequence=0,
        **values,
    )
    move = books.invoice(market, with_taxes(books.line("PISCO", 12, 25, igv), isc, igv))
    xml = xml_of(books, move)
    to_the_cent(books, move)
    assert sistema in texts(xml, "TierRange")


def test_exportacion(books: Books) -> None:
    customer = books.customer(
        "ACME INC.", "998877", "l10n_latam_base.it_fid", country_id=books.ref("base.us"), city="Miami"
    )
    exp = books.tax("9995")
    usd = books.ref("base.USD")
    books.call("res.currency", "write", [usd], {"active": True})
    goods = books.invoice(customer, books.line("QUINUA", 20, 45.5, exp), currency_id=usd, **factura(books))
    xml = xml_of(books, goods)
    to_the_cent(books, goods)
    assert xml.xpath("string(//*[local-name()='InvoiceTypeCode']/@listID)") == "0200"
    service = books.invoice(
        customer, books.line("DISEÑO", 1, 900, exp), emitir_pe_operacion="0201", **factura(books)
    )
    assert "US" in texts(xml_of(books, service), "IdentificationCode")


def factura(books: Books) -> dict[str, Any]:
    """An export goes to somebody without RUC: its document is chosen."""
    return {"l10n_latam_document_type_id": books.ref("l10n_pe.document_type01")}


def test_ivap(books: Books, market: int, igv: int) -> None:
    ivap = tax_like(books, igv, name="IVAP 4%", amount_type="percent", amount=4, l10n_pe_edi_tax_code="1016")
    move = books.invoice(market, with_taxes(books.line("ARROZ PILADO", 50, 100, igv), ivap))
    xml = xml_of(books, move)
    to_the_cent(books, move)
    assert "1016" in texts(xml, "ID")
    mixed = books.invoice(
        market,
        with_taxes(books.line("ARROZ PILADO", 50, 100, igv), ivap),
        books.line("SACO", 1, 5, igv),
        post=False,
    )
    with pytest.raises(RPCError, match="IVAP"):
        books.post(mixed)


def test_guias_and_order(books: Books, market: int, igv: int) -> None:
    move = books.invoice(
        market,
        books.line("CEMENTO", 10, 28, igv),
        emitir_pe_guias="T001-8, T001-9",
        emitir_pe_orden_compra="OC-2026-15",
    )
    xml = xml_of(books, move)
    assert xml.xpath("//*[local-name()='DespatchDocumentReference']/*[local-name()='ID']/text()") == [
        "T001-8",
        "T001-9",
    ]
    assert texts(xml, "OrderReference") or "OC-2026-15" in texts(xml, "ID")


def test_cuotas_with_detraccion_in_dollars(books: Books, market: int, igv: int) -> None:
    usd = books.ref("base.USD")
    books.call("res.currency", "write", [usd], {"active": True})
    rate = {"currency_id": usd, "name": time.strftime("%Y-%m-%d"), "inverse_company_rate": 3.755}
    old = books.call("res.currency.rate", "search", [["currency_id", "=", usd]])
    books.call("res.currency.rate", "unlink", old)
    books.create("res.currency.rate", **rate)
    half = [{"value": "percent", "value_amount": 50, "nb_days": days} for days in (30, 60)]
    term = books.create("account.payment.term", name="30/60", line_ids=[[0, 0, line] for line in half])
    move = books.invoice(
        market,
        books.line("AUDITORÍA", 1, 1000.01, igv),
        currency_id=usd,
        emitir_pe_detraccion="022",
        emitir_pe_detraccion_porcentaje=12,
        invoice_payment_term_id=term,
    )
    xml = xml_of(books, move)
    to_the_cent(books, move)
    assert "Cuota002" in texts(xml, "PaymentMeansID")


def test_boletas_by_resumen(books: Books, service: Service, igv: int) -> None:
    person_ = books.customer("QUISPE MAMANI, ROSA", DNI, "l10n_pe.it_DNI")
    books.call("res.company", "write", [1], {"emitir_pe_boletas": "resumen"})
    try:
        company = service.engine.companies.get(books.uuid)
        assert company.settings["envio_boletas"] == "resumen"
        move = books.invoice(person_, books.line("MOCHILA", 1, 89.9, igv))
        assert books.state(move)["estado"] == "enviado"
        service.engine.resumen(company)
        for _ in range(20):
            books.run_cron("emitir.cron_enviar", due=[move])
            if books.state(move)["estado"] == "aceptado":
                break
            time.sleep(1)
        assert books.state(move)["estado"] == "aceptado", books.state(move)
    finally:
        books.call("res.company", "write", [1], {"emitir_pe_boletas": "individual"})
    with pytest.raises(RPCError, match="HH:MM"):
        books.call("res.company", "write", [1], {"emitir_pe_hora_resumen": "26:00"})
    assert books.read("res.company", 1, "emitir_pe_hora_resumen")["emitir_pe_hora_resumen"] == "02:00"


def test_the_service_has_the_last_word_on_settings(books: Books, service: Service) -> None:
    service.engine.companies.update(books.uuid, {"cuenta_detraccion": "00-005-123456"})
    settings = books.create("res.config.settings")
    books.call("res.config.settings", "action_emitir_probar", [settings])
    known = books.read("res.company", 1, "emitir_pe_cuenta_detraccion", "emitir_prueba_bien")
    assert (known["emitir_pe_cuenta_detraccion"], known["emitir_prueba_bien"]) == ("00-005-123456", True)


def test_the_token_never_comes_back(books: Books) -> None:
    token = books.read("res.company", 1, "emitir_token")["emitir_token"]
    settings = books.create("res.config.settings")
    shown = books.read("res.config.settings", settings, "emitir_token", "emitir_token_guardado")
    assert (shown["emitir_token"], shown["emitir_token_guardado"]) == (False, True)
    other = books.create("res.config.settings", emitir_token="f" * 64)
    assert books.read("res.company", 1, "emitir_token")["emitir_token"] == "f" * 64
    books.call("res.config.settings", "write", [other], {"emitir_token": token})
    assert books.read("res.company", 1, "emitir_token")["emitir_token"] == token


def load_padron(service: Service, folder: Path) -> None:
    """Four taxpayers for the service."""
    rows = [
        f"{RUC_ACTIVE}|SUPERMERCADOS PERUANOS SOCIEDAD ANONIMA|ACTIVO|HABIDO|150131|CAL.|MORELLI|-|-|181|-|-|-|-|-|",
        f"{RUC_GONE}|INVERSIONES DUDOSAS S.A.C.|BAJA DE OFICIO|NO HABIDO|150101|AV.|LIMA|-|-|601|-|-|-|-|-|",
        person(int(DNI), "QUISPE MAMANI ROSA"),
        taxpayer(60000001, "OTRA E.I.R.L."),
    ]
    source = write_text(folder / "padron.txt", rows)
    company = next(one for one in service.engine.companies.list() if one.pais == "pe")
    listing = service.engine.taxpayers(company)
    assert listing is not None
    listing.load(str(source), quiet, force=True)


@pytest.fixture(scope="module")
def padron(service: Service, tmp_path_factory: pytest.TempPathFactory) -> None:
    load_padron(service, tmp_path_factory.mktemp("padron"))


def test_a_partner_is_filled_in_by_ruc_and_dni(books: Books, padron: None) -> None:
    fields = (
        "name",
        "street",
        "city",
        "zip",
        "l10n_pe_district",
        "state_id",
        "is_company",
        "emitir_pe_estado",
    )
    market = books.customer("por completar", RUC_ACTIVE)
    books.call("res.partner", "action_emitir_pe_consultar", [market])
    found = books.read("res.partner", market, *fields, "emitir_pe_condicion", "emitir_pe_alerta")
    assert (found["name"], found["zip"], found["is_company"]) == (
        "SUPERMERCADOS PERUANOS SOCIEDAD ANONIMA",
        "150131",
        True,
    )
    assert "MORELLI" in found["street"]
    assert (found["l10n_pe_district"][1], found["state_id"][1]) == ("San Isidro", "Lima (PE)")
    assert (found["emitir_pe_estado"], found["emitir_pe_condicion"], found["emitir_pe_alerta"]) == (
        "ACTIVO",
        "HABIDO",
        False,
    )
    gone = books.customer("por completar", RUC_GONE)
    books.call("res.partner", "action_emitir_pe_consultar", [gone])
    assert books.read("res.partner", gone, "emitir_pe_alerta")["emitir_pe_alerta"] is True
    rosa = books.customer("por completar", DNI, "l10n_pe.it_DNI")
    books.call("res.partner", "action_emitir_pe_consultar", [rosa])
    assert books.read("res.partner", rosa, "name")["name"] == "QUISPE MAMANI ROSA"
    nobody = books.customer("NADIE", ruc("2099999999"))
    with pytest.raises(RPCError, match="no figura"):
        books.call("res.partner", "action_emitir_pe_consultar", [nobody])


@pytest.fixture
def mail(books: Books, service: Service) -> Iterator[MailServer]:
    with MailServer() as running:
        smtp = {
            "servidor": "127.0.0.1",
            "puerto": running.port,
            "seguridad": "ninguna",
            "usuario": USER,
            "remitente": "facturas@empresa.pe",
        }
        service.engine.companies.update(books.uuid, {"smtp": smtp})
        service.engine.companies.set_secrets(books.uuid, {"smtp_clave": PASSWORD})
        yield running


def test_resend_by_mail(books: Books, mail: MailServer, igv: int) -> None:
    customer = books.customer(email="compras@cliente.pe")
    move = books.invoice(customer, books.line("A", 1, 10, igv))
    accepted(books, move)
    context = {"default_move_ids": [move]}
    wizard = books.call("emitir.correo", "create", [{}], context=context)
    assert books.read("emitir.correo", wizard[0], "para")["para"] == "compras@cliente.pe"
    books.call("emitir.correo", "action_enviar", wizard)
    end = time.monotonic() + 20
    while not mail.mails and time.monotonic() < end:
        time.sleep(0.2)
    (sent,) = mail.mails
    assert sent.recipients == ("compras@cliente.pe",)
    assert len(sent.attachments) == 3
    assert {".pdf", ".xml"} <= {Path(name).suffix for name in sent.attachments}
    domain = [["model", "=", "account.move"], ["res_id", "=", move], ["body", "ilike", "compras@cliente.pe"]]
    assert books.call("mail.message", "search_count", domain) == 1


def test_mail_by_itself_once_accepted(books: Books, mail: MailServer, igv: int) -> None:
    books.call("res.company", "write", [1], {"emitir_correo_automatico": True})
    try:
        move = books.invoice(books.customer(email="solo@cliente.pe"), books.line("A", 1, 10, igv))
        accepted(books, move)
        end = time.monotonic() + 20
        while not mail.mails and time.monotonic() < end:
            time.sleep(0.2)
        assert [sent.recipients for sent in mail.mails] == [("solo@cliente.pe",)]
        # An address that cannot be one keeps nothing from being issued.
        accepted(books, books.invoice(books.customer(email="sin correo"), books.line("A", 1, 10, igv)))
    finally:
        books.call("res.company", "write", [1], {"emitir_correo_automatico": False})


def test_a_chat_is_linked(books: Books, service: Service) -> None:
    bot, _token = service.engine.bots.create("emitir_prueba_bot")
    wizard = books.create("emitir.vinculo", rol="contador")
    books.call("emitir.vinculo", "action_pedir", [wizard])
    shown = books.read("emitir.vinculo", wizard, "codigo", "enlace", "qr", "vence")
    assert shown["enlace"] == bot.deep_link(shown["codigo"].replace("-", ""))
    assert "data:image/svg+xml;base64," in shown["qr"]
    service.engine.links.link(bot, 1234, shown["codigo"], "Ana", "es")
    company = service.engine.companies.get(books.uuid)
    assert [(link.nombre, link.rol) for link in service.engine.links.of_company(company)] == [
        ("Ana", "contador")
    ]


def test_send_and_print_takes_the_official_files(books: Books, igv: int) -> None:
    move = books.invoice(books.customer(email="compras@cliente.pe"), books.line("A", 1, 10, igv))
    name = accepted(books, move)["codigo_documento"]
    context = {"active_model": "account.move", "active_ids": [move]}
    wizard = books.call("account.move.send.wizard", "create", [{"move_id": move}], context=context)
    shown = books.read("account.move.send.wizard", wizard[0], "mail_attachments_widget", "subject", "body")
    files = {entry["name"] for entry in shown["mail_attachments_widget"] or []}
    assert {f"{name}.pdf", f"{name}.xml", f"R-{name}.xml"} <= files, files
    assert "comprobante electrónico" in shown["body"]
