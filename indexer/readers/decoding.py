"""Bytes to text: byte order marks, UTF-8, then a guess that has to make sense; binaries are refused."""

from __future__ import annotations

import codecs
import re

from indexer.article import InputError

GUESS_FROM = 64 * 1024
"""Bytes that an encoding is guessed from: the parts around what is not ASCII."""

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CONTROL = bytes({*range(0x20)} - {*b"\t\n\v\f\r\x1b"})
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")


def decode(data: bytes) -> str:
    """Decode the bytes of a text file.

    Args:
        data: The whole file.

    Returns:
        The text, line ends untouched; a byte order mark is left out.

    Raises:
        InputError: The bytes are not text.
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            try:
                return data.decode(encoding)
            except UnicodeDecodeError:
                raise InputError(f"not {encoding} although it begins with that byte order mark") from None
    head = data[:GUESS_FROM]
    if b"\0" in head or len(head) - len(head.translate(None, _CONTROL)) > max(4, len(head) // 100):
        raise InputError("a binary file, not text")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        return _guess(data, error.start)


def whole_characters(text: str) -> str:
    """Put U+FFFD in place of lone surrogates, which no encoding can store. The length stays the same."""
    return text if text.isascii() else _LONE_SURROGATE.sub("\ufffd", text)


def _guess(data: bytes, first_bad: int) -> str:
    from charset_normalizer import from_bytes  # most files are UTF-8, and need not wait for it

    start = max(0, first_bad - 2000)
    best = from_bytes(data[start : start + GUESS_FROM]).best()
    for encoding in filter(None, (best.encoding if best else None, "cp1252")):
        try:
            return data.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
    raise InputError("in no encoding that can be told")
