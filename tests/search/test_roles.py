"""What an article calls somebody: the words of roles, and ``role:`` on every engine."""

from __future__ import annotations

from dataclasses import replace

import pytest

from search.engine import Engine, Sort
from search.questions import as_typed, read_again
from search.records import Attribution, LocalEntity, Record
from search.request import build_request
from search.roles import called, words_of_role
from tests.search.stories import Said, Story, indexed, tables


@pytest.mark.parametrize(
    ("role", "words"),
    [
        ("the mayor", "mayor"),
        ("Mayor of Dunmore", "mayor of dunmore"),
        ("Dunmore’s deputy mayor", "dunmore deputy mayor"),
        ("the mayor's spokesman", "spokesman"),
        ("Mayor's office clerk", "office clerk"),
        ("a spokeswoman for the mayor of Dunmore", "spokeswoman for of dunmore"),
        ("secretary to Premier Ines Orsk", "secretary to ines orsk"),
        ("candidate for mayor", "candidate for"),
        ("Dunmore mayor candidate", "dunmore candidate"),
        ("chief executive of Senna Lines", "chief executive of senna lines"),
        ("Attorney General", "attorney general"),
        ("US envoy", "us envoy"),
        ("I", ""),
        ("she", ""),
        ("", ""),
    ],
)
def test_words_of_a_role_tell_what_its_holder_is(role: str, words: str) -> None:
    assert " ".join(words_of_role(role)) == words


def test_a_quote_is_of_whoever_its_article_calls_so_and_a_name_is_no_role() -> None:
    orsk = LocalEntity("a#0", "Ines Orsk", "person", ("Orsk",), ("Harbour master",))
    crowd = LocalEntity("a#1", "the pilots", "unnamed")
    known = {"a#0": orsk, "a#1": crowd}
    record = Record(
        "q", "quote", "a", "body", 0, 0, 3, "Yes", 0, 3, attribution=Attribution("a#0", "Captain Orsk", role="widow")
    )
    assert called(record, known) == ("harbour", "master", "widow", "captain")
    assert called(replace(record, attribution=Attribution(None, "the reeve")), known) == ("reeve",)
    assert called(replace(record, attribution=None), known) == ()
    paragraph = replace(record, kind="paragraph", attribution=None, speakers=("a#1", "a#0", "a#9"))
    assert called(paragraph, known) == ("pilots", "harbour", "master")


NEWS = (
    Story("fees", [
        ("Drivers are cross.", Said("Parking fees stay", "Ines Orsk", as_written="she")),
        ("Shops are not.", Said("Parking was never free", "Bo Tarn")),
        ("Nobody asked.", Said("We read about the parking", "Dov Ilm", as_written="the coroner")),
    ], roles={"Ines Orsk": ("Mayor of Dunmore",), "Bo Tarn": ("spokesman for the mayor",)}),
    Story("gulls", [
        ("The gulls came back.", Said("Parking is for cars", "Ines Orsk")),
        ("They stayed.", Said("Nets do not help", "Ada Quill")),
    ], roles={"Ada Quill": ("mayor", "biologist")}, published="2024-03-07"),
)  # fmt: skip


@pytest.fixture
def filled(engine: Engine) -> Engine:
    with engine.rebuild() as writer:
        for story in NEWS:
            writer.add(indexed(story))
        writer.commit(tables(NEWS))
    return engine


def found(engine: Engine, query: str) -> list[str]:
    request = build_request([("q", query), ("sort", "oldest")]).request
    assert request.sort is Sort.OLDEST
    return sorted(match.id for match in engine.search(request).matches)


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        ("role:mayor", {"fees-q0", "fees-p0", "gulls-q1", "gulls-p1"}),
        ("role:MAYOR parking", {"fees-q0", "fees-p0"}),
        ('role:"mayor dunmore" kind:quote', {"fees-q0"}),
        ('role:"dunmore mayor" kind:quote', {"fees-q0"}),
        ("role:spokes*", {"fees-q1", "fees-p1"}),
        ("role:coroner", {"fees-q2"}),
        ("role:(biologist OR spokesman) kind:quote", {"fees-q1", "gulls-q1"}),
        ("kind:quote parking -role:mayor", {"fees-q1", "fees-q2", "gulls-q0"}),
        ("role:orsk", set()),
        ("role:may", set()),
    ],
)
def test_role_finds_what_was_said_by_whoever_the_article_calls_so(filled: Engine, query: str, ids: set[str]) -> None:
    assert found(filled, query) == sorted(ids)


def test_a_question_may_name_an_office(filled: Engine) -> None:
    request = build_request(
        [("q", question := "What did the mayor of Dunmore say about parking?"), ("kind", "quote")]
    ).request
    meant = read_again(filled, request, question)
    assert meant is not None
    assert as_typed(meant) == '(speaker:"mayor Dunmore" OR role:"mayor Dunmore") parking'
    assert [match.id for match in filled.search(replace(request, query=meant)).matches] == ["fees-q0"]


def test_a_quote_that_a_reader_gave_to_another_is_not_found_by_the_role_of_the_first(filled: Engine) -> None:
    with filled.update() as writer:
        writer.commit(replace(tables(NEWS), attributions={"fees-q0": "id-bo-tarn"}))
    assert found(filled, "role:mayor kind:quote") == ["gulls-q1"]
    with filled.update() as writer:
        writer.commit(tables(NEWS))
    assert found(filled, "role:mayor kind:quote") == ["fees-q0", "gulls-q1"]


def test_roles_stay_with_their_records_when_articles_come_and_go(filled: Engine) -> None:
    with filled.update() as writer:
        writer.delete("fees")
        writer.add(indexed(replace(NEWS[0], id="more", roles={"Bo Tarn": ("mayor",)})))
        writer.commit(tables([NEWS[1], replace(NEWS[0], id="more")]))
    assert found(filled, "role:mayor kind:quote") == ["gulls-q1", "more-q1"]
    assert not filled.check()
