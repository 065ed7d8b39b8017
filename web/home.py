"""What greets who comes without a question: what the collection holds, ways to ask it, and the latest quotes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from search.completing import field_query
from search.engine import FacetValue, Hit, SearchResult
from search.records import Speaker
from web.address import Address

READ = 40  # newest quotes looked at, to show them from as many articles as there is room for
_TOPICS = 6
_DENIAL = "deny"


@dataclass(frozen=True, slots=True)
class Way:
    """A search to try. ``typed`` is what one would write, or empty where it is a page of its own."""

    typed: str
    meaning: str
    href: str


@dataclass(frozen=True, slots=True)
class Home:
    """The front of the collection. ``people`` are the most quoted who are named."""

    speaking: int
    people: Sequence[Speaker]
    topics: Sequence[FacetValue]
    ways: Sequence[Way]


def home_of(speaking: int, people: Sequence[Speaker], result: SearchResult) -> Home:
    """Arrange the front page.

    Args:
        speaking: How many are quoted.
        people: The most quoted speakers who are named.
        result: The search without a question, all facets counted.
    """
    topics = [value for value in result.facets["topic"].values if value.level <= 1 and value.count][:_TOPICS]
    cues = {value.value for value in result.facets["cue"].values}
    return Home(speaking, people, topics, list(_ways(people, cues)))


def _ways(people: Sequence[Speaker], cues: set[str]) -> Iterable[Way]:
    if people:
        yield _typed(field_query("speaker", people[0].name), "said by them")
        yield _typed(field_query("mentions", people[0].name), "said about them")
    if _DENIAL in cues:
        yield _typed(f"cue:{_DENIAL}", "denied by anybody")
    yield Way("", "Who is quoted most", "/who")
    if len(people) > 1:
        pair = Address((("a", people[0].slug), ("b", people[1].slug)))
        yield Way("", f"{people[0].name} beside {people[1].name}", pair.href("/compare"))


def _typed(query: str, meaning: str) -> Way:
    return Way(query, meaning, Address((("q", query),)).href("/"))


def one_an_article(hits: Iterable[Hit], most: int) -> list[Hit]:
    """The first hit of each article, ``most`` of them."""
    first: dict[str, Hit] = {}
    for hit in hits:
        first.setdefault(hit.article.id, hit)
    return list(first.values())[:most]
