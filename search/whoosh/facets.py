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
    if field.type in (FieldType.KEYWORD, FieldType.DAY) and not chosen and not excluded:
        return tuple([FacetValue(value, value, count) for value, count in facet.values])  # type: ignore[arg-type]
    if not chosen and not excluded:
        return tuple([FacetValue(*_named(value, field.type, tables, count)) for value, count in facet.values])
    values = []
    for value, count in facet.values:
        slug, label, _, _, _, level, above = _named(value, field.type, tables, count)
        values.append(FacetValue(slug, label, count, value in chosen, value in excluded, level, above))
    return tuple(values)


def _named(value: int | str, kind: FieldType, tables: Tables, count: int) -> tuple[str, str, int, bool, bool, int, str]:
    """What :class:`FacetValue` is made of, nothing chosen."""
    if isinstance(value, int):
        slug, label = tables.label(value)
        return slug, label, count, False, False, 0, ""
    if kind is FieldType.TOPIC and (term := tables.topics.get(value)) is not None:
        return value, term.label, count, False, False, term.level, term.ancestors[-1] if term.ancestors else ""
    return value, value, count, False, False, 0, ""


def _keys(clause: Filter, kind: FieldType, tables: Tables) -> list[int | str]:
    if kind is not FieldType.IDENTITY:
        return list(clause.values)
    return [number for number in map(tables.speaker_number, clause.values) if number is not None]
