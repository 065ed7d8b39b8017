"""The cluster's answer to facets and counts in our own shapes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Protocol

from search.engine import Counts, Facet, FacetValue, SearchRequest
from search.records import FACETS, FieldType, Speaker, TopicTerm


class Labels(Protocol):
    """What facets need to know of the collection's tables."""

    def speakers_by_id(self, ids: Iterable[str]) -> Mapping[str, Speaker]:
        """Speakers by id; those that are not there are left out."""

    def topic_terms(self) -> Mapping[str, TopicTerm]:
        """The vocabulary, by id."""


def read_counts(aggregations: Mapping[str, Any]) -> Counts:
    """Totals over all matches."""
    kinds = {bucket["key"]: bucket["doc_count"] for bucket in aggregations["_kinds"]["values"]["buckets"]}
    if (distinct := aggregations.get("_distinct")) is None:
        return Counts(kinds)
    groups = distinct["quotes"]["groups"]["value"]
    return Counts(kinds, groups, distinct["articles"]["value"], distinct["outlets"]["value"])


def read_facets(
    aggregations: Mapping[str, Any], request: SearchRequest, chosen: Mapping[str, list[str]], labels: Labels
) -> dict[str, Facet]:
    """Facets with labels, in the order of the request."""
    excluded = {clause.field for clause in request.filters if clause.exclude}
    facets = {}
    for name, answer in aggregations.items():
        if name.startswith("_"):
            continue
        field = FACETS[name]
        counts = _counts(answer, field.type is FieldType.DAY)
        picked = chosen.get(field.name, [])
        for bucket in answer.get("chosen", {}).get("buckets", ()):
            counts.setdefault(bucket["key"], bucket["doc_count"])
        for value in picked:
            counts.setdefault(value, 0)
        listed = sum(count > 0 for count in counts.values())
        more = max(0, answer.get("distinct", {"value": 0})["value"] - listed)
        values = _values(name, counts, set(picked), field.name in excluded, labels)
        approximate = bool(answer["values"].get("doc_count_error_upper_bound", 0))
        facets[name] = Facet(name, values, more, approximate)
    return facets


def _counts(answer: Mapping[str, Any], months: bool) -> dict[str, int]:
    key = "key_as_string" if months else "key"
    return {bucket[key]: bucket["doc_count"] for bucket in answer["values"]["buckets"]}


def _values(
    name: str, counts: Mapping[str, int], picked: set[str], excluded: bool, labels: Labels
) -> tuple[FacetValue, ...]:
    kind = FACETS[name].type
    people = labels.speakers_by_id(counts) if kind is FieldType.IDENTITY else {}
    terms = labels.topic_terms() if kind is FieldType.TOPIC else {}
    values = []
    if people:  # of equal counts the more quoted first, as the embedded engine has them
        counts = dict(sorted(counts.items(), key=lambda pair: (-pair[1], *_rank(people.get(pair[0])))))
    for value, count in counts.items():
        marks = (value in picked and not excluded, value in picked and excluded)
        if value in people:
            values.append(FacetValue(people[value].slug, people[value].name, count, *marks))
        elif value in terms:
            term = terms[value]
            parent = term.ancestors[-1] if term.ancestors else ""
            values.append(FacetValue(value, term.label, count, *marks, term.level, parent))
        else:
            values.append(FacetValue(value, value, count, *marks))
    if kind is FieldType.TOPIC:
        values.sort(key=lambda value: value.level or 9)
    return tuple(values)


def _rank(speaker: Speaker | None) -> tuple[int, str, str]:
    return (-speaker.quotes, speaker.name, speaker.id) if speaker else (0, "", "")
