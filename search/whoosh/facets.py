"""Facets as a page shows them: counts get labels, slugs and the marks of what is chosen."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from search.engine import Facet, FacetValue, Filter, SearchRequest
from search.records import FACETS, Field, FieldType
from search.whoosh.snapshot import RawFacet
from search.whoosh.tables import Tables

_made = partial(tuple.__new__, FacetValue)
"""A :class:`FacetValue` from a tuple of all its parts; the quickest way to one."""


def label_facets(raw: Mapping[str, RawFacet], request: SearchRequest, tables: Tables) -> dict[str, Facet]:
    """Give every counted value what a person reads."""
    return {name: Facet(name, _values(name, facet, request, tables), facet.more) for name, facet in raw.items()}


def _values(name: str, facet: RawFacet, request: SearchRequest, tables: Tables) -> tuple[FacetValue, ...]:
    field = FACETS[name]
    chosen, excluded = _named_in(request, field, tables) if request.filters else (_NONE, _NONE)
    if not chosen and not excluded:
        if field.type is FieldType.IDENTITY:
            label = tables.label
            labelled = [(*label(value), count) for value, count in facet.values]  # type: ignore[arg-type]
            return tuple([_made((slug, who, count, False, False, 0, "", kind)) for slug, who, kind, count in labelled])
        if field.type is not FieldType.TOPIC:
            return tuple([_made((value, value, count, False, False, 0, "", "")) for value, count in facet.values])
    values = []
    for value, count in facet.values:
        marks = value in chosen, value in excluded
        if isinstance(value, int):
            slug, who, kind = tables.label(value)
            values.append(_made((slug, who, count, *marks, 0, "", kind)))
        else:
            label_of, level, above = (
                tables.topic_labels.get(value, (value, 0, "")) if field.type is FieldType.TOPIC else (value, 0, "")
            )
            values.append(_made((value, label_of, count, *marks, level, above, "")))
    return tuple(values)


_NONE: frozenset[int | str] = frozenset()


def _named_in(request: SearchRequest, field: Field, tables: Tables) -> tuple[set[int | str], set[int | str]]:
    """The values of a field that a request chooses, and those that it excludes."""
    chosen: set[int | str] = set()
    excluded: set[int | str] = set()
    for clause in request.filters:
        if clause.field == field.name:
            (excluded if clause.exclude else chosen).update(_keys(clause, field.type, tables))
    return chosen, excluded


def _keys(clause: Filter, kind: FieldType, tables: Tables) -> list[int | str]:
    if kind is not FieldType.IDENTITY:
        return list(clause.values)
    return [number for number in map(tables.speaker_number, clause.values) if number is not None]
