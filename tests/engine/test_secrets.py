"""The master key, sealed secrets, tokens."""

from __future__ import annotations

import base64
import os
from pathlib import Path

import pytest

from emitir.engine.empresas.secrets import (
    MasterKeys,
    load_master_keys,
    looks_like_token,
    new_download_code,
    new_token,
    parse_master_keys,
)
from emitir.errors import EmitirError

KEY, OTHER = bytes(range(32)), bytes(range(1, 33))


def test_sealed_opens_only_for_its_company_field_and_key() -> None:
    keys = MasterKeys([KEY])
    key_id, sealed = keys.seal(b"clave sol", "empresa-1", "clave_sol")
    assert b"clave" not in sealed
    assert keys.open(key_id, sealed, "empresa-1", "clave_sol") == b"clave sol"
    for company, field, altered in (
        ("empresa-2", "clave_sol", sealed),
        ("empresa-1", "usuario_sol", sealed),
        ("empresa-1", "clave_sol", sealed[:-1] + bytes([sealed[-1] ^ 1])),
    ):
        with pytest.raises(EmitirError, match="no se puede descifrar"):
            keys.open(key_id, altered, company, field)
    with pytest.raises(EmitirError, match="no está configurada"):
        MasterKeys([OTHER]).open(key_id, sealed, "empresa-1", "clave_sol")


def test_sealing_twice_differs() -> None:
    keys = MasterKeys([KEY])
    assert keys.seal(b"x", "e", "f") != keys.seal(b"x", "e", "f")


def test_rotation_first_key_seals_all_open() -> None:
    key_id, sealed = MasterKeys([KEY]).seal(b"x", "e", "f")
    both = MasterKeys([OTHER, KEY])
    assert both.open(key_id, sealed, "e", "f") == b"x"
    assert both.seal(b"y", "e", "f")[0] != key_id


def test_tokens() -> None:
    keys, token = MasterKeys([KEY]), new_token()
    assert looks_like_token(token)
    assert not looks_like_token(token.upper())
    key_id, mac = keys.token_mac(token)
    assert len(mac) == 32
    assert keys.token_matches(token, key_id, mac)
    assert not keys.token_matches(new_token(), key_id, mac)
    assert not keys.token_matches(token, "otra", mac)
    assert not MasterKeys([OTHER]).token_matches(token, key_id, mac)


def test_download_codes_are_forty_hex_and_random() -> None:
    codes = {new_download_code() for _ in range(100)}
    assert len(codes) == 100
    assert all(len(code) == 40 and int(code, 16) >= 0 for code in codes)


def test_keys_in_hex_or_base64_or_url_base64() -> None:
    forms = [
        KEY.hex(),
        KEY.hex().upper(),
        base64.b64encode(KEY).decode(),
        base64.urlsafe_b64encode(KEY).decode(),
    ]
    assert len({parse_master_keys(form).primary_id for form in forms}) == 1
    two = parse_master_keys(f"{OTHER.hex()}, {forms[2]}")
    assert two.primary_id == MasterKeys([OTHER]).primary_id


@pytest.mark.parametrize("text", ["", "abc", "00" * 31, "ñ" * 32, "%%%", f"{KEY.hex()},corta"])
def test_bad_keys_are_refused_without_being_shown(text: str) -> None:
    with pytest.raises(EmitirError) as raised:
        parse_master_keys(text)
    assert raised.value.code == "CONFIGURACION_INVALIDA"
    assert not text or text not in str(raised.value)


def test_key_file_is_made_once_for_its_owner_only(tmp_path: Path) -> None:
    first = load_master_keys("", tmp_path)
    path = tmp_path / "master.key"
    assert path.stat().st_mode & 0o777 == 0o600
    assert load_master_keys("", tmp_path).primary_id == first.primary_id
    assert os.listdir(tmp_path) == ["master.key"]
    assert load_master_keys(KEY.hex(), tmp_path).primary_id == MasterKeys([KEY]).primary_id


def test_key_file_that_others_can_read_is_refused(tmp_path: Path) -> None:
    load_master_keys("", tmp_path)
    (tmp_path / "master.key").chmod(0o644)
    with pytest.raises(EmitirError, match="otros usuarios"):
        load_master_keys("", tmp_path)


def test_nothing_shows_a_key() -> None:
    assert KEY.hex() not in repr(MasterKeys([KEY]))
    assert "_Key" not in repr(MasterKeys([KEY]))
