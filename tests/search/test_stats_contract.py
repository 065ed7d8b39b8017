"""What every engine tells of a collection: who speaks is counted apart from who is only named."""

from __future__ import annotations

import dataclasses

from search.engine import Engine
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
