"""Facets as the page shows them: boxes of checkboxes, the topics as a tree, the months as a histogram, and the chips."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import quote_plus

from markupsafe import Markup

from search.engine import Facet, FacetValue
from search.records import FACETS, PARAMS
from web import charts
from web.address import Address
from web.dates import first_day, last_day, readable

SHOWN = ("speaker", "topic", "outlet", "author", "quote_type", "cue", "mentions", "genre", "lang", "part", "review")
"""The boxes beside the results, in this order. ``kind`` is the tabs, ``month`` the histogram."""

COUNTED = (*SHOWN, "kind", "month")
LISTED = 8  # values in a box before "all ..."
_UNNAMED = 3  # below them, of the words for speakers without a name
_OPEN = ("speaker", "topic", "outlet")
_FINDABLE = ("speaker", "outlet", "author", "mentions", "cue")  # boxes that one can search within

LANGUAGES = {
    "ar": "Arabic", "az": "Azerbaijani", "de": "German", "en": "English", "es": "Spanish", "fa": "Persian", "fr": "French",
    "he": "Hebrew", "it": "Italian", "nl": "Dutch", "pl": "Polish", "pt": "Portuguese", "ru": "Russian", "tr": "Turkish",
    "uk": "Ukrainian", "zh": "Chinese",
}  # fmt: skip
VALUE_LABELS = {
    ("quote_type", "direct"): "Direct quote",
    ("quote_type", "indirect"): "Reported speech",
    ("quote_type", "mixed"): "Partly quoted",
    ("quote_type", "turn"): "Interview or transcript turn",
    **{("lang", code): name for code, name in LANGUAGES.items()},
}


@dataclass(frozen=True, slots=True)
class Row:
    """One value. ``exclude`` is the address that leaves it out (or takes it back in)."""

    value: str
    label: str
    count: int
    selected: bool
    excluded: bool
    exclude: str
    key: str
    children: tuple[Row, ...] = ()

    @property
    def active(self) -> bool:
        """Whether something is chosen here or below."""
        return self.selected or self.excluded or any(child.active for child in self.children)


@dataclass(frozen=True, slots=True)
class Box:
    """One facet. ``all_href`` leads to the page with every value, or is empty when all are here.

    ``unnamed`` are rows that stand apart: words for speakers without a name ("police", "officials").
    """

    name: str
    label: str
    rows: tuple[Row, ...]
    unnamed: tuple[Row, ...]
    all_href: str
    more: int
    open: bool
    findable: bool


@dataclass(frozen=True, slots=True)
class Chip:
    """A condition of the search and the address without it."""

    label: str
    value: str
    href: str
    excluded: bool = False


def value_label(name: str, value: str, label: str = "") -> str:
    """What a person reads for a facet value."""
    return VALUE_LABELS.get((name, value)) or label or value


def rows_of(facet: Facet, address: Address, values: Sequence[FacetValue] | None = None) -> tuple[Row, ...]:
    """The rows of a facet; topics come as a tree, from the top level down."""
    param = FACETS[facet.name].param
    leave_out = f"not.{param}"
    base = address.top().query()
    start = f"?{base}&{leave_out}=" if base else f"?{leave_out}="
    values = facet.values if values is None else values

    def row(value: FacetValue, children: tuple[Row, ...] = ()) -> Row:
        if value.excluded:
            exclude = address.lacking(leave_out, value.value).href("")
        elif value.selected:
            exclude = address.lacking(param, value.value).having(leave_out, value.value).href("")
        else:
            exclude = start + quote_plus(value.value)
        label = value_label(facet.name, value.value, value.label)
        key = f"{param}-{value.value}"
        return Row(value.value, label, value.count, value.selected, value.excluded, exclude or "/", key, children)

    if facet.name != "topic":
        return tuple(row(value) for value in values)
    listed = {value.value for value in values}
    below: dict[str, list[FacetValue]] = {}
    for value in values:
        below.setdefault(value.parent if value.parent in listed else "", []).append(value)

    def tree(parent: str) -> tuple[Row, ...]:
        found = sorted(below.get(parent, ()), key=lambda value: (-value.count, value.label))
        return tuple(row(value, tree(value.value)) for value in found)

    return tree("")


def parted(values: Sequence[FacetValue]) -> tuple[list[FacetValue], list[FacetValue]]:
    """Values that are names or anything else, and those that only stand for speakers without a name."""
    return [v for v in values if v.kind != "unnamed"], [v for v in values if v.kind == "unnamed"]


def boxes_of(facets: Mapping[str, Facet], address: Address) -> list[Box]:
    """The boxes worth showing: those with a choice to make or a choice made."""
    boxes = []
    for name in SHOWN:
        facet = facets.get(name)
        if facet is None or not facet.values:
            continue
        chosen = any(value.selected or value.excluded for value in facet.values)
        if not chosen and (len(facet.values) == 1 and name in ("lang", "part", "genre", "review", "quote_type")):
            continue
        named, unnamed = parted(facet.values)
        if name != "topic" and not FACETS[name].values:
            named, unnamed = _first(named, LISTED), _first(unnamed, _UNNAMED)
        more = facet.more + len(facet.values) - len(named) - len(unnamed)
        rows, apart = rows_of(facet, address, named), rows_of(facet, address, unnamed)
        all_href = address.top().href(f"/facets/{name}") if more else ""
        findable = bool(more) and name in _FINDABLE
        boxes.append(Box(name, FACETS[name].label, rows, apart, all_href, more, chosen or name in _OPEN, findable))
    return boxes


def _first(values: Sequence[FacetValue], most: int) -> list[FacetValue]:
    """The first values, and of the others those that are chosen."""
    return [value for place, value in enumerate(values) if place < most or value.selected or value.excluded]


def histogram_of(facets: Mapping[str, Facet], address: Address) -> tuple[Markup, tuple[str, str]]:
    """The months as bars that narrow the dates, with the labels of the first and the last."""
    facet = facets.get("month")
    if facet is None:
        return Markup(""), ("", "")
    counted = charts.periods([(value.value, value.count) for value in facet.values])
    since, until = address.get("from"), address.get("to")
    bare = address.lacking("from").lacking("to").query()
    lead = f"/?{bare}&" if bare else "/?"
    bars = []
    for period, count in counted:
        first, last = first_day(period), last_day(period)
        chosen = bool(since or until) and (not since or last >= since) and (not until or first <= until)
        alone = (since, until) == (first, last)  # once more takes the choice back
        href = (f"/?{bare}" if bare else "/") if alone else f"{lead}from={first}&to={last}" if count else ""
        bars.append(charts.Bar(period, count, href, chosen))
    if not bars:
        return Markup(""), ("", "")
    drawn = charts.histogram(bars, "Records by date of publication; a bar narrows the dates")
    return drawn, (readable(counted[0][0]), readable(counted[-1][0]))


def chips_of(facets: Mapping[str, Facet], address: Address) -> list[Chip]:
    """Every condition that is set, each with the way to take it away."""
    labels = {(name, value.value): value.label for name, facet in facets.items() for value in facet.values}
    chips = []
    for name, value in address.pairs:
        bare = name.removeprefix("not.")
        if bare in PARAMS and bare != "kind":
            shown = value_label(bare, value, labels.get((PARAMS[bare].facet, value), ""))
            chips.append(Chip(PARAMS[bare].label, shown, address.lacking(name, value).href("/"), name != bare))
    if day := address.get("from"):
        chips.append(Chip("From", readable(day), address.lacking("from").href("/")))
    if day := address.get("to"):
        chips.append(Chip("To", readable(day), address.lacking("to").href("/")))
    if least := address.get("min_confidence"):
        chips.append(Chip("Attribution", f"at least {least} sure", address.lacking("min_confidence").href("/")))
    if address.get("interviewer") in ("true", "1"):
        chips.append(Chip("Interviewers’ questions", "shown", address.lacking("interviewer").href("/")))
    if address.get("fold") in ("false", "0"):
        chips.append(Chip("Copies of a quote", "each shown", address.lacking("fold").href("/")))
    return chips
