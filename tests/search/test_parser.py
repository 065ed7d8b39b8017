"""Query text to tree: what is meant, whatever is typed."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.errors import QuerySyntaxError
from search.parser import DEEPEST, LONGEST, parse, read_as
from search.query import And, FieldMatch, Fuzzy, MatchAll, MatchNone, Node, Not, Or, Phrase, Prefix, Wildcard, Word

CREW, FERRY, HARBOUR = Word("crew"), Word("ferry"), Word("harbour")


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("", MatchAll()),
        ("   ", MatchAll()),
        ("*", MatchAll()),
        ("...", MatchNone()),
        ('""', MatchNone()),
        ("crew", CREW),
        ("crew ferry", And((CREW, FERRY))),
        ("crew AND ferry", And((CREW, FERRY))),
        ("crew OR ferry", Or((CREW, FERRY))),
        ("crew ferry OR harbour", Or((And((CREW, FERRY)), HARBOUR))),
        ("crew (ferry OR harbour)", And((CREW, Or((FERRY, HARBOUR))))),
        ("crew NOT ferry", And((CREW, Not(FERRY)))),
        ("crew -ferry", And((CREW, Not(FERRY)))),
        ("-(crew OR ferry)", Not(Or((CREW, FERRY)))),
        ("NOT NOT crew", CREW),
        ("-(-crew)", CREW),
        ('"the old ferry"', Phrase(("the", "old", "ferry"))),
        ("“the old ferry”", Phrase(("the", "old", "ferry"))),
        ("«the old ferry»", Phrase(("the", "old", "ferry"))),
        ('-"old ferry"', Not(Phrase(("old", "ferry")))),
        ('"old ferry"~5', Phrase(("old", "ferry"), 5)),
        ("ferr*", Prefix("ferr")),
        ("f?rr*y", Wildcard("f?rr*y")),
        ("*erry", Wildcard("*erry")),
        ("fery~", Fuzzy("fery")),
        ("fery~1", Fuzzy("fery")),
        ("speaker:Quill", FieldMatch("speaker", ("Quill",))),
        ("Speaker:Quill", FieldMatch("speaker", ("Quill",))),
        ('speaker:"Ada Quill"', FieldMatch("speaker", ("Ada", "Quill"))),
        ("speaker:Qui*", FieldMatch("speaker", ("Qui",), prefix=True)),
        ('speaker:"Ada Qui*"', FieldMatch("speaker", ("Ada", "Qui"), prefix=True)),
        ("-speaker:Quill", Not(FieldMatch("speaker", ("Quill",)))),
        ("speaker:(Quill OR Tarn)", Or((FieldMatch("speaker", ("Quill",)), FieldMatch("speaker", ("Tarn",))))),
        ("topic:medtop:01000000", FieldMatch("topic", ("medtop:01000000",))),
        ("kind:quote", FieldMatch("kind", ("quote",))),
    ],
)
def test_the_grammar(text: str, tree: Node) -> None:
    assert parse(text) == tree


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("crew - ferry", And((CREW, FERRY))),  # a dash between words
        ("crew -- ferry", And((CREW, FERRY))),
        ("harbour-crew", Phrase(("harbour", "crew"))),
        ("crew: ferry", And((CREW, FERRY))),  # a colon after a plain word
        ("crew:ferry", Phrase(("crew", "ferry"))),  # no such field
        ("http://ferry", Phrase(("http", "ferry"))),
        ("speaker: Quill", And((Word("speaker"), Word("Quill")))),
        ('crew "ferry', And((CREW, FERRY))),
        ('"crew', CREW),
        ("crew) ferry", And((CREW, FERRY))),
        ("(crew ferry", And((CREW, FERRY))),
        ("((crew", CREW),
        ("()", MatchNone()),
        ("crew OR", CREW),
        ("OR crew", CREW),
        ("crew NOT", CREW),
        ("AND", Word("and")),
        ("OR", Word("or")),
        ("crew or ferry", And((CREW, Word("or"), FERRY))),  # small letters are words
        ("why?", Word("why")),
        ("don't", Word("don't")),
        ("U.S.", Phrase(("U", "S"))),
        ("+crew", CREW),
        ("crew,ferry", Phrase(("crew", "ferry"))),
        ("crew & ferry", And((CREW, FERRY))),
        ("'crew'", CREW),
    ],
)
def test_stray_marks_are_read_as_a_person_means_them(text: str, tree: Node) -> None:
    assert parse(text) == tree


@pytest.mark.parametrize(
    ("text", "position"),
    [
        ("crew fery~2", 5),
        ('crew "old ferry"~999', 16),
        ("crew kind:song", 5),
        ("kind:(quote OR song)", 0),
        ("crew speaker:...", 5),
        ("speaker:(fery~)", 0),
        ("crew " + "(" * (DEEPEST + 1), 5 + DEEPEST),
        ("a" * (LONGEST + 1), LONGEST),
    ],
)
def test_what_cannot_be_meant_is_an_error_with_its_position(text: str, position: int) -> None:
    with pytest.raises(QuerySyntaxError) as raised:
        parse(text)
    assert raised.value.position == position
    assert f"character {position + 1} " in raised.value.happened


_PIECES = st.sampled_from(
    ["crew", "łódź", "ß", "the", "OR", "AND", "NOT", "-", "+", '"', "“", "”", "(", ")", "*", "?", "~", "~3", " ", "  ",
     "speaker:", "topic:", "kind:", "kind:quote", "medtop:01000000", "'", "’", "_", ".", ":", "日本", "\u0301", "\\", "\n"]
)  # fmt: skip
_TYPED = st.one_of(st.text(max_size=60), st.lists(_PIECES, max_size=16).map("".join))


@given(_TYPED)
@settings(max_examples=500, deadline=None)
def test_any_text_is_read_or_refused_with_a_position_and_reads_the_same_again(text: str) -> None:
    try:
        tree = parse(text)
    except QuerySyntaxError as error:
        assert 0 <= error.position <= len(text)  # noqa: PT017 - refusing is one of the two right answers
        return
    assert parse(read_as(tree)) == tree


_WORD = st.sampled_from(["crew", "ferry", "and", "isn't", "łódź", "42", "not"])
_LEAF: st.SearchStrategy[Node] = st.one_of(
    _WORD.map(Word),
    st.builds(Phrase, st.lists(_WORD, min_size=1, max_size=4).map(tuple), st.integers(0, 100)),
    _WORD.map(Prefix),
    st.sampled_from(["f?rry", "*erry", "f*y", "c?e?"]).map(Wildcard),
    _WORD.map(Fuzzy),
    st.builds(
        FieldMatch,
        st.sampled_from(["speaker", "mentions", "outlet", "author", "cue", "lang"]),
        st.lists(_WORD, min_size=1, max_size=3).map(tuple),
        st.booleans(),
    ),
    st.just(MatchAll()),
)


def _nested(children: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    def several(kind: type[And] | type[Or]) -> st.SearchStrategy[Node]:
        unlike = children.filter(lambda node: not isinstance(node, kind))
        return st.lists(unlike, min_size=2, max_size=4).map(lambda nodes: kind(tuple(nodes)))

    return st.one_of(several(And), several(Or), children.filter(lambda node: not isinstance(node, Not)).map(Not))


@given(st.recursive(_LEAF, _nested, max_leaves=12))
@settings(max_examples=300, deadline=None)
def test_every_tree_can_be_written_and_read(tree: Node) -> None:
    assert parse(read_as(tree)) == tree
