"""Bytes of the padrón: what SUNAT writes, what we keep, and the folded form that names are searched by.

SUNAT writes ISO-8859-1; what stands in 0x80-0x9F is read as Windows-1252, which is what it means there. Copies
that somebody saved as UTF-8 are taken too. While loading we keep one byte per character, because bytes of one
alphabet are split and folded many times faster than text.
"""

from __future__ import annotations

import codecs
import re
import unicodedata

#: Byte that stands for U+FFFD, the mark that a broken re-encoding leaves where a letter was.
DAMAGED = 0x81


def _decoding() -> str:
    characters = [bytes([byte]).decode("cp1252", "replace") for byte in range(256)]
    for byte in (*range(0x20), 0x7F):
        characters[byte] = " "
    characters[0x0A] = "\n"
    return "".join(characters)


_DECODING = _decoding()
_ENCODING = {ord(character): byte for byte, character in enumerate(_DECODING) if byte > 0x1F and byte != 0x7F}
_ENCODING |= {0xFFFD: DAMAGED, 0x0A: 0x0A}
#: Control characters have no place in a line: they become spaces.
_CLEAN = bytes(0x20 if byte != 0x0A and (byte < 0x20 or byte == 0x7F) else byte for byte in range(256))
#: Written within a word, so they vanish: D'ONOFRIO is searched as DONOFRIO.
_WITHIN_WORDS = "'`´’‘"


def _fold_table() -> bytes:
    table = bytearray(b" " * 256)
    for byte, character in enumerate(_DECODING):
        plain = "".join(c for c in unicodedata.normalize("NFKD", character) if not unicodedata.combining(c))
        if len(plain) == 1 and plain.isascii() and plain.isalnum():
            table[byte] = ord(plain.upper())
    table[0x0A] = 0x0A
    return bytes(table)


_FOLD = _fold_table()
_VANISH = bytes(_ENCODING[ord(character)] for character in _WITHIN_WORDS)
#: The space between two single letters (S A C): it begins with the space because that is searched fast.
_BETWEEN_LETTERS = re.compile(rb" (?<=[ \n]\w )(?=\w[ \n])")


def to_bytes(text: str) -> bytes:
    """Our bytes for ``text``; characters that the padrón's alphabet lacks become the mark of damage."""
    return codecs.charmap_encode(
        text.translate({ord(c): "\ufffd" for c in {*text} if ord(c) not in _ENCODING}), "strict", _ENCODING
    )[0]


def to_text(content: bytes) -> str:
    """The text of our bytes; never fails."""
    return codecs.charmap_decode(content, "strict", _DECODING)[0]


def clean(content: bytes) -> bytes:
    """``content`` with one kind of line end and no other control character."""
    if b"\r" in content:
        content = content.replace(b"\r\n", b"\n")
    return content.translate(_CLEAN)


def fold(names: bytes) -> bytes:
    """Names, one a line, as they are compared: capitals, no accents (Ñ is N), no punctuation, single spaces.

    Single letters are joined, so that ``S.A.C.``, ``S A C`` and ``SAC`` are one word. Lines stay lines.
    """
    folded = names.translate(_FOLD, _VANISH)
    while b"  " in folded:
        folded = folded.replace(b"  ", b" ")
    folded = b"\n" + folded.replace(b" \n", b"\n").replace(b"\n ", b"\n").strip(b" ") + b"\n"
    return _BETWEEN_LETTERS.sub(b"", folded)[1:-1]


def fold_text(text: str) -> bytes:
    """One name or query, folded; line breaks are spaces.

    >>> fold_text("Peña & Núñez, S.A.C.")
    b'PENA NUNEZ SAC'
    """
    return fold(to_bytes(" ".join(text.split())))


class Decoder:
    """Turns the source's chunks (whole lines) into our bytes; finds out by itself whether they are UTF-8."""

    def __init__(self) -> None:
        self._utf8: bool | None = None

    @property
    def encoding(self) -> str:
        """What the source was read as; plain ASCII so far counts as ISO-8859-1."""
        return "utf-8" if self._utf8 else "iso-8859-1"

    def decode(self, chunk: bytes) -> bytes:
        """Our bytes for the next chunk. The first chunk with a letter outside ASCII decides."""
        if chunk.isascii():
            return clean(chunk)
        if self._utf8 is None:
            self._utf8 = _is_utf8(chunk)
        if self._utf8:
            return to_bytes(clean(chunk).decode("utf-8-sig", "replace"))
        return clean(chunk)


def _is_utf8(chunk: bytes) -> bool:
    try:
        chunk.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
