"""Secrets at rest: AES-GCM under a master key, tokens as HMAC. Nothing here ever shows a key.

DESIGN.md §5: the associated data of a sealed secret is company + field + key id, so that a secret copied to
another company, another field or another key does not open.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import os
import re
import secrets as random
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from emitir.error_codes import CONFIGURACION_INVALIDA
from emitir.errors import EmitirError, Problem
from emitir.i18n import N_

KEY_FILE = "master.key"
_KEY_BYTES = 32
_NONCE_BYTES = 12
_TOKEN = re.compile(r"[0-9a-f]{64}")


class _Key:
    """One master key: its public id and the two keys derived from it."""

    __slots__ = ("_seal", "_token", "key_id")

    def __init__(self, raw: bytes) -> None:
        self.key_id = hashlib.sha256(b"emitir key id" + raw).hexdigest()[:8]
        self._seal = AESGCM(_derive(raw, b"emitir secretos v1"))
        self._token = _derive(raw, b"emitir tokens v1")

    def seal(self, plain: bytes, aad: bytes) -> bytes:
        nonce = random.token_bytes(_NONCE_BYTES)
        return nonce + self._seal.encrypt(nonce, plain, aad)

    def open(self, sealed: bytes, aad: bytes) -> bytes:
        return self._seal.decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], aad)

    def mac(self, token: str) -> bytes:
        return hmac.digest(self._token, token.encode(), "sha256")

    def __repr__(self) -> str:
        return f"_Key({self.key_id})"


def _derive(raw: bytes, purpose: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=_KEY_BYTES, salt=None, info=purpose).derive(raw)


class MasterKeys:
    """The keys of this installation: the first seals, all of them open (rotation)."""

    def __init__(self, raw_keys: list[bytes]) -> None:
        if not raw_keys:
            raise ValueError("at least one master key is needed")
        keys = [_Key(raw) for raw in raw_keys]
        self._primary = keys[0]
        self._keys = {key.key_id: key for key in keys}

    @property
    def primary_id(self) -> str:
        """Id of the key that seals from now on."""
        return self._primary.key_id

    def seal(self, plain: bytes, company: str, field: str) -> tuple[str, bytes]:
        """Encrypt ``plain`` for one field of one company (its UUID): the key id and the sealed bytes."""
        return self.primary_id, self._primary.seal(plain, _aad(company, field, self.primary_id))

    def open(self, key_id: str, sealed: bytes, company: str, field: str) -> bytes:
        """Decrypt. Raises ``CONFIGURACION_INVALIDA`` when the key is missing or the secret was moved or altered."""
        key = self._keys.get(key_id)
        if key is None:
            text = N_("La clave maestra con que se guardó {campo} ({clave}) no está configurada.")
            raise EmitirError(
                Problem(
                    CONFIGURACION_INVALIDA,
                    text,
                    path="EMITIR_MASTER_KEY",
                    params={"campo": field, "clave": key_id},
                )
            )
        try:
            return key.open(sealed, _aad(company, field, key_id))
        except InvalidTag:
            text = N_("El secreto {campo} guardado no se puede descifrar: fue alterado o es de otra empresa.")
            raise EmitirError(
                Problem(CONFIGURACION_INVALIDA, text, path=field, params={"campo": field})
            ) from None

    def token_mac(self, token: str) -> tuple[str, bytes]:
        """Key id and HMAC-SHA256 of a token, as they are stored."""
        return self.primary_id, self._primary.mac(token)

    def token_matches(self, token: str, key_id: str, mac: bytes) -> bool:
        """Compare in constant time; an unknown key id costs the same and never matches."""
        key = self._keys.get(key_id)
        made = (key or self._primary).mac(token)
        return hmac.compare_digest(made, mac) and key is not None

    def __repr__(self) -> str:
        return f"MasterKeys({', '.join(self._keys)})"


def _aad(company: str, field: str, key_id: str) -> bytes:
    return f"emitir|{company}|{field}|{key_id}".encode()


def new_token() -> str:
    """A new access token: 32 random bytes as 64 lower-case hex digits."""
    return random.token_hex(32)


def looks_like_token(text: str) -> bool:
    """Whether ``text`` has a token's form."""
    return _TOKEN.fullmatch(text) is not None


def new_download_code() -> str:
    """An unguessable ``codigo_descarga``: 160 random bits as 40 hex digits."""
    return random.token_hex(20)


def parse_master_keys(text: str) -> MasterKeys:
    """Keys written in base64 or hex, separated by commas or white space; the first is the one that seals.

    Raises ``CONFIGURACION_INVALIDA`` (without repeating the text) unless each is 32 bytes.
    """
    raw = [_decode_key(part) for part in re.split(r"[\s,]+", text.strip()) if part]
    if not raw or any(key is None or len(key) != _KEY_BYTES for key in raw):
        text = N_("La clave maestra debe tener 32 bytes escritos en base64 o en hexadecimal (64 dígitos).")
        raise EmitirError(Problem(CONFIGURACION_INVALIDA, text, path="EMITIR_MASTER_KEY"))
    return MasterKeys([key for key in raw if key is not None])


def _decode_key(text: str) -> bytes | None:
    try:
        if re.fullmatch(r"[0-9a-fA-F]{64}", text):
            return bytes.fromhex(text)
        return base64.b64decode(
            text.replace("-", "+").replace("_", "/") + "=" * (-len(text) % 4), validate=True
        )
    except (ValueError, binascii.Error):
        return None


def load_master_keys(configured: str, data_dir: Path) -> MasterKeys:
    """The configured keys, or those of ``<data_dir>/master.key``, which is created (mode 0600) when missing."""
    if configured:
        return parse_master_keys(configured)
    path = data_dir / KEY_FILE
    if not path.exists():
        _create_key_file(path)
    if path.stat().st_mode & 0o077:
        text = N_("El archivo de la clave maestra {archivo} puede ser leído por otros usuarios.")
        action = N_("Quite los permisos a otros usuarios: chmod 600.")
        raise EmitirError(
            Problem(
                CONFIGURACION_INVALIDA,
                text,
                path="EMITIR_MASTER_KEY",
                params={"archivo": str(path)},
                action=action,
            )
        )
    return parse_master_keys(path.read_text("ascii"))


def _create_key_file(path: Path) -> None:
    """Written aside and linked into place, so that two processes starting together get the same whole key."""
    aside = path.with_name(f"{path.name}.{random.token_hex(4)}")
    descriptor = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(base64.b64encode(random.token_bytes(_KEY_BYTES)).decode() + "\n")
            file.flush()
            os.fsync(file.fileno())
        os.link(aside, path)
    except FileExistsError:
        return
    finally:
        aside.unlink()
