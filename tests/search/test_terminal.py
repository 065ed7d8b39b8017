"""The terminal shows who said what, folded by words, with reported speech after its cue."""

from __future__ import annotations

from dataclasses import replace

import pytest

from search.engine import Hit
from search.records import Attribution, Record, Speaker, StoredArticle
from search.terminal import who, words_of
from search.titles import title_of


def _hit(text: str, kind: str = "quote", quote_type: str = "direct", cue: str = "said", confidence: float = 0.95,
         highlights: tuple[tuple[int, int], ...] = ()) -> Hit:  # fmt: skip
    is_quote = kind == "quote"
    record = Record("r1", kind, "a1", "body", 0, 0, len(text), text, 0, len(text), quote_type if is_quote else "",
                    cue=cue if is_quote else "",
                    attribution=Attribution("a1#0", as_written="she", role="mayor", confidence=confidence) if is_quote else None)  # fmt: skip
    article = StoredArticle("a1", "", "", "Aldmoor Courier", "", "2024-03-05", "en", "news", text, "h")
    speaker = Speaker("p1", "ann-lee", "Ann Lee", "person", ("Ann Lee",))
    return Hit(record, article, highlights=highlights, speaker=speaker if is_quote else None,
               speakers=() if is_quote else (speaker,))  # fmt: skip


def test_words_said_stand_in_marks_and_reported_ones_after_their_cue() -> None:
    assert words_of(_hit("We will rebuild")).plain == "“We will rebuild”"
    assert (
        words_of(_hit("the bridge was safe", quote_type="indirect", cue="denied")).plain == "denied the bridge was safe"
    )


def test_reported_words_stand_as_their_article_has_them() -> None:
    told = "The bridge was safe, Ann Lee said on Monday."
    hit = _hit("The bridge was safe", quote_type="indirect", highlights=((4, 10),))
    said = Attribution("a1#0", "Ann Lee", 21, 28, confidence=0.9)
    record = replace(hit.record, cue_start=29, cue_end=33, attribution=said, paragraph_end=len(told))
    shown = words_of(replace(hit, record=record, article=replace(hit.article, text=told)))
    assert shown.plain == "The bridge was safe, Ann Lee said"
    assert [shown.plain[span.start : span.end] for span in shown.spans] == ["bridge"]


@pytest.mark.parametrize(("confidence", "shown"), [(0.95, "Ann Lee, mayor"), (0.2, "Ann Lee, mayor [weak]")])
def test_doubtful_speakers_are_marked(confidence: float, shown: str) -> None:
    assert who(_hit("We will rebuild", confidence=confidence)) == shown


def test_a_paragraph_names_who_speaks_in_it() -> None:
    assert who(_hit("Ann Lee spoke.", kind="paragraph")) == "paragraph, with Ann Lee"


@pytest.mark.parametrize("at", [0, 3, 150, 299])
def test_a_long_paragraph_is_cut_around_the_first_word_found_which_stays_marked(at: int) -> None:
    words = ["river"] * 300
    words[at] = "bridge"
    text = " ".join(words)
    start = text.index("bridge")
    shown = words_of(_hit(text, kind="paragraph", highlights=((start, start + 6),)))
    assert len(shown.plain) < 420
    assert set(shown.plain.split()) <= {"river", "bridge", "…"}
    assert [shown.plain[span.start : span.end] for span in shown.spans] == ["bridge"]


def test_an_article_without_headline_is_called_by_its_opening_words() -> None:
    text = (
        "By Lena Orsk\n\nThe ferry crews of Aldmoor stayed ashore for a third day while the company looked for boats."
    )
    article = StoredArticle("a1", "", "", "", "", "", "en", "news", text, "h")
    assert title_of(article) == "The ferry crews of Aldmoor stayed ashore for a third day while the company …"
