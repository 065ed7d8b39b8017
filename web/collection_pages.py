"""The collection as a whole: topics, outlets, help and about."""

from __future__ import annotations

from flask import Blueprint, render_template

from search.engine import FacetValue, Filter, SearchRequest, Sort
from search.errors import NotFoundError
from search.records import FACETS, FIELDS, PARAMS, PREFIXES
from web import facet_view
from web.address import Address
from web.card import brief
from web.people_pages import timeline
from web.search_page import with_kind
from web.site import site

pages = Blueprint("collection", __name__)

_ALL = 2000
_AUTHORS = 60


@pages.get("/topics")
def topics() -> str:
    """The topics of the collection as a tree, with the number of quotes on each."""
    wanted = with_kind(SearchRequest(per_page=0, facets=("topic",), facet_size=_ALL, distinct=False), "quote")
    result = site().engine.search(wanted)
    rows = facet_view.rows_of(result.facets["topic"], Address())
    return render_template("topics.html", rows=rows, result=result)


@pages.get("/topics/<topic_id>")
def topic(topic_id: str) -> str:
    """One topic: what lies above and below it, who speaks about it, quotes over time, the latest."""
    vocabulary = site().topics()
    term = vocabulary.get(topic_id)
    if term is None:
        raise NotFoundError("topic", topic_id)
    facets = ("month", "speaker", "outlet", "topic")
    wanted = SearchRequest(
        filters=(Filter("topic", (topic_id,)),), sort=Sort.NEWEST, per_page=6, facets=facets, facet_size=200, fold=True
    )
    wanted = with_kind(wanted, "quote")
    engine = site().engine
    result = engine.search(wanted)
    address = Address((("topic", topic_id),))
    return render_template(
        "topic.html",
        term=term,
        above=[vocabulary[key] for key in term.ancestors if key in vocabulary],
        below=[v for v in result.facets["topic"].values if v.parent == topic_id and v.count],
        result=result,
        speakers=facet_view.parted(_counted(result.facets["speaker"].values))[0][:12],
        outlets=_counted(result.facets["outlet"].values)[:12],
        timeline=timeline(result.facets["month"].values, address, f"Quotes on {term.label} over time"),
        cards=[brief(hit) for hit in engine.fetch(wanted, result)],
    )


def _counted(values: tuple[FacetValue, ...]) -> list[FacetValue]:
    return [value for value in values if value.count]


@pages.get("/outlets")
def outlets() -> str:
    """Every outlet with the number of its quotes."""
    wanted = with_kind(SearchRequest(per_page=0, facets=("outlet", "author"), facet_size=_ALL), "quote")
    result = site().engine.search(wanted)
    values = _counted(result.facets["outlet"].values)
    return render_template(
        "outlets.html",
        values=values,
        most=max((value.count for value in values), default=0),
        authors=_counted(result.facets["author"].values)[:_AUTHORS],
        more=len(_counted(result.facets["author"].values)[_AUTHORS:]) + result.facets["author"].more,
        result=result,
    )


@pages.get("/help")
def help_page() -> str:
    """The query grammar, the filters and the keys, from the field table."""
    return render_template("help.html", fields=FIELDS, prefixes=PREFIXES, params=PARAMS, facets=FACETS)


@pages.get("/about")
def about() -> str:
    """What is in the collection, how it was made, and whose work it stands on."""
    everything = with_kind(SearchRequest(per_page=0, facets=(), distinct=False, interviewer=True), "quote")
    found = site().engine.search(everything)
    asking = 0 if found.partial else found.total - site().stats().quotes
    return render_template("about.html", speaking=site().speaking(), asking=asking)
