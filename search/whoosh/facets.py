"""Facets as a page shows them: counts get labels, slugs and the marks of what is chosen."""

from __future__ import annotations

from collections.abc import Mapping

from search.engine import Facet, FacetValue, Filter, SearchRequest
from search.records import FACETS, FieldType
from search.whoosh.snapshot import RawFacet
from search.whoosh.tables import Tables


def label_facets(raw: Mapping[str, RawFacet], request: SearchRequest, tables: Tables) -> dict[str, Facet]:
    """Give every counted value what a person reads."""
    return {name: Facet(name, _values(name, facet, request, tables), facet.more) for name, facet in raw.items()}


def _values(name: str, facet: RawFacet, request: SearchRequest, tables: Tables) -> tuple[FacetValue, ...]:
    field = FACETS[name]
    chosen: set[int | str] = set()
    excluded: set[int | str] = set()
    for clause in request.filters:
        if clause.field == field.name:
            (excluded if clause.exclude else chosen).update(_keys(clause, field.type, tables))
    values = []
    for value, count in facet.values:
        selected, left_out = value in chosen, value in excluded
        if isinstance(value, int):
            slug, label = tables.label(value)
            values.append(FacetValue(slug, label, count, selected, left_out))
        elif field.type is FieldType.TOPIC and value in tables.topics:
            term = tables.topics[value]
            above = term.ancestors[-1] if term.ancestors else ""
            values.append(FacetValue(value, term.label, count, selected, left_out, term.level, above))
        else:
            values.append(FacetValue(value, value, count, selected, left_out))
    return tuple(values)


def _keys(clause: Filter, kind: FieldType, tables: Tables) -> list[int | str]:
    if kind is not FieldType.IDENTITY:
        return list(clause.values)
    return [number for number in map(tables.speaker_number, clause.values) if number is not None]
