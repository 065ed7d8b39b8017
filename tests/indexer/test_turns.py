"""Transcripts and interviews: labelled turns, who asks, and what kind of article it is."""

from __future__ import annotations

import pytest

from indexer.article import Article
from indexer.extracting import tagger
from indexer.paragraphs import split
from indexer.pipeline import extract

INTERVIEW = """A talk with Noor Haddadi

Noor Haddadi spoke to Kim Wells about her trams.

KW: How long do you sleep?

Haddadi: I sleep on trams.

I did say I would bring a plaster.

KW: And the vaccine?

Haddadi: It works."""


def turns(text: str) -> list[tuple[str, str, bool]]:
    """Words of each turn with its speaker, and whether the interviewer speaks."""
    extraction = extract(Article("a", text), tagger())
    source = extraction.document.text
    names = {entity.key: entity.name for entity in extraction.entities}
    return [
        (
            source[q.quotation.start : q.quotation.end],
            names.get(q.attribution.entity or "", ""),
            q.quotation.interviewer,
        )
        for q in extraction.quotes
        if q.quotation.type == "turn"
    ]


def test_turns_run_on_to_the_next_label_and_belong_to_the_full_name() -> None:
    assert turns(INTERVIEW) == [
        ("How long do you sleep?", "Kim Wells", True),
        ("I sleep on trams.\n\nI did say I would bring a plaster.", "Noor Haddadi", False),
        ("And the vaccine?", "Kim Wells", True),
        ("It works.", "Noor Haddadi", False),
    ]


def test_double_brackets_and_letters_are_labels() -> None:
    text = "Ann Lee on bees.\n\n((Reporter)) Why bees?\n\n((Ann Lee)) They dance.\n\n((Reporter)) Do they?\n\n((Ann Lee)) They do."
    assert [(words, asks) for words, _, asks in turns(text)] == [
        ("Why bees?", True), ("They dance.", False), ("Do they?", True), ("They do.", False),
    ]  # fmt: skip
    letters = "Ann Lee on bees.\n\nQ: Why bees?\n\nA: They dance.\n\nQ: Do they?\n\nA: They do."
    assert [asks for _, _, asks in turns(letters)] == [True, False, True, False]


@pytest.mark.parametrize(
    "text",
    [
        "The dam is shut.\n\nPhoto: The dam.\n\nNote: It is old.\n\nSource: Harbour News.",
        "The dam is shut.\n\nWarning: it may flood. The mayor spoke on Monday.",
    ],
)
def test_furniture_with_a_colon_is_no_turn(text: str) -> None:
    assert turns(text) == []


@pytest.mark.parametrize(
    ("title", "text", "genre"),
    [
        ("", INTERVIEW, "interview"),
        ("Transcript of the council", INTERVIEW, "transcript"),
        ("Opinion: the dam must go", "The dam must go, and soon.", "opinion"),
        ("A new dam", "FOR IMMEDIATE RELEASE\n\nTarn Ltd said on Monday it would build a dam.", "press-release"),
        ("A new dam", "Tarn Ltd said on Monday it would build a dam.", "news"),
    ],
)
def test_genre(title: str, text: str, genre: str) -> None:
    assert split(Article("a", text, title=title)).genre == genre


def test_captions_and_bylines_never_speak() -> None:
    text = "Dam holds\n\nBy Ann Lee\n\nThe dam held, said Tom Hale.\n\nPhoto: “It holds,” says Tom Hale. (Ann Lee/Harbour News)"
    extraction = extract(Article("a", text), tagger())
    assert [q.quotation.type for q in extraction.quotes] == ["indirect"]


def test_the_one_who_asks_most_is_the_interviewer_and_others_who_only_ask_are_too() -> None:
    text = (
        "Kestrel Weekly: Where to, after the winter?\n\n"
        "KW: Thank you for coming. Tell us of the trams.\n\n"
        "Haddadi: They are late.\n\n"
        "KW: Why are they late?\n\n"
        "Haddadi: Snow, I should think.\n\n"
        "RS: Snow in May?\n\n"
        "Haddadi: Do you doubt it? It fell.\n\n"
        "KW: And what will you do?\n\n"
        "Haddadi: Walk."
    )
    assert [asks for _, _, asks in turns(text)] == [True, True, False, True, False, True, False, True, False]
