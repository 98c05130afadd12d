"""The two formats of the API as bytes: what is read, what is written, what is refused and where."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emitir.errors import EmitirError
from emitir.wire import Format, parse, write


def refused(body: bytes, format_: Format, charset: str = "utf-8") -> list[tuple[str, str]]:
    with pytest.raises(EmitirError) as caught:
        parse(body, format_, charset)
    return [(problem.code, problem.path) for problem in caught.value.problems]


@pytest.mark.parametrize(
    ("format_", "body", "expected"),
    [
        ("json", b"", {}),
        ("json", b" \r\n", {}),
        ("json", b"[]", {}),
        ("json", b"null", {}),
        ("json", b'\xef\xbb\xbf{"tipo":"f"}', {"tipo": "f"}),
        ("json", b'{"a":null,"b":[],"c":{},"d":""}', {"d": ""}),
        ("json", b'{"items":{"2":{"igv":7.47},"1":{"igv":6.250}}}', {"items": [{"igv": Decimal("6.250")}, {"igv": Decimal("7.47")}]}),
        ("json", b'{"items":[{"igv":1}]}', {"items": [{"igv": 1}]}),
        ("json", b'{"n":100000000000000.12345678901234567890}', {"n": Decimal("100000000000000.12345678901234567890")}),
        ("json", b'{"n":1e3,"m":-0.0,"b":true}', {"n": Decimal("1e3"), "m": Decimal("-0.0"), "b": True}),
        ("json", '{"r":"Ñandú & Cía."}'.encode(), {"r": "Ñandú & Cía."}),
        ("json", b'{"r":"\\u00d1and\\u00fa \\ud83d\\ude00"}', {"r": "Ñandú 😀"}),
        ("json", b'{"a":"x\\ny"}', {"a": "x\ny"}),
        ("texto", b"", {}),
        ("texto", b"\xef\xbb\xbftipo: f\r\nserie:F001\r\rnumero :  21 \n\n", {"tipo": "f", "serie": "F001", "numero": "21"}),
        ("texto", b"direccion: AV. X: 123: ICA\nhora: 10:30", {"direccion": "AV. X: 123: ICA", "hora": "10:30"}),
        ("texto", "razon_social: Ñandú & Cía.".encode(), {"razon_social": "Ñandú & Cía."}),
        ("texto", b"a: C:\\u00d1", {"a": "C:\\u00d1"}),
        ("texto", b"observaciones:\n", {"observaciones": ""}),
        ("texto", b"items-2-igv: 2\nitems-1-igv: 1\nitems-1-x-1-m: 3", {"items": [{"igv": "1", "x": [{"m": "3"}]}, {"igv": "2"}]}),
        ("texto", b"guias-1: T001-1\nguias-2: T001-2", {"guias": ["T001-1", "T001-2"]}),
    ],
)  # fmt: skip
def test_reads(format_: Format, body: bytes, expected: dict[str, Any]) -> None:
    got = parse(body, format_)
    assert got == expected
    assert repr(got) == repr(expected), "equal values of other types, or other digits"


@pytest.mark.parametrize(
    ("format_", "body", "expected"),
    [
        ("json", b"\xff{}", [("CUERPO_ILEGIBLE", "")]),
        ("json", b'{"a":1', [("CUERPO_ILEGIBLE", "")]),
        ("json", b'{"a":1,}', [("CUERPO_ILEGIBLE", "")]),
        ("json", b"{'a':1}", [("CUERPO_ILEGIBLE", "")]),
        ("json", b'{"a":01}', [("CUERPO_ILEGIBLE", "")]),
        ("json", b'{"a":"x\ny"}', [("CUERPO_ILEGIBLE", "")]),
        ("json", b"tipo: f", [("CUERPO_ILEGIBLE", "")]),
        ("json", b'{"a":1}{"b":2}', [("CUERPO_ILEGIBLE", "")]),
        ("json", b'"f"', [("TIPO_INCORRECTO", "")]),
        ("json", b"21", [("TIPO_INCORRECTO", "")]),
        ("json", b'[{"tipo":"f"}]', [("TIPO_INCORRECTO", "")]),
        ("json", b'{"a":NaN,"b":[1,-Infinity]}', [("TIPO_INCORRECTO", "a"), ("TIPO_INCORRECTO", "b-2")]),
        ("json", b'{"a":1e999999999,"b":1E-41}', [("TIPO_INCORRECTO", "a"), ("TIPO_INCORRECTO", "b")]),
        ("json", b'{"a":' + b"9" * 5000 + b"}", [("TIPO_INCORRECTO", "a")]),
        ("json", b'{"a":0.' + b"1" * 5000 + b"}", [("TIPO_INCORRECTO", "a")]),
        ("json", b'{"a":1,"a":1}', [("PROPIEDAD_REPETIDA", "a")]),
        ("json", b'{"items":[{},{"igv":1,"igv":2}]}', [("PROPIEDAD_FALTANTE", "items-1"), ("PROPIEDAD_REPETIDA", "items-2-igv")]),
        ("json", b'{"items":[{"a":1},null]}', [("PROPIEDAD_FALTANTE", "items-2")]),
        ("json", b'{"items":{"1":{"a":1},"3":{"a":1}}}', [("NUMERACION_INCORRECTA", "items-2")]),
        ("json", b'{"items":{"0":{"a":1},"1":{"a":1}}}', [("NUMERACION_INCORRECTA", "items-0")]),
        ("json", b'{"items":{"1":{"a":1},"b":{"a":1}}}', [("NUMERACION_INCORRECTA", "items-b")]),
        ("json", b'{"items":{"1":{"a":1},"1":{"a":1}}}', [("PROPIEDAD_REPETIDA", "items-1")]),
        ("json", b'{"a":"\\ud800"}', [("FORMATO_INVALIDO", "a")]),
        ("json", b'{"":1}', [("FORMATO_INVALIDO", "")]),
        ("json", b'{"' + b"x" * 81 + b'":1}', [("FORMATO_INVALIDO", "")]),
        ("json", b"[" * 50_000, [("SOLICITUD_MUY_GRANDE", "")]),
        ("json", b'{"a":' * 13 + b"1" + b"}" * 13, [("SOLICITUD_MUY_GRANDE", "-".join("a" * 12))]),
        ("texto", b"\xd1", [("CUERPO_ILEGIBLE", "")]),
        ("texto", b"tipo: f\nserie F001", [("FORMATO_INVALIDO", "linea-2")]),
        ("texto", b"una frase: f", [("FORMATO_INVALIDO", "linea-1")]),
        ("texto", b": f", [("FORMATO_INVALIDO", "linea-1")]),
        ("texto", b'{"tipo": "f"}', [("FORMATO_INVALIDO", "linea-1")]),
        ("texto", b"a: 1\r\na: 1", [("PROPIEDAD_REPETIDA", "a")]),
        ("texto", b"items-1-igv: 1\nitems-3-igv: 1", [("NUMERACION_INCORRECTA", "items-2")]),
        ("texto", b"items-0-igv: 1", [("NUMERACION_INCORRECTA", "items-0")]),
        ("texto", b"items-01-igv: 1", [("NUMERACION_INCORRECTA", "items-01")]),
        ("texto", b"items-99999999-igv: 1", [("NUMERACION_INCORRECTA", "items-99999999")]),
        ("texto", b"items: 1\nitems-1-igv: 1", [("NUMERACION_INCORRECTA", "items-1-igv")]),
        ("texto", b"items-1-igv: 1\nitems: 1", [("NUMERACION_INCORRECTA", "items")]),
        ("texto", b"items-1-igv: 1\nitems-igv: 1", [("NUMERACION_INCORRECTA", "items-igv")]),
        ("texto", b"-".join([b"a"] * 14) + b": 1", [("SOLICITUD_MUY_GRANDE", "-".join("a" * 12))]),
    ],
)  # fmt: skip
def test_refuses_with_the_path(format_: Format, body: bytes, expected: list[tuple[str, str]]) -> None:
    assert refused(body, format_) == expected


def test_every_error_at_once_and_not_without_end() -> None:
    many = b"".join(b"line %d\n" % number for number in range(5000))
    assert len(refused(many, "texto")) == 100
    assert [path for _, path in refused(b"x\ny\na: 1\na: 2", "texto")] == ["linea-1", "linea-2", "a"]


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b'{"a":1,}', "línea 1, columna 8"),
        (b'{"a":\n "x', "línea 2, columna 2: un texto no se cierra"),
        (b'{"a" 1}', "faltan dos puntos"),
        (b'{"a":1 "b":2}', "falta una coma"),
        (b'{"a":"\\x"}', "barra invertida"),
        (b"{} {}", "sobra texto"),
    ],
)
def test_malformed_json_is_told_in_spanish(body: bytes, said: str) -> None:
    with pytest.raises(EmitirError, match=said):
        parse(body, "json")


def test_latin_bodies_are_read_when_declared() -> None:
    assert parse("r: Ñandú".encode("latin-1"), "texto", "iso-8859-1") == {"r": "Ñandú"}
    assert refused("r: Ñ".encode("latin-1"), "texto") == [("CUERPO_ILEGIBLE", "")]


ANSWER = {
    "estado": "ok",
    "total": Decimal("1E+2"),
    "igv": Decimal("0.10"),
    "chico": Decimal("1E-10"),
    "numero": 21,
    "enviado": True,
    "pendiente": False,
    "ticket": None,
    "sunat_observacion": ["Ñ uno", "dos"],
    "errores": [{"propiedad": "items-2-igv", "descripcion": "a: b"}],
    "vacia": [],
}


def test_writes_texto() -> None:
    assert write(ANSWER, "texto").decode() == (
        "estado: ok\ntotal: 100\nigv: 0.10\nchico: 0.0000000001\nnumero: 21\nenviado: 1\npendiente: 0\n"
        "sunat_observacion-1: Ñ uno\nsunat_observacion-2: dos\n"
        "errores-1-propiedad: items-2-igv\nerrores-1-descripcion: a: b\n"
    )


def test_writes_json() -> None:
    assert write(ANSWER, "json") == (
        b'{"estado":"ok","total":100,"igv":0.10,"chico":0.0000000001,"numero":21,"enviado":true,'
        b'"pendiente":false,"ticket":null,"sunat_observacion":["\\u00d1 uno","dos"],'
        b'"errores":[{"propiedad":"items-2-igv","descripcion":"a: b"}],"vacia":[]}'
    )


def test_a_value_never_makes_a_line_of_its_own() -> None:
    for end in ("\n", "\r\n", "\r", "\v", "\f", "\x1c", "\x85", "\u2028", "\u2029"):
        written = write({"descripcion_error": f"uno{end}estado: ok"}, "texto").decode()
        assert written.splitlines() == ["descripcion_error: uno estado: ok"]


def test_floats_are_not_written() -> None:
    for format_ in ("json", "texto"):
        with pytest.raises(TypeError):
            write({"total": 0.1}, format_)


NAMES = st.from_regex(r"[a-z][a-z0-9_]{0,10}", fullmatch=True)
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
LINES = st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), min_size=1, max_size=40).map(
    str.strip
)
NUMBERS = st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**15), max_value=10**15, places=10)


def trees(leaves: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.dictionaries(
        NAMES,
        st.recursive(
            leaves,
            lambda inner: st.lists(inner, min_size=1, max_size=4) | st.dictionaries(NAMES, inner, min_size=1, max_size=4),
            max_leaves=12,
        ),
        max_size=6,
    )  # fmt: skip


@given(trees(TEXTS | NUMBERS | st.integers(-(10**15), 10**15) | st.booleans()))
def test_json_comes_back_as_it_went(tree: dict[str, Any]) -> None:
    assert repr(parse(write(tree, "json"), "json")) == repr(tree)


@given(trees(LINES))
def test_texto_comes_back_as_it_went(tree: dict[str, Any]) -> None:
    assert parse(write(tree, "texto"), "texto") == tree


@given(st.binary(max_size=200), st.sampled_from(["json", "texto"]))
def test_any_bytes_are_read_or_refused_in_words(body: bytes, format_: Format) -> None:
    try:
        parse(body, format_)
    except EmitirError as error:
        told = [problem.message() for problem in error.problems]
    else:
        return
    assert all(told)
