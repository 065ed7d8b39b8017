"""Parameters to a search and back: the same names in the page's address, the JSON API and the command line.

All filter parameters come from the field table: ``NAME=value`` chooses, ``not.NAME=value`` leaves out, a repeated name is OR.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from search.engine import Filter, SearchRequest, Sort
from search.errors import BadRequestError
from search.parser import parse, read_as
from search.records import FACETS, PARAMS, Field, FieldType

MOST_PER_PAGE = 200
MOST_VALUES = 500
_SINGLE = (
    "q",
    "from",
    "to",
    "min_confidence",
    "interviewer",
    "sort",
    "page",
    "per_page",
    "cursor",
    "fold",
    "facet_size",
)

PARAMETERS: tuple[str, ...] = (
    *_SINGLE[:1],
    *PARAMS,
    *(f"not.{name}" for name in PARAMS),
    *_SINGLE[1:],
    "facet",
)
"""Every parameter that a search takes."""

_MONTH = re.compile(r"\d{4}-\d{2}$")
_TOPIC = re.compile(r"medtop:\d{8}$")


@dataclass(frozen=True, slots=True)
class Asked:
    """A search as asked.

    Attributes:
        request: What engines take.
        q: The query text as typed.
        read_as: How it was read.
        filters: Parameter -> values, for the answer's echo.
    """

    request: SearchRequest
    q: str
    read_as: str
    filters: Mapping[str, tuple[str, ...]]


def build_request(pairs: Iterable[tuple[str, str]], also: Collection[str] = (), fold: bool = False) -> Asked:
    """Read parameters.

    Args:
        pairs: Names and values in order; a name may come more than once.
        also: Names that the caller takes care of.
        fold: Whether variants are folded when the parameters do not say.

    Raises:
        BadRequestError: A name is unknown or a value cannot be used; a :class:`~search.errors.QuerySyntaxError` for ``q``.
    """
    given: dict[str, list[str]] = {}
    for name, value in pairs:
        if name not in also:
            _known(name)
            given.setdefault(name, []).append(value.strip() if name != "q" else value)
    for name in _SINGLE:
        if len(given.get(name, ())) > 1:
            raise BadRequestError(f"{name} is given {len(given[name])} times", "give it once")
    one = {name: values[0] for name, values in given.items() if name in _SINGLE}
    node = parse(one.get("q", ""))
    first, last = _day("from", one), _day("to", one)
    if first and last and first > last:
        raise BadRequestError(f"from={first} is after to={last}", "swap them")
    request = SearchRequest(
        query=node,
        refined=True,
        filters=tuple(_filters(given)),
        first_day=first,
        last_day=last,
        min_confidence=_share(one),
        interviewer=_yes("interviewer", one, False),
        sort=_sort(one),
        page=_number("page", one, 1, 1, 1_000_000),
        per_page=_number("per_page", one, 10, 0, MOST_PER_PAGE),
        cursor=one.get("cursor", ""),
        facets=_facets(given),
        facet_size=_number("facet_size", one, 30, 1, 1000),
        fold=_yes("fold", one, fold),
    )
    names = [
        name for name in PARAMETERS if name.removeprefix("not.") in PARAMS or name in ("from", "to", "min_confidence")
    ]
    filters = {name: tuple(given[name]) for name in names if given.get(name) and any(given[name])}
    return Asked(request, one.get("q", ""), read_as(node), filters)


def _known(name: str) -> None:
    if name not in PARAMETERS:
        raise BadRequestError(f"there is no parameter {name!r}", f"parameters are {' '.join(PARAMETERS)}")


def _filters(given: Mapping[str, list[str]]) -> Iterable[Filter]:
    for name, values in given.items():
        field = PARAMS.get(name.removeprefix("not."))
        chosen = tuple(dict.fromkeys(value for value in values if value))
        if field is None or not chosen:
            continue
        if len(chosen) > MOST_VALUES:
            raise BadRequestError(f"{name} has {len(chosen)} values", f"give at most {MOST_VALUES}")
        for value in chosen:
            _check(name, field, value)
        yield Filter(field.name, chosen, exclude=name.startswith("not."))


def _check(name: str, field: Field, value: str) -> None:
    if field.values and value not in field.values:
        raise BadRequestError(f"{name}={value} cannot be used", f"use one of {', '.join(field.values)}")
    if field.type is FieldType.TOPIC and not _TOPIC.match(value):
        raise BadRequestError(f"{value!r} is no topic id", "topic ids look like medtop:01000000")


def _facets(given: Mapping[str, list[str]]) -> tuple[str, ...] | None:
    if "facet" not in given:
        return None
    for name in given["facet"]:
        if name not in FACETS and name != "none":
            raise BadRequestError(f"there is no facet {name!r}", f"facets are {', '.join(FACETS)}, or none")
    return tuple(dict.fromkeys(name for name in given["facet"] if name != "none"))


def _day(name: str, one: Mapping[str, str]) -> str:
    value = one.get(name, "")
    if not value:
        return ""
    if _MONTH.match(value) and name == "from":
        value += "-01"
    try:
        return date.fromisoformat(value).isoformat()
    except ValueError:
        raise BadRequestError(f"{name}={value} is no day", "write YYYY-MM-DD") from None


def _share(one: Mapping[str, str]) -> float:
    value = one.get("min_confidence") or "0"
    try:
        share = float(value)
    except ValueError:
        share = -1.0
    if not 0 <= share <= 1:
        raise BadRequestError(f"min_confidence={value} is no share", "give a number from 0 to 1")
    return share


def _number(name: str, one: Mapping[str, str], default: int, least: int, most: int) -> int:
    value = one.get(name) or str(default)
    if not value.isascii() or not value.isdigit() or len(value) > 9 or not least <= int(value) <= most:
        raise BadRequestError(f"{name}={value} cannot be used", f"give a whole number from {least} to {most}")
    return int(value)


def _yes(name: str, one: Mapping[str, str], default: bool) -> bool:
    value = one.get(name) or ("true" if default else "false")
    if value not in ("true", "false", "1", "0"):
        raise BadRequestError(f"{name}={value} cannot be used", "give true or false")
    return value in ("true", "1")


def _sort(one: Mapping[str, str]) -> Sort:
    value = one.get("sort") or Sort.RELEVANCE.value
    try:
        return Sort(value)
    except ValueError:
        names = ", ".join(sort.value for sort in Sort)
        raise BadRequestError(f"sort={value} is no order", f"use one of {names}") from None
