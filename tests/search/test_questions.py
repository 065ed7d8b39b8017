"""Questions in plain words: read once more where nothing is found, never where the query language is used."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.engine import Engine
from search.errors import QuerySyntaxError
from search.parser import parse
from search.questions import as_typed, read_again, readings, telling_parts
from search.request import build_request
from tests.search.stories import Said, Story, indexed, tables

NEWS = (
    Story("inlet", [
        ("The dredger left.", Said("Our harbour needs a deeper channel", "Petra Vaughn")),
        ("Nobody paid.", Said("the levy had been raised", "Petra Vaughn", "deny", "indirect")),
        ("Rain fell.", Said("We sail whatever the levy", "the pilots")),
    ], title="Dredging the inlet"),
)  # fmt: skip


@pytest.fixture
def filled(engine: Engine) -> Engine:
    with engine.rebuild() as writer:
        for story in NEWS:
            writer.add(indexed(story))
        writer.commit(tables(NEWS, kinds={"the pilots": "unnamed"}))
    return engine


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("What did Petra Vaughn say about the harbour levy?", 'speaker:"Petra Vaughn" harbour levy'),
        ("what's Vaughn saying about fees", "speaker:Vaughn fees"),
        ("What has premier Petra Vaughn said on life-rafts", 'speaker:"Petra Vaughn" life rafts'),
        ("what is Petra Vaughn's position on tolls", 'speaker:"Petra Vaughn" cue:position tolls'),
        ("Did the mayor deny the levy?", "(speaker:mayor OR role:mayor) cue:deny levy"),
        (
            "what did the mayor of Dunmore say about parking",
            '(speaker:"mayor Dunmore" OR role:"mayor Dunmore") parking',
        ),
        ("what did the Prime Minister say about rents", '(speaker:"Prime Minister" OR role:"Prime Minister") rents'),
        ("What did a spokesman for the ministry say?", 'speaker:"spokesman ministry" OR role:"spokesman ministry"'),
        ("What did the Harbour Board say?", 'speaker:"Harbour Board"'),
        ("What did Superintendent Ines Orsk say?", 'speaker:"Ines Orsk"'),
        ("what did school trustee Ines Orsk say", 'speaker:"Ines Orsk"'),
        ("Did Constable Orsk deny it?", "speaker:Orsk cue:deny"),
        ("What did Ada May King say?", 'speaker:"Ada May King"'),
        ('What did "Petra Vaughn" say about the levy?', 'speaker:"Petra Vaughn" levy'),
        ("what did “Mayor Petra Vaughn” say", 'speaker:"Petra Vaughn"'),
        ('What did Vaughn say about "harbour levy"?', 'speaker:Vaughn "harbour levy"'),
        ('who said "deeper channel"', '"deeper channel"'),
        ("What did O'Dowd think?", "speaker:O'Dowd"),
        ("who said deeper channel", "deeper channel"),
        ("how many dredgers were there in the inlet", "dredgers inlet"),
        ("Will the dredger sail?", "dredger sail"),
    ],
)
def test_the_most_telling_reading_comes_first(question: str, first: str) -> None:
    assert as_typed(next(readings(question))) == first


@pytest.mark.parametrize(
    "query",
    [
        "harbour levy", '"deeper channel"', 'who said "deeper channel"~2', "who said levy OR toll", "speaker:vaughn who said", "who -levy", "who lev*",
        "what (levy)", "who said levy~", "who AND levy", "will vaughn", "may day", "who", "what did the", "", "?", "speaker:who",
    ],
)  # fmt: skip
def test_what_is_no_question_or_uses_the_query_language_is_left_alone(query: str) -> None:
    assert list(readings(query)) == []


@given(st.lists(st.sampled_from(["what", "Who", "did", "say", "about", "Lee", "deny", "life-raft", "it's", "the", "NOT", "é", '"', "?", "-", "x:"])))  # fmt: skip
def test_every_reading_is_a_query_that_reads_the_same(words: list[str]) -> None:
    for node in readings(" ".join(words)):
        assert parse(as_typed(node)) == node


@given(st.text(max_size=80))
def test_any_text_can_be_asked(text: str) -> None:
    try:
        parse(text)
    except QuerySyntaxError:
        return
    for node in readings(text):
        assert parse(as_typed(node)) == node
    telling_parts(text)


@pytest.mark.parametrize(
    ("question", "meant"),
    [
        ("What did Petra Vaughn say about the harbour?", 'speaker:"Petra Vaughn" harbour'),
        ("What did Petra Vaughn say about harbour tolls?", 'speaker:"Petra Vaughn" (harbour OR tolls)'),
        ("what did vaughn deny", "speaker:vaughn cue:deny"),
        ("What do the pilots say about the levy?", "(speaker:pilots OR role:pilots) levy"),
        ("what did the pilots deny about the levy?", "(speaker:pilots OR role:pilots) levy"),
        ("who said deeper channel", "deeper channel"),
        ("What did Nobody Known say about the levy", None),
        ("What did Petra Vaughn say about tolls", None),
        ("who said tolls", None),
    ],
)
def test_a_question_that_finds_nothing_is_read_again_where_that_finds_something(
    filled: Engine, question: str, meant: str | None
) -> None:
    request = build_request([("q", question), ("kind", "quote")]).request
    assert filled.search(request).total == 0
    found = read_again(filled, request, question)
    assert (as_typed(found) if found else None) == meant


def test_filters_hold_for_the_reading_too(filled: Engine) -> None:
    pairs = [("q", "who said levy"), ("speaker", "petra-vaughn"), ("kind", "quote")]
    assert read_again(filled, build_request(pairs).request, pairs[0][1]) == parse("levy")
    pairs[1] = ("speaker", "nobody")
    assert read_again(filled, build_request(pairs).request, pairs[0][1]) is None
