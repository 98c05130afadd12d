"""PKCS#12 read by ourselves (RFC 7292), for what the cryptography library cannot tell or cannot open.

It answers two questions: is the password right (the library gives one message for a wrong password and for
a damaged file), and what is inside a file in the old ciphers (3DES, RC2) on a machine whose OpenSSL has no
legacy provider. Writes nothing, and reads BER as well as DER: old exporters used indefinite lengths.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterator
from dataclasses import dataclass

from cryptography.hazmat.primitives.ciphers import Cipher, modes

from emitir.signing.rc2 import decrypt_cbc

try:
    from cryptography.hazmat.decrepit.ciphers.algorithms import TripleDES
except ImportError:  # before cryptography 43
    from cryptography.hazmat.primitives.ciphers.algorithms import TripleDES

_DATA = bytes.fromhex("2a864886f70d010701")
_ENCRYPTED_DATA = bytes.fromhex("2a864886f70d010706")
_BAGS = bytes.fromhex("2a864886f70d010c0a01")
_KEY_BAG, _SHROUDED_BAG, _CERT_BAG, _NESTED_BAG = (_BAGS + bytes([n]) for n in (1, 2, 3, 6))
_PBE = bytes.fromhex("2a864886f70d010c01")
_HASHES = {
    bytes.fromhex("2b0e03021a"): "sha1",
    bytes.fromhex("608648016503040201"): "sha256",
    bytes.fromhex("608648016503040202"): "sha384",
    bytes.fromhex("608648016503040203"): "sha512",
}
_OCTETS = 0x04
#: More than any real exporter uses; a file that asks for more is meant to keep us busy.
_MAX_ITERATIONS = 2_000_000
_MAX_DEPTH = 30


@dataclass(frozen=True, slots=True)
class Node:
    """One ASN.1 value: tag byte without the constructed bit, whole encoding, content and children."""

    tag: int
    whole: bytes
    content: bytes
    children: tuple[Node, ...]

    def octets(self) -> bytes:
        """An OCTET STRING's bytes, put together when BER cut it in pieces."""
        if not self.children:
            return self.content
        return b"".join(child.octets() for child in self.children)


@dataclass(frozen=True, slots=True)
class Contents:
    """What a file holds: PKCS#8 keys (the second member tells whether still encrypted) and certificates."""

    keys: tuple[tuple[bytes, bool], ...]
    certificates: tuple[bytes, ...]


def _read(data: bytes, at: int, depth: int = 0) -> tuple[Node, int]:
    if depth > _MAX_DEPTH or at + 2 > len(data):
        raise ValueError("not ASN.1")
    start, tag, length = at, data[at], data[at + 1]
    at += 2
    endless = length == 0x80
    if length & 0x80 and not endless:
        size = length & 0x7F
        length = int.from_bytes(data[at : at + size], "big")
        at += size
    end = len(data) if endless else at + length
    if end > len(data) or tag & 0x1F == 0x1F:
        raise ValueError("not ASN.1")
    if not tag & 0x20:
        return Node(tag, data[start:end], data[at:end], ()), end
    begin = at
    children: list[Node] = []
    while at < end:
        if endless and data[at : at + 2] == b"\0\0":
            return Node(tag & ~0x20, data[start : at + 2], data[begin:at], tuple(children)), at + 2
        child, at = _read(data, at, depth + 1)
        children.append(child)
    if endless or at != end:
        raise ValueError("not ASN.1")
    return Node(tag & ~0x20, data[start:end], data[begin:end], tuple(children)), end


def _derive(purpose: int, name: str, password: bytes, salt: bytes, iterations: int, size: int) -> bytes:
    """Key derivation of RFC 7292 appendix B. ``purpose``: 1 key, 2 IV, 3 MAC."""
    if not 0 < iterations <= _MAX_ITERATIONS or not salt:
        raise ValueError("unusable PKCS#12 parameters")
    digest, block = hashlib.new(name).digest_size, hashlib.new(name).block_size

    def fill(piece: bytes) -> bytes:
        length = -(-len(piece) // block) * block
        return (piece * (length // len(piece) + 1))[:length] if piece else b""

    mixed, out = bytearray(fill(salt) + fill(password)), b""
    while len(out) < size:
        piece = bytes([purpose]) * block + bytes(mixed)
        for _ in range(iterations):
            piece = hashlib.new(name, piece).digest()
        out += piece
        addend = int.from_bytes((piece * (block // digest + 1))[:block], "big") + 1
        for at in range(0, len(mixed), block):
            total = (int.from_bytes(mixed[at : at + block], "big") + addend) % (1 << (8 * block))
            mixed[at : at + block] = total.to_bytes(block, "big")
    return out[:size]


def _encodings(password: str) -> tuple[bytes, ...]:
    """The forms that a password takes: UTF-16 with its closing zero; an empty one may be nothing at all."""
    coded = password.encode("utf-16-be") + b"\0\0"
    return (coded,) if password else (coded, b"")


def _decrypt(algorithm: Node, data: bytes, password: bytes) -> bytes:
    """PBES1 of PKCS#12: SHA-1 with 3DES or RC2. Raises ValueError for others and for a wrong password."""
    oid, parameters = algorithm.children[0].content, algorithm.children[1]
    kind = oid[-1] if oid[:-1] == _PBE else 0
    key_size = {3: 24, 4: 16, 5: 16, 6: 5}.get(kind)
    if key_size is None:
        raise ValueError("cipher not supported")
    salt, iterations = parameters.children[0].octets(), int.from_bytes(parameters.children[1].content, "big")
    key = _derive(1, "sha1", password, salt, iterations, key_size)
    iv = _derive(2, "sha1", password, salt, iterations, 8)
    if kind in (3, 4):
        decryptor = Cipher(TripleDES((key + key[:8])[:24]), modes.CBC(iv)).decryptor()
        plain = decryptor.update(data) + decryptor.finalize()
    else:
        plain = decrypt_cbc(key, iv, data)
    padding = plain[-1] if plain else 0
    if not 1 <= padding <= 8 or plain[-padding:] != bytes([padding]) * padding:
        raise ValueError("wrong password")
    return plain[:-padding]


def _bags(safe: bytes, password: bytes) -> Iterator[tuple[str, bytes, bool]]:
    for bag in _read(safe, 0)[0].children:
        kind, value = bag.children[0].content, bag.children[1].children[0]
        if kind == _KEY_BAG:
            yield "key", value.whole, False
        elif kind == _SHROUDED_BAG:
            algorithm, secret = value.children
            if algorithm.children[0].content[:-1] == _PBE:
                yield "key", _decrypt(algorithm, secret.octets(), password), False
            else:
                yield "key", value.whole, True
        elif kind == _CERT_BAG:
            yield "certificate", value.children[1].children[0].octets(), False
        elif kind == _NESTED_BAG:
            yield from _bags(value.whole, password)


def _contents(authenticated: bytes, password: bytes, keys_only: bool) -> Contents:
    keys: list[tuple[bytes, bool]] = []
    certificates: list[bytes] = []
    for info in _read(authenticated, 0)[0].children:
        content = info.children[1].children[0]
        if info.children[0].content == _DATA:
            safe = content.octets()
        elif info.children[0].content == _ENCRYPTED_DATA and not keys_only:
            _, algorithm, secret = content.children[1].children
            safe = _decrypt(algorithm, secret.octets(), password)
        else:
            continue
        for kind, value, encrypted in _bags(safe, password):
            if kind == "key":
                keys.append((value, encrypted))
            else:
                certificates.append(value)
    return Contents(tuple(keys), tuple(certificates))


class Pfx:
    """A PKCS#12 file taken apart as far as no password is needed. Raises ValueError when it is none."""

    def __init__(self, data: bytes) -> None:
        try:
            root = _read(data, 0)[0]
            info = root.children[1]
            content = info.children[1].children[0]
            self._mac = root.children[2] if len(root.children) > 2 else None
        except IndexError as error:
            raise ValueError("not PKCS#12") from error
        if info.children[0].content != _DATA or content.tag != _OCTETS:
            raise ValueError("not PKCS#12")
        self._authenticated = content.octets()

    def opened_by(self, password: str) -> bool | None:
        """Whether the file's own check value accepts ``password``; None when it has none that we know."""
        if self._mac is None:
            return None
        try:
            digest_info, salt = self._mac.children[0], self._mac.children[1].octets()
            name = _HASHES.get(digest_info.children[0].children[0].content)
            expected = digest_info.children[1].octets()
            count = self._mac.children[2].content if len(self._mac.children) > 2 else b"\1"
        except IndexError as error:
            raise ValueError("not PKCS#12") from error
        if name is None:
            return None
        iterations, size = int.from_bytes(count, "big"), hashlib.new(name).digest_size
        for coded in _encodings(password):
            key = _derive(3, name, coded, salt, iterations, size)
            if hmac.compare_digest(hmac.new(key, self._authenticated, name).digest(), expected):
                return True
        return False

    def contents(self, password: str, keys_only: bool = False) -> Contents:
        """Keys and certificates. Raises ValueError for a wrong password, a cipher beyond PBES1, or damage.

        ``keys_only`` leaves the encrypted certificates alone: enough to try a password.
        """
        failure: Exception = ValueError("not PKCS#12")
        for coded in _encodings(password):
            try:
                return _contents(self._authenticated, coded, keys_only)
            except (ValueError, IndexError) as error:
                failure = error
        raise ValueError("not readable with this password") from failure
