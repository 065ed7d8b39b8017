"""How an article is cut into words and marks."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.article import Article
from indexer.name_tokens import Tokens, read_tokens
from indexer.paragraphs import split
from indexer.pieces import piece_table
from indexer.word_table import word_table

PARTS = (
    "The mayor",
    "left",
    "U.S.",
    "co-op's",
    "1,000.5",
    "orsk.ca",
    "“",
    ",",
    ".",
    "\u200b",
    "\t",
    "\n",
    "\xa0",
    "\n\n",
    " ",
    "é_1",
)


def read(text: str) -> Tokens:
    return read_tokens(split(Article("a", text)))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        pytest.param("The ferry, she said, left.", ["The", "ferry", ",", "she", "said", ",", "left", "."], id="marks"),
        pytest.param("It left.  She stayed.", ["It", "left", ".", "She", "stayed", "."], id="two spaces"),
        pytest.param("It \u200bleft \u200b and sank.", ["It", "left", "and", "sank", "."], id="what cannot be seen"),
        pytest.param("The U.S. co-op’s $1,000 at orsk.ca", ["The", "U.S.", "co-op's", "$", "1,000", "at", "orsk.ca"], id="marks within"),
    ],
)  # fmt: skip
def test_words_and_marks(text: str, words: list[str]) -> None:
    assert read(text).words == words


@given(st.lists(st.sampled_from(PARTS) | st.text(max_size=3), max_size=30).map(" ".join))
def test_tokens_hold_all_that_can_be_seen_and_stand_where_the_text_has_them(text: str) -> None:
    document = split(Article("a", text))
    tokens = read_tokens(document)
    straight = text.replace("’", "'")
    places = list(zip(tokens.starts, tokens.ends, strict=True))
    assert [straight[start:end] for start, end in places] == tokens.words
    held = {at for start, end in places for at in range(start, end)}
    for paragraph in document.paragraphs:
        rest = "".join(
            text[at] for at in range(paragraph.start, paragraph.end) if at not in held and not paragraph.masked
        )
        assert not re.search(r"\w|[!-/:-@\[-`{-~“”]", rest)


def test_a_line_of_capitals_is_known_by_its_words_wherever_lines_break() -> None:
    tokens = read("Council Votes to Build\nNew Harbour Bridge\n\nThe council met on Monday, and it voted for a bridge.")
    assert tokens.paragraph[0] in tokens.titled
    assert tokens.paragraph[-1] not in tokens.titled


def test_a_word_as_long_as_a_book_is_read_and_not_kept() -> None:
    word = "orsk" * 50_000
    assert read(f"It {word}, it was.").words == ["It", word, ",", "it", "was", "."]
    assert word not in word_table()
    assert f"{word}," not in piece_table()
