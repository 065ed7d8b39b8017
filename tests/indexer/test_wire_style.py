"""Short reports in the style of wire services: bare clauses, quoted words behind any verb, sources with their own sources."""

from __future__ import annotations

import pytest

from indexer.article import Article
from indexer.paragraphs import split
from indexer.quotations import find_quotations

OPENING = "Some first paragraph stands here, so that what follows is no headline of it.\n\n"


def quotes(text: str) -> list[tuple[str, str]]:
    """Type and words of each quote."""
    document = split(Article("a", OPENING + text))
    return [(quote.type, document.text[quote.start : quote.end]) for quote in find_quotations(document)]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("The owners were abroad; the Norland embassy confirmed two divers from Oak also drowned there.", "two divers from Oak also drowned there"),
        ("Both clerks indicated they would resign.", "they would resign"),
        ("Upon hearing of the letter he claimed theft had been common.", "theft had been common"),
        ("The Harbour Gazette states the vessel was a tanker.", "the vessel was a tanker"),
        ("Ines Holm, head of Wave Foods, stated they have no plans for Norland.", "they have no plans for Norland"),
    ],
)  # fmt: skip
def test_a_clause_without_that_is_told_by_its_verb(text: str, said: str) -> None:
    assert quotes(text) == [("indirect", said)]
