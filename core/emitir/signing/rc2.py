"""RC2 (RFC 2268) in CBC mode, decryption only.

Peruvian certification authorities still ship PKCS#12 files whose certificates are wrapped in 40-bit RC2.
Where OpenSSL was built or started without its legacy provider nobody else opens them. It is as weak as it
is old: nothing is ever encrypted with it here.
"""

from __future__ import annotations

import struct

_PITABLE = bytes.fromhex(
    "d978f9c419ddb5ed28e9fd794aa0d89dc67e37832b76538e624c6488448bfba2179a59f587b34f1361456d8d09817d32"
    "bd8f40eb86b77b0bf09521225c6b4e8254d66593ce60b21c7356c014a78cf1dc1275ca1f3bbee4d1423dd430a33cb626"
    "6fbf0eda4669075727f21d9bbc944303f811c7f690ef3ee706c3d52fc8661ed708e8eade8052eef784aa72ac354d6a2a"
    "961ad2715a1549744b9fd05e0418a4ecc2e0416e0f51cbcc2491af50a1f47039997c3a8523b8b47afc02365b25559731"
    "2d5dfa98e38a92ae05df2910676cbac9d300e6cfe19ea82c6316013f58e289a90d38341bab33ffb0bb480c5fb9b1cd2e"
    "c5f3db47e5a59c770aa62068fe7fc1ad"
)
_BLOCK = 8


def _expand(key: bytes, bits: int) -> tuple[int, ...]:
    """The 64 words of the key schedule (RFC 2268 §2) for ``bits`` effective bits."""
    table = bytearray(key)
    for i in range(len(key), 128):
        table.append(_PITABLE[(table[i - 1] + table[i - len(key)]) & 0xFF])
    size = (bits + 7) // 8
    table[128 - size] = _PITABLE[table[128 - size] & (0xFF >> (8 * size - bits))]
    for i in range(127 - size, -1, -1):
        table[i] = _PITABLE[table[i + 1] ^ table[i + size]]
    return struct.unpack("<64H", table)


def _decrypt_block(words: tuple[int, ...], block: bytes) -> bytes:
    """One block (RFC 2268 §4): rounds of mixing, with two of mashing after the 5th and the 11th."""
    r = list(struct.unpack("<4H", block))
    for turn in range(15, -1, -1):
        for i, right in ((3, 5), (2, 3), (1, 2), (0, 1)):
            r[i] = ((r[i] >> right) | (r[i] << (16 - right))) & 0xFFFF
            before, second, third = r[i - 1], r[i - 2], r[i - 3]
            r[i] = (r[i] - words[4 * turn + i] - (before & second) - (~before & third)) & 0xFFFF
        if turn in (5, 11):
            for i in (3, 2, 1, 0):
                r[i] = (r[i] - words[r[i - 1] & 63]) & 0xFFFF
    return struct.pack("<4H", *r)


def decrypt_cbc(key: bytes, iv: bytes, data: bytes) -> bytes:
    """``data`` decrypted, padding still on. Effective key length: that of ``key``, as in PKCS#12."""
    if len(data) % _BLOCK or len(iv) != _BLOCK:
        raise ValueError("RC2 works on blocks of 8 bytes")
    words = _expand(key, 8 * len(key))
    out = bytearray()
    for start in range(0, len(data), _BLOCK):
        block = data[start : start + _BLOCK]
        out += bytes(a ^ b for a, b in zip(_decrypt_block(words, block), iv, strict=True))
        iv = block
    return bytes(out)
