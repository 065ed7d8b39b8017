"""A search request to the body of one ``_search``, facets and all.

A facet ignores its own selection: facet filters (and days, which the months ignore) stand in ``post_filter``, and each
facet's aggregation is wrapped in a ``filter`` with the selections of all other facets. So hits, totals and every facet come
from one request.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from search.engine import Filter, SearchRequest, Sort
from search.errors import BadRequestError
from search.opensearch.compiler import Clause, NameResolver, compile_query
from search.opensearch.index_reader import RECORD_SHOWN
from search.query import Node
from search.records import FACETS, FIELD, Field, FieldType
from search.refining import by_fields_alone, refined, weight_of

DEEPEST = 10_000
"""Hits that pages can reach; cursors and exports go on from there."""

EXACT_DISTINCT = 40_000
"""Distinct values up to which the cluster counts (nearly) exactly."""

_ORDERS: dict[Sort, list[dict[str, Any]]] = {
    Sort.RELEVANCE: [{"_score": "desc"}, {"published": {"order": "desc", "missing": "_last"}}, {"id": "asc"}],
    Sort.NEWEST: [{"published": {"order": "desc", "missing": "_last"}}, {"id": "asc"}],
    Sort.OLDEST: [{"published": {"order": "asc", "missing": "_last"}}, {"id": "asc"}],
}

_DAYS = "published"

SpeakerIds = Callable[[Sequence[str]], list[str]]
"""Ids or slugs of speakers, as filters take them, to ids."""


class Body:
    """Builds the parts of the body for one request.

    Attributes:
        selected: Field -> values that filters want, speakers by id.
        excluded: Field -> values that filters bar.
    """

    def __init__(self, request: SearchRequest, resolve: NameResolver, speaker_ids: SpeakerIds) -> None:
        self._request = request
        self._timeout = f"{max(1, int(request.limits.time_ms))}ms"
        self._query = _refined(request.query, resolve) if request.refined else compile_query(request.query, resolve)
        self._filters: list[tuple[str, Clause]] = []
        self.selected: dict[str, list[str]] = {}
        self.excluded: dict[str, list[str]] = {}
        if request.first_day or request.last_day:
            bounds = {"gte": request.first_day, "lte": request.last_day}
            self._filters.append((_DAYS, {"range": {_DAYS: {name: day for name, day in bounds.items() if day}}}))
        for clause in request.filters:
            values = speaker_ids(clause.values) if _is_people(clause.field) else list(clause.values)
            self._filters.append((clause.field, _filter(clause, values)))
            (self.excluded if clause.exclude else self.selected).setdefault(clause.field, []).extend(values)

    def chosen(self, field: str) -> list[str]:
        """Values of a field that some filter names, speakers by id."""
        return list(dict.fromkeys([*self.selected.get(field, ()), *self.excluded.get(field, ())]))

    def search(self, after: list[Any] | None, start: int) -> dict[str, Any]:
        """Hits and facets.

        Args:
            after: Sort values of the last hit of the page before, or None.
            start: Hits to pass over, when there is no ``after``.

        Raises:
            BadRequestError: The page lies deeper than pages reach.
        """
        request = self._request
        if after is None and start + request.per_page > DEEPEST:
            raise BadRequestError(f"pages reach {DEEPEST:,} hits deep", "use the cursor, or export all matches")
        body: dict[str, Any] = {
            "size": request.per_page,
            "query": self._matching(),
            "post_filter": {"bool": {"filter": [clause for _, clause in self._filters]}},
            "sort": _ORDERS[request.sort],
            "track_scores": True,
            "track_total_hits": True,
            "timeout": self._timeout,
            "aggs": self._aggregations(),
            "_source": RECORD_SHOWN,
        }
        if request.fold:
            body["collapse"] = {"field": "group"}
        if after is not None:
            body["search_after"] = after
        else:
            body["from"] = start
        return body

    def left_out(self, undated: bool) -> dict[str, Any]:
        """Count of what a date filter (``undated``) or the least confidence left out."""
        filters = [clause for name, clause in self._filters if not undated or name != _DAYS]
        matching = self._matching(confidence=undated)
        if undated:
            barred: Clause = {"exists": {"field": "published"}}
            extra: list[Clause] = []
        else:
            barred = {"range": {"confidence": {"gte": self._request.min_confidence}}}
            extra = [{"term": {"kind": "quote"}}]
        query = {"bool": {"filter": [matching, *filters, *extra], "must_not": [barred]}}
        return {"size": 0, "track_total_hits": True, "query": query, "timeout": self._timeout}

    def all_hits(self) -> dict[str, Any]:
        """Everything that matches, for an export; sorted so that it can be read on from any hit."""
        return {
            "query": self._matching(),
            "post_filter": {"bool": {"filter": [clause for _, clause in self._filters]}},
            "sort": _ORDERS[self._request.sort],
            "track_scores": True,
            "_source": RECORD_SHOWN,
        }

    def _matching(self, confidence: bool = True) -> Clause:
        request = self._request
        filters: list[Clause] = [{"term": {"sort": "record"}}]
        if confidence and request.min_confidence:
            sure = [{"range": {"confidence": {"gte": request.min_confidence}}}, {"term": {"kind": "paragraph"}}]
            filters.append({"bool": {"should": sure, "minimum_should_match": 1}})
        if not request.interviewer:
            filters.append({"term": {"interviewer": False}})
        return {"bool": {"must": [self._query], "filter": filters}}

    def _aggregations(self) -> dict[str, Any]:
        request = self._request
        names = tuple(FACETS) if request.facets is None else request.facets
        wanted = {name: self._facet(FACETS[name]) for name in names if name in FACETS}
        wanted["_kinds"] = self._others("kind", {"values": {"terms": {"field": "kind", "size": 2}}})
        if request.distinct:
            quotes = {"groups": _cardinality("group")}
            distinct = {"articles": _cardinality("article_id"), "outlets": _cardinality("outlet")}
            distinct["quotes"] = {"filter": {"term": {"kind": "quote"}}, "aggs": quotes}
            wanted["_distinct"] = self._others("", distinct)
        return wanted

    def _facet(self, field: Field) -> dict[str, Any]:
        if field.type is FieldType.DAY:
            months = {"field": field.name, "calendar_interval": "month", "format": "yyyy-MM", "min_doc_count": 1}
            return self._others(field.name, {"values": {"date_histogram": months}})
        size = 2000 if field.values else max(1, self._request.facet_size)
        order = [{"_count": "desc"}, {"_key": "asc"}]
        parts: dict[str, Any] = {
            "values": {"terms": {"field": field.name, "size": size, "shard_size": size * 5 + 100, "order": order}},
            "distinct": _cardinality(field.name),
        }
        if chosen := self.chosen(field.name):
            parts["chosen"] = {"terms": {"field": field.name, "size": len(chosen), "include": chosen}}
        return self._others(field.name, parts)

    def _others(self, own: str, parts: dict[str, Any]) -> dict[str, Any]:
        """Aggregations over what all filters but those on ``own`` let through."""
        return {
            "filter": {"bool": {"filter": [clause for name, clause in self._filters if name != own]}},
            "aggs": parts,
        }


def _filter(clause: Filter, values: list[str]) -> Clause:
    found: Clause = {"terms": {clause.field: values}}
    return {"bool": {"must_not": [found]}} if clause.exclude else found


def _is_people(field: str) -> bool:
    return FIELD[field].type is FieldType.IDENTITY


def _cardinality(field: str) -> dict[str, Any]:
    return {"cardinality": {"field": field, "precision_threshold": EXACT_DISTINCT}}


def _refined(query: Node, resolve: NameResolver) -> Clause:
    """A query as people mean it, scored by what kind of record it finds."""
    found = compile_query(refined(query), resolve)
    if by_fields_alone(query):
        found = {"constant_score": {"filter": found}}
    headline = [{"term": {"kind": "paragraph"}}, {"term": {"part": "headline"}}]
    weights = [
        {"filter": {"term": {"kind": "quote"}}, "weight": weight_of("quote", "")},
        {"filter": {"bool": {"filter": headline}}, "weight": weight_of("paragraph", "headline")},
    ]
    return {"function_score": {"query": found, "functions": weights}}
