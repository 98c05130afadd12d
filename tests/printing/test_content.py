"""What the paper says is what the data say (spec.md §14)."""

from __future__ import annotations

import json
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from emitir.errors import EmitirError
from emitir.peru.country import COUNTRY
from emitir.peru.printed import SIN_VALOR, render

from .conftest import DIGEST, Make, line
from .paper import pages, squash, strings, words

PERU = Path(__file__).parents[1] / "peru"
CASES = sorted((PERU / "cases").glob("*.json"))
#: Stored, but not meant to be read.
UNREAD = ("tipo", "ambiente", "creado", "qr")


def says(pdf: bytes, *texts: str) -> bool:
    found = words(pdf)
    missing = [text for text in texts if squash(text) not in found]
    assert not missing, f"not on the paper: {missing}"
    return True


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_every_case_prints_everything_that_is_stored(path: Path) -> None:
    case = json.loads(path.read_text(encoding="utf-8"))
    company = json.loads((PERU / "company.json").read_text(encoding="utf-8"))
    del company["pais"]
    prepared = COUNTRY.prepare(case["propiedades"], company, datetime.fromisoformat(case["ahora"]))
    stored = json.loads(json.dumps({**prepared.printable(), "valor_resumen": DIGEST}))
    pdf = render(stored, "a4")
    assert says(pdf, *strings({key: value for key, value in stored.items() if key not in UNREAD}))


def test_a_factura_says_what_the_law_asks_for(make: Make) -> None:
    items = [line(), line("LAWGIVER MK II", codigo="43210", precio_unitario=49)]
    pdf = render(make(items=items, orden_compra="OC-481", observaciones="Gracias por su compra"), "a4")
    assert says(
        pdf,
        "FACTURA ELECTRÓNICA",
        "F001-21",
        "RUC 20123456786",
        "ESTUDIO ANDINO S.A.C.",
        "Av. José Larco 1232, Miraflores - Lima - Lima",
        "Tel. 01 555 0199 · ventas@estudioandino.example",
        "ABC CONSULTORES S.A.C.",
        "AV. PROBANDO 123 ICA ICA ICA",
        "Fecha de emisión 21/11/2026 10:35",
        "Moneda Soles (PEN)",
        "Tipo de operación Venta interna",
        "Orden de compra OC-481",
        "1 98765 1 Und. ESCUDO DE VIBRANIUM 34.75 41.00 41.00",
        "2 43210 1 Und. LAWGIVER MK II 41.53 49.00 49.00",
        "Op. gravadas S/ 76.28",
        "IGV (18 %) S/ 13.72",
        "Importe total S/ 90.00",
        "SON: NOVENTA CON 00/100 SOLES",
        "Forma de pago Contado",
        "Gracias por su compra",
        f"Valor resumen {DIGEST}",
        "Representación impresa de la FACTURA ELECTRÓNICA",
        "Consulte su validez en https://e-consulta.sunat.gob.pe/",
        "Página 1 de 1",
    )
    assert "exonerad" not in words(pdf), "a total that does not apply is not printed"


def test_a_credit_sale_in_dollars_lists_its_payments(make: Make) -> None:
    pdf = render(
        make(
            moneda="USD",
            forma_pago="credito",
            fecha_vencimiento="2027-01-20",
            cuotas=[{"monto": 12000, "fecha": "2026-12-21"}, {"monto": 11600, "fecha": "2027-01-20"}],
            items=[line(unidad="ZZ", valor_unitario=20000)],
        ),
        "a4",
    )
    assert says(
        pdf,
        "Moneda Dólares americanos (USD)",
        "Fecha de vencimiento 20/01/2027",
        "Serv.",
        "US$ 23,600.00",
        "SON: VEINTITRÉS MIL SEISCIENTOS CON 00/100 DÓLARES AMERICANOS",
        "Forma de pago Crédito",
        "Saldo US$ 23,600.00",
        "1 21/12/2026 US$ 12,000.00 2 20/01/2027 US$ 11,600.00",
    )


def test_lines_of_several_kinds_say_which_is_which(make: Make) -> None:
    items = [
        line(),
        line("Libro", afectacion_igv="20"),
        line("Arroz", afectacion_igv="30", unidad="KGM", cantidad=Decimal("2.5")),
        line("Bolsa", precio_unitario=Decimal("0.10"), cantidad=3, icbper=Decimal("1.50")),
    ]
    stored = make(items=items)
    assert says(
        render(stored, "a4"),
        "Libro Operación exonerada",
        "Arroz Operación inafecta",
        "Op. gravadas S/ 35.00",
        "Op. exoneradas S/ 41.00",
        "Op. inafectas S/ 102.50",
        "ICBPER S/ 1.50",
    )
    # Quantity times price is the amount of the line; the tax on bags comes once, among the totals.
    assert stored["detalle"][3][-1] == "0.30"
    alone = make(items=[line("Libro", afectacion_igv="20")])
    assert alone["detalle"][0][4] == "Libro", "with one kind only the totals say it"


def test_a_boleta_without_customer(make: Make) -> None:
    nobody = dict.fromkeys(["tipo_doc", "numero_doc", "razon_social", "direccion"])
    pdf = render(make(tipo="b", serie="B001", numero=7, **nobody), "a4")
    assert says(pdf, "BOLETA DE VENTA ELECTRÓNICA", "B001-7", "Cliente CLIENTES VARIOS")
    assert "DNI" not in words(pdf)


def nota(make: Make, **more: Any) -> dict[str, Any]:
    asked = {"tipo": "c", "serie": "FC01", "numero": 3, "motivo": "07", "sustento": "Devolvió un escudo"}
    return make(**{**asked, "documento": "F001-21", **more})


def test_a_nota_says_what_it_modifies_and_why(make: Make) -> None:
    assert says(
        render(nota(make), "a4"),
        "NOTA DE CRÉDITO ELECTRÓNICA",
        "FC01-3",
        "Modifica Factura electrónica F001-21",
        "Motivo Devolución por ítem",
        "Sustento Devolvió un escudo",
        "Importe total S/ 41.00",
    )
    debit = nota(make, tipo="d", serie="FD01", motivo="01", sustento="Intereses por mora")
    assert says(render(debit, "a4"), "NOTA DE DÉBITO ELECTRÓNICA", "Motivo Intereses por mora")


def test_a_nota_that_only_changes_payments_has_no_lines(make: Make) -> None:
    cuotas = [{"monto": 41, "fecha": "2027-01-20"}]
    stored = nota(make, motivo="13", items=None, cuotas=cuotas)
    pdf = render(stored, "a4")
    assert "detalle" not in stored
    assert says(pdf, "1 20/01/2027 S/ 41.00", "SON: CERO CON 00/100 SOLES", "Importe total S/ 0.00")
    assert "Descripción" not in words(pdf)


@pytest.mark.parametrize(
    ("ambiente", "endpoints", "marked"),
    [
        ("sandbox", {}, True),
        ("beta", {}, True),
        ("produccion", {}, False),
        ("ose", {"billService": "https://ose.example/billService"}, False),
    ],
)
def test_only_a_real_document_goes_without_the_mark(
    make: Make, ambiente: str, endpoints: dict[str, str], marked: bool
) -> None:
    items = [line(f"línea {number}") for number in range(60)]
    pdf = render(make({"ambiente": ambiente, "endpoints": endpoints}, items=items), "a4")
    assert [squash(SIN_VALOR) in squash(page) for page in pages(pdf)] == [marked, marked]


def test_data_that_do_not_say_where_they_belong_are_marked(make: Make) -> None:
    stored = make({"ambiente": "produccion"})
    del stored["ambiente"]
    assert says(render(stored, "a4"), SIN_VALOR)


def test_who_prints_may_name_the_place_to_look_it_up(make: Make) -> None:
    pdf = render(make() | {"consulta": "https://facturas.example/c/abc"}, "a4")
    assert says(pdf, "Consulte su validez en https://facturas.example/c/abc")
    assert "sunat" not in words(pdf)


def test_a_trade_name_comes_before_the_legal_one(make: Make) -> None:
    stored = make({"nombre_comercial": "La Tienda"})
    assert says(render(stored, "a4"), "La Tienda ESTUDIO ANDINO S.A.C. Av. José")


@pytest.mark.parametrize(
    ("tipo_doc", "numero_doc", "shown"),
    [
        ("d", "12345678", "DNI 12345678"),
        ("e", "001234567", "Documento Carné de extranjería 001234567"),
        ("p", "AB123456", "Documento Pasaporte AB123456"),
        ("0", "X99", "Documento X99"),
    ],
)
def test_the_customers_document_by_its_name(make: Make, tipo_doc: str, numero_doc: str, shown: str) -> None:
    stored = make(tipo="b", serie="B001", tipo_doc=tipo_doc, numero_doc=numero_doc)
    assert " ".join(stored["receptor"][1]) == shown


def test_the_stored_data_are_compact_json(make: Make) -> None:
    stored = make(items=[line() for _ in range(3)])
    text = json.dumps(stored, ensure_ascii=False, separators=(",", ":"))
    assert json.loads(text) == stored
    assert stored["v"] == 1
    assert len(text.encode()) < 1300
    assert not any(value in ("", [], None) for value in stored.values())


def test_a_layout_that_does_not_exist(make: Make) -> None:
    with pytest.raises(EmitirError) as caught:
        render(make(), "a3")
    assert caught.value.code == "VALOR_NO_PERMITIDO"
    assert "«a3»" in str(caught.value)
    assert "a4" in str(caught.value)


@pytest.mark.parametrize(
    "change", [{"v": 2}, {"valor_resumen": ""}], ids=["another version", "without its hash"]
)
def test_data_that_cannot_be_printed_are_a_bug_of_the_caller(make: Make, change: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="printable data"):
        render(make() | change, "a4")
