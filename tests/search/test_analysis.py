"""Stems are those of NLTK's Snowball stemmer, whichever way they are found."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nltk.stem.snowball import SnowballStemmer

from search.analysis import fold, stem
from search.stemming import porter2

ENDINGS = (
    "|s|es|ies|'s|s'|ed|eed|edly|ing|ingly|y|ly|li|al|ical|ational|ate|ator|er|izer|ic|ance|ence|ant|ent|ment|ism|ist|iti|ous|ive|ize|"
    "ion|tion|sion|ful|fulness|less|ness|ll|el|il|om|on|an|or|en|it|at|us|ss|th|x|q|z|b|k|p|w|0|é"
).split("|")
CHAINS = (
    "|s|'s|es|ed|ing|ly|iviti|biliti|iveness|alism|aliti|ousness|ousli|fulli|lessli|enci|anci|abli|entli|alli|ogi|izer|ization|"
    "ational|icate|alize|iciti|ative|ement|ible|y|e|l|ll"
).split("|")
BEGINNINGS = st.sampled_from(["", "", "", "gener", "commun", "arsen", "y", "'"])
EXCEPTIONS = (
    "skis skies dying lying tying idly gently ugly early only singly sky news howe atlas cosmos bias andes innings outing "
    "herrings earring canning proceeds proceeded exceeding succeed"
).split()
PLAIN = SnowballStemmer("english")


@given(st.text("abcdehilnorstuvwy'0é", max_size=9), st.sampled_from(ENDINGS))
@settings(max_examples=600)
def test_stems_are_those_of_the_stemmer(beginning: str, ending: str) -> None:
    word = fold(beginning + ending)
    assert stem(word) == PLAIN.stem(word)


@given(BEGINNINGS, st.text("abcdehilnorstuvwy'", max_size=6), st.lists(st.sampled_from(CHAINS), max_size=3))
@settings(max_examples=1500)
def test_chains_of_suffixes_lose_the_same_links(beginning: str, middle: str, suffixes: list[str]) -> None:
    word = beginning + middle + "".join(suffixes)
    assert porter2(word) == PLAIN.stem(word)


@pytest.mark.parametrize("word", EXCEPTIONS)
def test_exceptions_are_the_same(word: str) -> None:
    assert porter2(word) == PLAIN.stem(word)


@pytest.mark.parametrize("word", ["мостами", "ωing", "ферри"])
def test_words_of_other_scripts_are_those_of_the_stemmer(word: str) -> None:
    assert stem(word) == PLAIN.stem(word)
