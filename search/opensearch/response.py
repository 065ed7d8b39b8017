"""The cluster's answer to facets and counts in our own shapes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Protocol

from search.engine import Counts, Facet, FacetValue
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
    aggregations: Mapping[str, Any],
    selected: Mapping[str, list[str]],
    excluded: Mapping[str, list[str]],
    labels: Labels,
) -> dict[str, Facet]:
    """Facets with labels, in the order of the request; ``selected`` and ``excluded`` are the values of filters by field."""
    facets = {}
    for name, answer in aggregations.items():
        if name.startswith("_"):
            continue
        field = FACETS[name]
        counts = _counts(answer, field.type is FieldType.DAY)
        wanted, barred = set(selected.get(field.name, ())), set(excluded.get(field.name, ()))
        unlisted = answer["values"].get("sum_other_doc_count", 0)
        for bucket in answer.get("chosen", {}).get("buckets", ()):
            if bucket["key"] not in counts:
                counts[bucket["key"]] = bucket["doc_count"]
                unlisted -= bucket["doc_count"]
        people = labels.speakers_by_id({*counts, *wanted, *barred}) if field.type is FieldType.IDENTITY else {}
        for value in sorted(wanted | barred):
            if field.type is not FieldType.IDENTITY or value in people:
                counts.setdefault(value, 0)
        # An estimate, but exact in whether there is anything more.
        listed = sum(count > 0 for count in counts.values())
        more = max(1, int(answer["distinct"]["value"]) - listed) if unlisted > 0 else 0
        values = _values(name, counts, wanted, barred, people, labels)
        approximate = bool(answer["values"].get("doc_count_error_upper_bound", 0))
        facets[name] = Facet(name, values, more, approximate)
    return facets


def _counts(answer: Mapping[str, Any], months: bool) -> dict[str, int]:
    key = "key_as_string" if months else "key"
    return {bucket[key]: bucket["doc_count"] for bucket in answer["values"]["buckets"]}


def _values(
    name: str,
    counts: Mapping[str, int],
    wanted: set[str],
    barred: set[str],
    people: Mapping[str, Speaker],
    labels: Labels,
) -> tuple[FacetValue, ...]:
    kind = FACETS[name].type
    terms = labels.topic_terms() if kind is FieldType.TOPIC else {}
    values = []
    if people:  # of equal counts the more quoted first, as the embedded engine has them
        counts = dict(sorted(counts.items(), key=lambda pair: (-pair[1], *_rank(people.get(pair[0])))))
    for value, count in counts.items():
        marks = (value in wanted, value in barred)
        if value in people:
            who = people[value]
            values.append(FacetValue(who.slug, who.name, count, *marks, kind=who.kind))
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
