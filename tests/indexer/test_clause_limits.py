"""What is told of a sentence once for all its cues changes nothing for any of them."""

from __future__ import annotations

from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from indexer.article import Article
from indexer.clause_limits import limit
from indexer.clauses import find_cues
from indexer.name_tokens import read_tokens
from indexer.paragraphs import split
from indexer.reporting_sentences import reporting_sentences

PIECES = (
    "she said", "Orsk said", "adding", "saying it was hers", ",", ", and left", ";", "while Hale denied", "the dam held", "(", ")",
    "described the gate as old", "and called it odd", "according to Orsk", "as reported by Harbour News", "but spoke", "by the crew",
)  # fmt: skip
RULES = ("clause without that", "that clause", "described as", "told to", "judgement", "reported question", "denial")


@given(
    st.lists(st.sampled_from(PIECES), min_size=3, max_size=24), st.lists(st.sampled_from(RULES), min_size=2, max_size=6)
)
def test_a_clause_ends_where_it_does_without_other_clauses_of_its_sentence(pieces: list[str], rules: list[str]) -> None:
    document = split(Article("a", f"The gate was shut.\n\nIt was late and {' '.join(pieces)}."))
    for _, words, _, places in reporting_sentences(document, read_tokens(document), []):
        shared = find_cues(words, places)
        for rule, begin in product(rules, range(len(words))):
            assert limit(words, begin, rule, shared) == limit(words, begin, rule, find_cues(words, places))
