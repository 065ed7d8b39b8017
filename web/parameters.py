"""Parameters of addresses that are no search: read strictly, for nothing that is misspelt may be passed over in silence."""

from __future__ import annotations

from flask import request

from search.errors import BadRequestError

MOST_TEXT = 2000  # characters, as of a query


def only(*known: str) -> None:
    """Refuse parameters that an address does not know.

    Raises:
        BadRequestError: There is another one.
    """
    for name in request.args:
        if name not in known:
            listed = ", ".join(known) or "none"
            raise BadRequestError(f"unknown parameter {name!r}", f"this address knows {listed}")


def number(name: str, default: int, least: int, most: int) -> int:
    """A whole number.

    Raises:
        BadRequestError: It is none, or out of its bounds.
    """
    given = request.args.get(name, "")
    if not given:
        return default
    if not given.isascii() or not given.isdigit() or len(given) > 9 or not least <= int(given) <= most:
        raise BadRequestError(f"{name}={given!r} is not a number from {least} to {most}", "correct it or leave it out")
    return int(given)


def text(name: str) -> str:
    """Typed words.

    Raises:
        BadRequestError: There are more than anybody types.
    """
    given = request.args.get(name, "")
    if len(given) > MOST_TEXT:
        raise BadRequestError(f"{name} is longer than {MOST_TEXT:,} characters", "shorten it")
    return given
