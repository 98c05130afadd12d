"""Whatever a person types stays what it was, in a document that is still valid, canonical and signed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from emitir.paraguay.prepare import prepare
from emitir.signing.keys import load_pkcs12
from emitir.xml import DECLARATION

from .conftest import HERE, NOW, SECRETS
from .oracles import NS, assert_qr, assert_sound, parse, schema
from .test_amounts import company_and_factura

SIGNER = load_pkcs12((HERE / "empresa.p12").read_bytes(), "prueba")
#: Characters that one line may hold, with the hard ones often.
CHARACTER = st.one_of(
    st.sampled_from("&<>\"']]>Ññáü€🇵🇾 \u00a0"),
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\u2028\u2029\ufffe\uffff"),
)
TEXT = st.text(CHARACTER, min_size=4, max_size=30).map(str.strip).filter(lambda text: len(text) >= 4)
#: ``CharacterData`` that XSD's ``.+`` takes: everything but line ends.


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(TEXT, TEXT, TEXT, TEXT)
def test_texts_survive(name: str, description: str, information: str, code: str) -> None:
    company, factura = company_and_factura()
    properties: dict[str, Any] = factura | {
        "tipo_doc": "r",
        "numero_doc": "80012345-0",
        "razon_social": name,
        "informacion_emisor": information,
        "items": [{"codigo": code, "descripcion": description, "cantidad": 1, "precio_unitario": 100}],
    }
    xml = prepare(properties, company, NOW).sign_with(SIGNER, SECRETS).xml
    root = parse(xml)
    rules = schema("siRecepDE_v150.xsd")
    assert rules.validate(root), rules.error_log.last_error
    assert etree.tostring(root, method="c14n") == xml[len(DECLARATION) :]
    assert_qr(root, SECRETS["csc"])
    for tag, text in (
        ("dNomRec", name),
        ("dDesProSer", description),
        ("dInfoEmi", information),
        ("dCodInt", code),
    ):
        assert root.findtext(f".//s:{tag}", namespaces=NS) == text


def test_every_hard_text_at_once(tmp_path: Path) -> None:
    company, factura = company_and_factura()
    hard = "& < > \" ' ]]> Ñ &amp; <!-- --> <![CDATA["
    properties = factura | {
        "tipo_doc": "r",
        "numero_doc": "80012345-0",
        "razon_social": hard,
        "nombre_comercial": hard,
        "direccion": hard,
        "informacion_emisor": hard,
        "informacion_fisco": hard,
        "orden_compra": hard[:15],
        "items": [
            {"codigo": hard, "descripcion": hard, "cantidad": 1, "precio_unitario": 100, "informacion": hard}
        ],
    }
    company |= {"nombre_comercial": hard, "direccion": hard}
    assert_sound(prepare(properties, company, NOW).sign_with(SIGNER, SECRETS).xml, tmp_path, SECRETS["csc"])
