"""Stems: a word that the rule passes over is one that the stemmer leaves alone."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from nltk.stem.snowball import SnowballStemmer

from search.analysis import fold, stem

ENDINGS = (
    "|s|es|ies|'s|s'|ed|eed|edly|ing|ingly|y|ly|li|al|ical|ational|ate|ator|er|izer|ic|ance|ence|ant|ent|ment|ism|ist|iti|ous|ive|ize|"
    "ion|tion|sion|ful|fulness|less|ness|ll|el|il|om|on|an|or|en|it|at|us|ss|th|x|q|z|b|k|p|w|0|é"
).split("|")
PLAIN = SnowballStemmer("english")


@given(st.text("abcdehilnorstuvwy'0é", max_size=9), st.sampled_from(ENDINGS))
@settings(max_examples=600)
def test_stems_are_those_of_the_stemmer(beginning: str, ending: str) -> None:
    word = fold(beginning + ending)
    assert stem(word) == PLAIN.stem(word)
