"""The search page: box, tabs, results, facets; and the page that lists every value of one facet."""

from __future__ import annotations

from dataclasses import dataclass, replace

from flask import Blueprint, redirect, render_template, request
from werkzeug.wrappers import Response

from search.analysis import words
from search.engine import FacetValue, Filter, SearchRequest, SearchResult, Sort
from search.errors import NotFoundError, OnRecordError, QuerySyntaxError
from search.parser import read_as
from search.query import And, MatchAll, MatchNone, Or, Phrase, Word
from search.questions import as_typed, first_that_finds, read_again, telling_parts, whom_asked
from search.records import FACETS
from search.request import Asked, build_request
from web import facet_view
from web.address import Address
from web.caching import passing
from web.card import brief
from web.home import READ, home_of, one_an_article
from web.problems import status_of
from web.site import site

pages = Blueprint("search", __name__)

SORTS = (("relevance", "Best match"), ("newest", "Newest first"), ("oldest", "Oldest first"))
CONFIDENCES = (("", "any"), ("0.5", "check or high"), ("0.8", "high only"))
_ALL_VALUES = 5000
_SHOWN = 500  # of them on the page of all values


@dataclass(frozen=True, slots=True)
class Tab:
    """One of the tabs above the results."""

    label: str
    count: int
    href: str
    current: bool


@pages.get("/")
def search() -> str | tuple[str, int]:
    """Search box, results and facets; without any parameter the newest quotes of the collection."""
    address = Address.of(request.args.items(multi=True))
    home = not address.pairs
    try:
        asked = build_request(address.pairs)
        wanted = page_request(asked, address)
        if home:
            wanted = replace(wanted, per_page=READ)
        result = site().engine.search(wanted)
        meant = None if result.total else read_again(site().engine, wanted, asked.q)
        if meant:  # what the page leads to is what it shows
            wanted = replace(wanted, query=meant)
            result = site().engine.search(wanted)
            address = address.setting("q", as_typed(meant))
    except OnRecordError as error:
        if status_of(error) >= 500:
            raise
        position = error.position if isinstance(error, QuerySyntaxError) else None
        page = render_template("search_error.html", q=address.get("q"), problem=error, position=position)
        return page, status_of(error)
    hits = site().engine.fetch(wanted, result)
    if result.partial:
        passing()
    cards = [brief(hit) for hit in (one_an_article(hits, site().per_page) if home else hits)]
    as_data = address.top() if address.all("kind") else address.setting("kind", "quote")
    histogram, ends = facet_view.histogram_of(result.facets, address)
    return render_template(
        "search.html",
        address=address,
        q=asked.q,
        read_as=asked.read_as,
        meant=as_typed(meant) if meant else "",
        no_words=isinstance(wanted.query, MatchNone),
        result=result,
        cards=cards,
        tabs=_tabs(result, address),
        boxes=facet_view.boxes_of(result.facets, address),
        chips=facet_view.chips_of(result.facets, address),
        histogram=histogram,
        histogram_ends=ends,
        sorts=SORTS[1:] if isinstance(wanted.query, MatchAll) else SORTS,
        confidences=CONFIDENCES,
        paging=_paging(wanted, result, address),
        unit=_unit(address),
        elsewhere=_elsewhere(result, address),
        theirs=None if result.total else _theirs(wanted, asked, address),
        either=_either(asked, address),
        clear=Address(tuple(pair for pair in address.pairs if pair[0] in ("q", "kind", "sort"))).href("/"),
        compare=_compare(result, address),
        feed=address.top().lacking("sort").href("/feed.atom"),
        as_data=as_data,
        exports=[(kind, as_data.href(f"/api/v1/export.{kind}")) for kind in ("csv", "jsonl")],
        home=home_of(site().speaking(), site().leading(), result) if home else None,
    )


def page_request(asked: Asked, address: Address) -> SearchRequest:
    """The search that the page makes: quotes first, variants folded, the newest where there is nothing to rank by."""
    wanted = asked.request
    if not address.all("kind"):
        wanted = with_kind(wanted, "quote")
    if isinstance(wanted.query, MatchAll) and not address.get("sort"):
        wanted = replace(wanted, sort=Sort.NEWEST)
    if not address.get("per_page"):
        wanted = replace(wanted, per_page=site().per_page)
    if not address.all("facet"):
        wanted = replace(wanted, facets=facet_view.COUNTED)
    return replace(wanted, fold=address.get("fold") not in ("false", "0"))


def with_kind(wanted: SearchRequest, *kinds: str) -> SearchRequest:
    """The same search among records of some kinds."""
    filters = tuple(clause for clause in wanted.filters if clause.field != "kind" or clause.exclude)
    return replace(wanted, filters=(*filters, Filter("kind", kinds)))


def _tabs(result: SearchResult, address: Address) -> list[Tab]:
    kinds, chosen = result.counts.kinds, address.all("kind") or ("quote",)
    quotes, paragraphs = kinds.get("quote", 0), kinds.get("paragraph", 0)
    both = len(set(chosen)) > 1
    return [
        Tab("Quotes", quotes, address.setting("kind").href("/"), not both and chosen[0] == "quote"),
        Tab(
            "Paragraphs",
            paragraphs,
            address.setting("kind", "paragraph").href("/"),
            not both and chosen[0] == "paragraph",
        ),
        Tab("All", quotes + paragraphs, address.setting("kind", "quote", "paragraph").href("/"), both),
    ]


def _unit(address: Address) -> str:
    kinds = set(address.all("kind") or ("quote",))
    return kinds.pop() if len(kinds) == 1 else "record"


def _elsewhere(result: SearchResult, address: Address) -> tuple[str, str] | None:
    """Where there are results when this tab has none."""
    if result.total:
        return None
    for kind, href in (("quote", address.setting("kind")), ("paragraph", address.setting("kind", "paragraph"))):
        if count := result.counts.kinds.get(kind, 0):
            return f"{count:,} {kind}{'s' if count != 1 else ''}", href.href("/")
    return None


def _theirs(wanted: SearchRequest, asked: Asked, address: Address) -> tuple[str, str, str] | None:
    """Where a question finds nothing: everything that whoever it asks about said, how much that is, and its query."""
    found = first_that_finds(site().engine, wanted, whom_asked(asked.q))
    if found is None:
        return None
    query, unit = as_typed(found[0]), _unit(address)
    return f"{found[1]:,} {unit}{'s' if found[1] != 1 else ''}", query, address.top().setting("q", query).href("/")


def _either(asked: Asked, address: Address) -> tuple[str, str] | None:
    """The same search for any of its words, where it asked for several."""
    node = asked.request.query
    if not isinstance(node, And) or not all(isinstance(child, Word | Phrase) for child in node.children):
        return None
    query = read_as(Or(tuple(telling_parts(asked.q)) or node.children))
    return query, address.top().setting("q", query).href("/")


def _compare(result: SearchResult, address: Address) -> str:
    facet = result.facets.get("speaker")
    values = facet_view.parted(facet.values)[0] if facet else []
    first = sorted(values, key=lambda value: not value.selected)[:2]
    pairs = [*zip("ab", (value.value for value in first), strict=False), ("q", address.get("q"))]
    return Address.of(pairs).href("/compare")


@dataclass(frozen=True, slots=True)
class Paging:
    """Where one is in the results."""

    first: int
    last: int
    page: int
    pages: int
    before: str
    after: str


def _paging(wanted: SearchRequest, result: SearchResult, address: Address) -> Paging:
    page, per_page = wanted.page, max(wanted.per_page, 1)
    first = (page - 1) * per_page + 1
    return Paging(
        first=first if result.matches else 0,
        last=first + len(result.matches) - 1 if result.matches else 0,
        page=page,
        pages=-(-result.total // per_page),
        before=address.at_page(page - 1).href("/") if page > 1 else "",
        after=address.at_page(page + 1).href("/") if result.next_cursor else "",
    )


@pages.get("/facets/<name>")
def facet_values(name: str) -> str:
    """Every value of one facet for a search, to find and choose among; ``find`` narrows the list."""
    if name not in facet_view.SHOWN:
        raise NotFoundError("facet", name)
    find = request.args.get("find", "")
    address = Address.of((key, value) for key, value in request.args.items(multi=True) if key != "find")
    asked = build_request(address.pairs)
    wanted = replace(
        page_request(asked, address), facets=(name,), facet_size=_ALL_VALUES, per_page=0, page=1, cursor=""
    )
    result = site().engine.search(wanted)
    facet = result.facets[name]
    values = [value for value in facet.values if _found(find, value)]
    named, unnamed = facet_view.parted(values[:_SHOWN])
    return render_template(
        "facet_values.html",
        name=name,
        label=FACETS[name].label,
        param=FACETS[name].param,
        find=find,
        address=address,
        rows=facet_view.rows_of(facet, address, named),
        unnamed=facet_view.rows_of(facet, address, unnamed),
        shown=min(len(values), _SHOWN),
        total=len(facet.values) + facet.more,
    )


def _found(find: str, value: FacetValue) -> bool:
    """Whether each word of ``find`` begins a word of the label; chosen values always stay."""
    if value.selected or value.excluded:
        return True
    label = words(value.label)
    return all(any(word.startswith(prefix) for word in label) for prefix in words(find))


@pages.get("/opensearch.xml")
def describe() -> Response:
    """Lets a browser add this site to its search engines."""
    root = request.url_root.rstrip("/")
    body = render_template("opensearch.xml", root=root)
    return Response(body, mimetype="application/opensearchdescription+xml")


@pages.get("/search")
def old_search() -> Response:
    """The address people guess."""
    return redirect("/?" + request.query_string.decode("latin-1"), 301)
