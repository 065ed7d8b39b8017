"""What every engine tells of a collection: who speaks is counted apart from who is only named."""

from __future__ import annotations

import dataclasses

from search.engine import Engine, SearchRequest
from tests.search.stories import Said, Story, indexed, tables

STORY = Story(
    "a", [("It rained on Nina Quist.", Said("we asked for pumps", "Tom Hale"))], mentions=("Nina Quist", "Ida Lund")
)


def test_speakers_are_those_who_are_quoted(engine: Engine) -> None:
    known = tables((STORY,))
    quoted = {"Tom Hale": 1}
    people = [dataclasses.replace(who, quotes=quoted.get(who.name, 0)) for who in known.speakers]
    with engine.rebuild() as writer:
        writer.add(indexed(STORY))
        writer.commit(dataclasses.replace(known, speakers=tuple(people)))
    figures = engine.stats()
    assert (figures.speakers, figures.named) == (1, 3)


def test_questions_of_interviewers_are_no_quotes(engine: Engine) -> None:
    asked = Said("and who pays for pumps?", "Ida Lund", type="turn", interviewer=True)
    story = Story("b", [("Turn one.", asked), ("Turn two.", Said("the harbour does", "Tom Hale", type="turn"))])
    with engine.rebuild() as writer:
        writer.add(indexed(story))
        writer.commit(tables((story,)))
    figures = engine.stats()
    assert (figures.quotes, figures.attributed, figures.paragraphs) == (1, 1, 2)
    counted = engine.search(SearchRequest()).counts.kinds
    assert counted == {"quote": figures.quotes, "paragraph": figures.paragraphs}
