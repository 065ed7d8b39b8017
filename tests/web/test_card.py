"""What a card shows of long quotes, told by the words alone."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from search.engine import Hit
from search.records import Record, StoredArticle
from web.card import brief, card_of


def hit(words: str, highlight: tuple[int, int] | None = None, kind: str = "turn") -> Hit:
    """A quote that is a whole article."""
    article = StoredArticle(
        id="a", url="", title="T", outlet="O", author="", published="", language="en", genre="interview", text=words,
        content_hash="a",
    )  # fmt: skip
    record = Record(
        id="q", kind="quote", article_id="a", part="body", ordinal=0, start=0, end=len(words), text=words,
        paragraph_start=0, paragraph_end=len(words), quote_type=kind,
    )  # fmt: skip
    return Hit(record, article, highlights=(highlight,) if highlight else ())


LONG = " ".join(f"word{place}" for place in range(400))


def test_a_long_quote_is_cut_to_its_beginning_in_a_list() -> None:
    card = brief(hit(LONG))
    assert card.cut
    assert card.words.startswith("word0 word1 ")
    assert card.words.endswith(" …")
    assert len(card.words) < 700


def test_a_long_quote_is_cut_to_the_words_that_were_looked_for() -> None:
    at = LONG.index("word300")
    card = brief(hit(LONG, (at, at + 7)))
    assert "<mark>word300</mark>" in card.words
    assert card.words.startswith("… word")
    assert "word0 " not in card.words


def test_a_short_quote_and_the_page_of_a_quote_show_all_the_words() -> None:
    assert not brief(hit("Short and sweet.")).cut
    assert card_of(hit(LONG)).words == LONG


def test_reported_speech_is_never_cut() -> None:
    assert not brief(hit(LONG, kind="indirect")).cut


@given(st.text(min_size=701, max_size=1500), st.integers(0, 1400))
def test_whatever_is_cut_holds_the_beginning_of_what_was_found(words: str, at: int) -> None:
    at = min(at, len(words) - 2)
    shown = brief(hit(words, (at, at + 1)))
    assert shown.words.count("<mark>") == 1
    plain = shown.words.replace("<mark>", "").replace("</mark>", "").removeprefix("… ").removesuffix(" …")
    assert replace(shown, words=plain).words.unescape() in words
