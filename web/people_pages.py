"""Speakers: the list, one person, two compared, and who says most about anything."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from flask import Blueprint, redirect, render_template, request
from markupsafe import Markup
from werkzeug.wrappers import Response

from search.engine import Engine, FacetValue, Filter, SearchRequest, Sort
from search.errors import NotFoundError
from search.query import MatchAll
from search.records import Speaker
from search.request import build_request
from web import charts
from web.address import Address, segment
from web.card import Card, brief
from web.dates import first_day, last_day, readable
from web.facet_view import parted
from web.parameters import number, only, text
from web.search_page import with_kind
from web.site import site

pages = Blueprint("people", __name__)

_A_PAGE = 50
_LATEST = 6
_ARTICLES_READ = 40  # for who else speaks; the page says so


@dataclass(frozen=True, slots=True)
class Timeline:
    """Quotes over time: the chart, and the labels of its ends."""

    chart: Markup
    first: str
    last: str
    peak: str = ""


@pages.get("/speakers")
def speakers() -> str:
    """Everybody who is quoted, most quoted first; ``q`` finds by any name they are written with."""
    only("q", "page")
    q, page = text("q"), number("page", 1, 1, 1_000_000)
    found = site().engine.speakers(q, page, _A_PAGE)
    address = Address.of([("q", q)])
    return render_template(
        "speakers.html",
        q=q,
        found=found,
        speaking=site().speaking(),
        page=page,
        most=max((speaker.quotes for speaker in found.speakers), default=0),
        before=address.at_page(page - 1).href("/speakers") if page > 1 else "",
        after=address.at_page(page + 1).href("/speakers") if page * _A_PAGE < found.total else "",
    )


@pages.get("/speakers/<slug>")
def speaker(slug: str) -> str | Response:
    """One speaker: names, roles over time, quotes over time, topics, company, latest quotes."""
    engine = site().engine
    who = engine.speaker(slug)
    if who.slug != slug:
        return redirect(f"/speakers/{segment(who.slug)}", 301)
    wanted = _said_by(SearchRequest(), who)
    wanted = replace(
        wanted, sort=Sort.NEWEST, per_page=_LATEST, facets=("month", "topic", "outlet", "cue", "quote_type")
    )
    result = engine.search(wanted)
    cards = [brief(hit) for hit in engine.fetch(wanted, result)]
    address = Address((("speaker", who.slug),))
    facets = result.facets
    return render_template(
        "speaker.html",
        who=who,
        result=result,
        cards=cards,
        timeline=timeline(facets["month"].values, address, f"Quotes of {who.name} over time"),
        topics=[value for value in facets["topic"].values if value.level <= 1][:8],
        outlets=facets["outlet"].values[:6],
        cues=facets["cue"].values[:6],
        company=site().once(("company", who.id), lambda: _company(engine, who)),
        articles_read=min(len(_article_ids(who)), _ARTICLES_READ),
        about=_quotes_mentioning(engine, who),
        aliases=[alias for alias in who.aliases if alias.casefold() != who.name.casefold()],
        roles=sorted(who.roles, key=lambda role: (role.first_day or "9", -role.articles)),
    )


def _said_by(wanted: SearchRequest, who: Speaker) -> SearchRequest:
    """The quotes of one person among what is wanted."""
    filters = (*wanted.filters, Filter("speaker", (who.slug,)))
    return with_kind(replace(wanted, filters=filters, page=1, cursor="", fold=True), "quote")


def _article_ids(who: Speaker) -> list[str]:
    """Articles that know the speaker; a member is ``{article id}#{n}``."""
    return list(dict.fromkeys(key.rpartition("#")[0] for key in who.members))


def _company(engine: Engine, who: Speaker) -> list[tuple[Speaker, int]]:
    """Who else speaks in the same articles, with the number of articles."""
    together: Counter[str] = Counter()
    people: dict[str, Speaker] = {}
    for article_id in _article_ids(who)[:_ARTICLES_READ]:
        try:
            hits = engine.article_records(article_id)
        except NotFoundError:  # the index was rebuilt between the two reads
            continue
        speaking = {hit.speaker.id: hit.speaker for hit in hits if hit.speaker}
        if who.id in speaking:
            others = {key: other for key, other in speaking.items() if key != who.id and other.kind != "unnamed"}
            together.update(others.keys())
            people.update(others)
    return [(people[key], count) for key, count in together.most_common(8)]


def _quotes_mentioning(engine: Engine, who: Speaker) -> int:
    wanted = SearchRequest(filters=(Filter("mentions", (who.slug,)),), per_page=0, facets=(), distinct=False)
    return engine.search(with_kind(wanted, "quote")).total


def timeline(months: Iterable[FacetValue], address: Address, label: str) -> Timeline:
    """Quotes over time, each bar a link to the search that it counts."""
    counted = charts.periods([(value.value, value.count) for value in months])
    bare = address.lacking("from").lacking("to").query()
    bars = [
        charts.Bar(period, count, f"/?{bare}&from={first_day(period)}&to={last_day(period)}" if count else "")
        for period, count in counted
    ]
    ends = (readable(counted[0][0]), readable(counted[-1][0])) if counted else ("", "")
    return Timeline(charts.histogram(bars, label, "quotes"), *ends, _peak(bars))


def _peak(bars: Sequence[charts.Bar]) -> str:
    """The highest bar in words: the scale of the chart."""
    highest = max(bars, key=lambda bar: bar.count, default=None)
    return f"most in {readable(highest.period)}: {highest.count:,}" if highest and highest.count else ""


@pages.get("/who")
def who_says() -> str:
    """Who says most about anything: the speakers of a search, by the number of their quotes that match."""
    given = Address.of(request.args.items(multi=True))
    asked = build_request(given.pairs)
    wanted = with_kind(replace(asked.request, facets=("speaker",), facet_size=50, per_page=0), "quote")
    result = site().engine.search(wanted)
    named, unnamed = parted([value for value in result.facets["speaker"].values if value.count])
    address = given.lacking("kind")

    def linked(values: Sequence[FacetValue]) -> list[tuple[FacetValue, str]]:
        return [(value, address.having("speaker", value.value).href("/")) for value in values]

    return render_template(
        "who.html",
        q=asked.q,
        read_as=asked.read_as,
        address=address,
        result=result,
        named=linked(named),
        unnamed=linked(unnamed),
        most=max((value.count for value in (*named, *unnamed)), default=0),
        compare=_compare_href(named, asked.q),
        more=result.facets["speaker"].more,
    )


def _compare_href(values: Sequence[FacetValue], q: str) -> str:
    if len(values) < 2:
        return ""
    return Address.of([("a", values[0].value), ("b", values[1].value), ("q", q)]).href("/compare")


@dataclass(slots=True)
class Side:
    """One of two speakers compared."""

    who: Speaker
    typed: str
    address: Address
    total: int
    cards: list[Card]
    months: tuple[FacetValue, ...]
    timeline: Timeline
    topics: tuple[FacetValue, ...]
    cues: tuple[FacetValue, ...]
    href: str


@pages.get("/compare")
def compare() -> str:
    """What two speakers say about the same query, side by side."""
    given = request.args
    keys = [given.get(name, "").strip() for name in ("a", "b")]
    address = Address.of(given.items(multi=True)).lacking("a").lacking("b")
    asked = build_request(address.pairs)
    people = [_find_speaker(key) if key else None for key in keys]
    sides = [_side(who, asked.request, address) if who else None for who in people]
    _on_one_scale([side for side in sides if side])
    shared = _shared(sides)
    return render_template(
        "compare.html",
        keys=keys,
        unknown=[key for key, who in zip(keys, people, strict=True) if key and not who],
        q=asked.q,
        read_as=asked.read_as,
        sides=sides,
        shared=shared,
        address=address,
    )


def _find_speaker(key: str) -> Speaker | None:
    """By slug or id, else by name as typed."""
    engine = site().engine
    try:
        return engine.speaker(key)
    except NotFoundError:
        found = engine.speakers(key, 1, 1).speakers
        return engine.speaker(found[0].slug) if found else None


def _side(who: Speaker, asked: SearchRequest, address: Address) -> Side:
    engine = site().engine
    wanted = replace(_said_by(asked, who), per_page=5, facets=("month", "topic", "cue"))
    if isinstance(asked.query, MatchAll) and not address.get("sort"):
        wanted = replace(wanted, sort=Sort.NEWEST)
    result = engine.search(wanted)
    own = address.having("speaker", who.slug)
    return Side(
        who=who,
        typed=who.name if (named := _find_speaker(who.name)) and named.id == who.id else who.slug,
        address=own,
        total=result.total,
        cards=[brief(hit) for hit in engine.fetch(wanted, result)],
        months=result.facets["month"].values,
        timeline=Timeline(Markup(""), "", ""),
        topics=tuple(value for value in result.facets["topic"].values if value.level <= 1 and value.count)[:6],
        cues=tuple(value for value in result.facets["cue"].values if value.count)[:6],
        href=own.href("/"),
    )


def _on_one_scale(sides: Sequence[Side]) -> None:
    """Draw everybody's quotes over the same months."""
    months = [value.value for side in sides for value in side.months]
    if not months:
        return
    ends = (FacetValue(min(months), "", 0), FacetValue(max(months), "", 0))
    for side in sides:
        own = {value.value for value in side.months}
        both = (*side.months, *(end for end in ends if end.value not in own))
        side.timeline = timeline(both, side.address, f"Quotes of {side.who.name} over time")


def _shared(sides: Sequence[Side | None]) -> list[str]:
    """Topics that both speak about."""
    if len(sides) != 2 or sides[0] is None or sides[1] is None:
        return []
    theirs = {value.value for value in sides[1].topics}
    return [value.label for value in sides[0].topics if value.value in theirs]
