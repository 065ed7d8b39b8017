"""Who an article mentions: people and organisations, not places, first words of sentences, or labels of turns."""

from __future__ import annotations

import pytest

from indexer.article import Article
from indexer.pipeline import index
from indexer.topics import TopicTagger

_TAGGER = TopicTagger()


def mentioned(text: str) -> list[str]:
    """Names that the article's paragraphs mention, each once."""
    indexed = index(Article(id="a", text=text), _TAGGER)
    names = {entity.key: entity.name for entity in indexed.article.entities}
    found = (names[key] for record in indexed.records if record.kind == "paragraph" for key in record.mentions)
    return list(dict.fromkeys(found))


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("The mayor, Ann Lee, met the Harbour Board in Norway on Monday.", ["Ann Lee", "Harbour Board"]),
        ("Rain fell in Kesmark for a third day. Roads near Kesmark were closed.", []),
        ("Ann Lee moved in March. Kesmark Ferries hired her.", ["Ann Lee", "Kesmark Ferries"]),
        ("Um, nobody knew. Life went on by the harbour, and life was good.", []),
        ("Bill Weston met the President, Karim al-Sadani, on Friday.", ["Bill Weston", "Karim al-Sadani"]),
        ("The House passed Bill C-11 on Monday. Ann Lee left.", ["Ann Lee"]),
        ("Ann Lee went home to Kesmark, Ontario, by train.", ["Ann Lee"]),
        ("Ann Lee asked the city of Kesmark for a bus.", ["Ann Lee"]),
        ("The outbreak of COVID-19 closed the school in Paris.", []),
    ],
)
def test_people_and_organisations_are_mentioned_and_places_are_not(text: str, names: list[str]) -> None:
    assert mentioned(text) == names


def test_a_place_that_speaks_is_a_party() -> None:
    assert "Norway" in mentioned("Norway said the treaty was dead. Ann Lee lives in Oslo.")


def test_a_label_of_a_turn_mentions_nobody() -> None:
    text = (
        "The two met on Friday to talk about boats and the winter.\n\n"
        "ANN LEE: I built the first one with my father, and it sank.\n\n"
        "TOM HALE: What did Rosa Brandt make of it?\n\n"
        "ANN LEE: She laughed, and then she bought the second one from us.\n\n"
        "TOM HALE: And the third one?\n\n"
        "ANN LEE: The third one floats."
    )
    assert mentioned(text) == ["Rosa Brandt"]
