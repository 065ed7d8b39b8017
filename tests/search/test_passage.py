"""The stretch that stands for a record: whole clauses, whole sentences, and never reported speech without its cue."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.passage import has_cue, own_sentences, passage, sentences
from search.records import Attribution, Record


def record(text: str, words: str, kind: str, cue: str = "", speaker: str = "", **given: Any) -> Record:
    start = text.index(words)
    at = text.index(speaker) if speaker else None
    said = Attribution(None, speaker, at, None if at is None else at + len(speaker))
    cue_at = text.index(cue) if cue else None
    return Record(
        id="q", kind="quote", article_id="a", part="body", ordinal=0, start=start, end=start + len(words), text=words,
        paragraph_start=0, paragraph_end=len(text), quote_type=kind, cue=cue, cue_start=cue_at,
        cue_end=None if cue_at is None else cue_at + len(cue), attribution=said, **given,
    )  # fmt: skip


def shown(text: str, *given: str) -> str:
    start, end = passage(record(text, *given), text)
    return text[start:end]


def test_reported_speech_comes_with_its_subject_its_cue_and_its_stop() -> None:
    text = "It rained. The minister, who was late, denied that the dam had failed. He left."
    assert shown(text, "the dam had failed", "indirect", "denied", "The minister") == (
        "The minister, who was late, denied that the dam had failed."
    )


def test_a_cue_after_the_words_is_kept_with_them() -> None:
    text = "The dam had failed, the minister said on Monday."
    assert (
        shown(text, "The dam had failed", "indirect", "said", "the minister") == "The dam had failed, the minister said"
    )


def test_direct_words_stand_alone() -> None:
    text = "“We are late,” she said."
    assert shown(text, "We are late,", "direct", "said", "she") == "We are late,"


def test_a_cue_far_away_is_no_part_of_the_passage() -> None:
    text = f"She said {'much else happened ' * 30}the dam had failed"
    found = record(text, "the dam had failed", "indirect", "said", "She")
    assert not has_cue(found, passage(found, text))
    assert shown(text, "the dam had failed", "indirect", "said", "She") == "the dam had failed"


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("One. Two! Three?", 3),
        ("Mr. Lee met Dr. Ann Orr of the U.S. Senate. He left.", 2),
        ("She paid 3.5 million. It was much.", 2),
        ("“Go!” he cried. “Now.” They went.", 3),
        ("J. B. Orr spoke. So did K. Lee.", 2),
        ("Line one\nLine two", 2),
        ("אחת. שתיים.", 2),
        ("It was … well … late.", 1),
        ("", 1),
    ],
)
def test_sentences_begin_where_a_reader_sees_them_begin(text: str, count: int) -> None:
    assert len(sentences(text, 0, len(text))) == count


def test_the_sentence_of_a_quote_goes_on_after_its_closing_mark() -> None:
    text = "It rained. “We are late,” she said. “We are wet.”"
    start = text.index("We are late,")
    low, high = own_sentences(text, (start, start + len("We are late,")), (0, len(text)))
    assert text[low:high] == "“We are late,” she said. "


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ('He wrote that he was late: "Sorry! The ferry waited." He left.', "He wrote that he was late: "),
        ("He wrote that he was late: “Sorry!” He left.", "He wrote that he was late: “Sorry!” "),
    ],
)
def test_a_sentence_does_not_end_inside_marks_that_it_opens(text: str, shown: str) -> None:
    start = text.index("he was late")
    low, high = own_sentences(text, (start, start + len("he was late")), (0, len(text)))
    assert text[low:high] == shown


@given(st.text(alphabet="aB. !?\n\"”“’'…)(1éא", max_size=80), st.integers(0, 80), st.integers(0, 80))
def test_own_sentences_hold_the_words_and_stay_in_the_paragraph(text: str, one: int, other: int) -> None:
    start, end = sorted((min(one, len(text)), min(other, len(text))))
    low, high = own_sentences(text, (start, end), (0, len(text)))
    assert 0 <= low <= start <= end <= high <= len(text)


@given(st.text(alphabet="aB. !?\n\"”“’'…)(1éא", max_size=80))
def test_sentences_are_in_order_and_begin_with_something(text: str) -> None:
    begins = sentences(text, 0, len(text))
    assert begins == sorted(set(begins))
    assert begins[0] == 0
    assert not any(text[at].isspace() for at in begins[1:])
