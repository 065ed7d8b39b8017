"""Which field is typed last, and what becomes of the query when its value is chosen."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.analysis import raw_words
from search.completing import begun_field, field_query
from search.parser import parse
from search.query import FieldMatch


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("speaker:ha", 'speaker:"Ida Lund"'),
        ("ferry speaker:", 'ferry speaker:"Ida Lund"'),
        ("ferry -Mentions:lu", 'ferry -mentions:"Ida Lund"'),
        ('outlet:wire speaker:"ida l', 'outlet:wire speaker:"Ida Lund"'),
        ("(speaker:i", '(speaker:"Ida Lund"'),
        ("speaker:ida lu", None),
        ('speaker:"ida lund" fer', None),
        ('speaker:"ida lund"', None),
        ("note:ida", None),
        ("ida", None),
        ("", None),
    ],
)
def test_a_value_is_completed_where_a_field_is_typed_last(text: str, query: str | None) -> None:
    begun = begun_field(text)
    assert (begun.completed("Ida Lund") if begun else None) == query


@given(st.text(alphabet='ab: "-(\nspeaker', max_size=30))
def test_whatever_stands_before_stays(text: str) -> None:
    begun = begun_field(f"{text} speaker:x")
    assert begun is not None
    assert begun.completed("Ida Lund") == f'{text} speaker:"Ida Lund"'


@given(st.text(max_size=12).filter(raw_words))
def test_any_name_becomes_one_clause(name: str) -> None:
    assert parse(field_query("speaker", name)) == FieldMatch("speaker", tuple(raw_words(name)))
