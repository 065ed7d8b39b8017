"""Questions as people type them, such as "What did Tom Hale say about life jackets".

A query is read as it stands first. Only where that finds nothing (no quote), and it is plain words that begin as a question
does, is it read once more, and whoever asked is told in one line. What uses the query language is never changed.

=============================  ==========================================================================
``what did NAME say about X``  what NAME said with all words of X, else with any of them
``what did NAME deny``         what is reported of NAME with this cue
any other question             what has all its words but those that only ask ("who", "did", "the", "say")
=============================  ==========================================================================

Word lists are closed classes of English and the few verbs that ask for speech; no parser, nothing learned.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from search.analysis import fold, raw_words
from search.asking import SearchRequest
from search.engine import Engine
from search.parser import parse, read_as
from search.query import And, FieldMatch, Node, Or, Phrase, Word

_ASKING = frozenset("what who whom whose which when where why how".split())
_OPENING = frozenset("did does do has have had is are was were".split())
_HELPING = _OPENING | frozenset("will would can could should may might".split())  # these open names too: "Will", "May"
_SAYING = frozenset(
    "say says said saying tell tells told telling speak speaks spoke spoken talk talks talked talking think thinks thought mention"
    " mentions mentioned comment comments commented remark remarks remarked state states stated".split()
)
"""Verbs, and nouns beside them, that ask for speech and tell nothing of it."""
_TELLING = frozenset(
    "claim claims claimed argue argues argued announce announces announced promise promises promised deny denies denied warn warns"
    " warned explain explains explained ask asks asked suggest suggests suggested reply replies replied respond responds responded"
    " react reacts reacted admit admits admitted insist insists insisted call calls called want wants wanted criticise criticises"
    " criticised criticize criticizes criticized position positions view views opinion opinions stance reaction response statement".split()
)
"""The same, but telling how it was said: they may be words that were looked for."""
_SMALL = frozenset(
    "a an the this that these those it its they them their he him his she her i me my we us our you your there of in on at to for"
    " from by with about regarding concerning over against and or as so any some anyone anybody anything someone somebody everyone"
    " people ever been be being exactly else many much".split()
)
_BEFORE_NAMES = frozenset(
    "mr mrs ms miss dr prof professor president prime minister premier mayor senator governor councillor chief chancellor secretary"
    " judge justice king queen sir lord lady captain general sergeant coach mp former".split()
)
_LONGEST_NAME = 6  # words
_GRAMMAR = re.compile(r'[()"“”„«»‟]|\b(?:AND|OR|NOT)\b')


def read_again(engine: Engine, request: SearchRequest, text: str) -> Node | None:
    """How a query that found nothing is read as a question, or None where that finds nothing either.

    Args:
        engine: Where it was asked.
        request: The search that found nothing; its filters hold on.
        text: The query as typed.
    """

    def finds(node: Node) -> bool:
        again = replace(request, query=node, per_page=0, page=1, cursor="", facets=(), distinct=False)
        return engine.search(again).total > 0

    return next(filter(finds, readings(text)), None)


def readings(text: str) -> Iterator[Node]:
    """Ways to read a question, the most telling first; none for what is no question or uses the query language."""
    asked = _words_of_question(text)
    if asked:
        yield from dict.fromkeys([*_of_somebody(asked), *_without_asking(asked)])


def _of_somebody(asked: Sequence[str]) -> Iterator[Node]:
    name, verb, rest = _who_about_what(asked)
    if not name:
        return
    said: list[Node] = [FieldMatch("speaker", tuple(name))]
    topic: list[Node] = [Word(word) for word in _without(rest, _ASKING | _HELPING | _SAYING | _SMALL)]
    if verb in _TELLING:  # as it stands after "did" it is the form that the cue's facet has
        yield _all([*said, FieldMatch("cue", (verb,)), *topic])
    yield _all([*said, *topic])
    if len(topic) > 1:
        yield And((*said, Or(tuple(topic))))


def _without_asking(asked: Sequence[str]) -> Iterator[Node]:
    for dropped in (_SAYING, _SAYING | _TELLING):
        if left := _without(asked, _ASKING | _HELPING | _SMALL | dropped):
            yield _all([Word(word) for word in left])


def telling_words(text: str) -> list[str]:
    """The words of a question that do not only ask; of anything else none."""
    return _without(_words_of_question(text), _ASKING | _HELPING | _SMALL | _SAYING)


def as_typed(node: Node) -> str:
    """A reading in the query language, as somebody would type it."""
    return read_as(node).replace(" AND ", " ")


def _words_of_question(text: str) -> list[str]:
    words = raw_words(text)
    opening = _ASKING | (_HELPING if text.rstrip().endswith("?") else _OPENING)
    if not words or _GRAMMAR.search(text) or _bare(words[0]) not in opening:
        return []
    node = parse(text)
    parts = node.children if isinstance(node, And) else (node,)
    return words if all(isinstance(part, Word | Phrase) for part in parts) else []


def _who_about_what(words: Sequence[str]) -> tuple[list[str], str, list[str]]:
    """Of "what did the premier Ann Lee say about rents" the name, the verb and what follows it; else nothing."""
    bare = [_bare(word) for word in words]
    helping = 0 if bare[0] != fold(words[0]) else next((at for at, word in enumerate(bare) if word in _HELPING), None)
    if helping is None:
        return [], "", []
    verb = next((at for at in range(helping + 2, len(bare)) if bare[at] in _SAYING | _TELLING), None)
    if verb is None or verb - helping - 1 > _LONGEST_NAME:
        return [], "", []
    name = _without(words[helping + 1 : verb], _SMALL)
    return (_without(name, _BEFORE_NAMES) or name), bare[verb], list(words[verb + 1 :])


def _without(words: Sequence[str], dropped: frozenset[str]) -> list[str]:
    return [_owner(word) for word in words if _bare(word) not in dropped]


def _bare(word: str) -> str:
    """``what's`` as ``what``, ``didn't`` as ``did``."""
    folded = fold(word).replace("’", "'")
    return folded.removesuffix("n't") if folded.endswith("n't") else folded.partition("'")[0]


def _owner(word: str) -> str:
    """``Lee's`` as ``Lee``."""
    return re.sub(r"['’]s$", "", word)


def _all(parts: Sequence[Node]) -> Node:
    return parts[0] if len(parts) == 1 else And(tuple(parts))
