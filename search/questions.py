"""Questions as people type them, such as "What did Tom Hale say about life jackets".

A query is read as it stands first. Only where that finds nothing (no quote), and it is words and quoted words that begin as a
question does, is it read once more, and whoever asked is told in one line. What else uses the query language is never changed.

==============================  =========================================================================
``what did NAME say about X``   what NAME said with all words of X, else with any of them
``what did NAME deny``          what is reported of NAME with this cue
``what did the mayor say ...``  what was said by whoever is called mayor, in that article or by name
any other question              what has all its words but those that only ask ("who", "did", "the", "say")
==============================  =========================================================================

Word lists are closed classes of English and the few verbs that ask for speech; no parser, nothing learned.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from search.analysis import fold, raw_words
from search.asking import SearchRequest
from search.engine import Engine
from search.parser import parse, read_as
from search.query import And, FieldMatch, Node, Or, Phrase, Word
from search.roles import QUALIFIERS, TITLES

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
_DETERMINERS = frozenset("a an the this that these those his her their its our my your any some".split())
_BEHIND_HEADS = frozenset("of in on at to for from by with".split())
_LONGEST_NAME = 6  # words
_GRAMMAR = re.compile(r"[()]|\b(?:AND|OR|NOT)\b")
_QUOTED = re.compile(r'["“”„«»‟]([^"“”„«»‟]*)["“”„«»‟]')

_Asked = Sequence[Word | Phrase]
"""A question, word by word; what stands in quotation marks is one phrase."""


def read_again(engine: Engine, request: SearchRequest, text: str) -> Node | None:
    """How a query that found nothing is read as a question, or None where that finds nothing either.

    Args:
        engine: Where it was asked.
        request: The search that found nothing; its filters hold on.
        text: The query as typed.
    """
    found = first_that_finds(engine, request, readings(text))
    return found[0] if found else None


def first_that_finds(engine: Engine, request: SearchRequest, nodes: Iterable[Node]) -> tuple[Node, int] | None:
    """The first of some queries that finds anything in place of a request's own, with the number of records; else None."""
    for node in nodes:
        again = replace(request, query=node, per_page=0, page=1, cursor="", facets=(), distinct=False)
        if total := engine.search(again).total:
            return node, total
    return None


def readings(text: str) -> Iterator[Node]:
    """Ways to read a question, the most telling first; none for what is no question or uses the query language."""
    asked = _parts_of_question(text)
    if asked:
        yield from dict.fromkeys([*_of_somebody(asked), *_without_asking(asked)])


def whom_asked(text: str) -> Iterator[Node]:
    """Ways to mean whom a question asks about, whatever they said; of anything else none."""
    asked = _parts_of_question(text)
    if asked:
        yield from (_all([who, *map(Word, more)]) for who, more in _ways_to_mean(_who_about_what(asked)[0]))


def telling_parts(text: str) -> _Asked:
    """What of a question does not only ask; of anything else nothing."""
    return _without(_parts_of_question(text), _ASKING | _HELPING | _SMALL | _SAYING)


def as_typed(node: Node) -> str:
    """A reading in the query language, as somebody would type it."""
    return read_as(node).replace(" AND ", " ")


def _of_somebody(asked: _Asked) -> Iterator[Node]:
    name, verb, rest = _who_about_what(asked)
    topic = _without(rest, _ASKING | _HELPING | _SAYING | _SMALL)
    for who, more in _ways_to_mean(name):
        said = [who, *map(Word, more)]
        if verb in _TELLING:  # as it stands after "did" it is the form that the cue's facet has
            yield _all([who, FieldMatch("cue", (verb,)), *said[1:], *topic])
        yield _all([*said, *topic])
        if len(topic) > 1:
            yield And((*said, Or(tuple(topic))))


def _without_asking(asked: _Asked) -> Iterator[Node]:
    for dropped in (_SAYING, _SAYING | _TELLING):
        if left := _without(asked, _ASKING | _HELPING | _SMALL | dropped):
            yield _all(left)


def _parts_of_question(text: str) -> _Asked:
    parts = list(_parts(text))
    opening = _ASKING | (_HELPING if text.rstrip().endswith("?") else _OPENING)
    if not parts or _GRAMMAR.search(text) or _bare(parts[0]) not in opening:
        return []
    node = parse(text)
    read = node.children if isinstance(node, And) else (node,)
    plain = all(isinstance(part, Word) or (isinstance(part, Phrase) and not part.slop) for part in read)
    return parts if plain else []


def _parts(text: str) -> Iterator[Word | Phrase]:
    at = 0
    for found in _QUOTED.finditer(text):
        yield from map(Word, raw_words(text[at : found.start()]))
        if quoted := raw_words(found[1]):
            yield Phrase(tuple(quoted))
        at = found.end()
    yield from map(Word, raw_words(text[at:]))


def _who_about_what(asked: _Asked) -> tuple[list[str], str, _Asked]:
    """Of "what did the premier Ann Lee say about rents" the name, the verb and what follows it; else nothing.

    Quotation marks around a name say that it is one, and change nothing else.
    """
    bare = list(map(_bare, asked))
    contracted = isinstance(asked[0], Word) and bare[0] != fold(asked[0].text)  # "what's"
    helping = 0 if contracted else next((at for at, word in enumerate(bare) if word in _HELPING), None)
    if helping is None:
        return [], "", []
    verb = next((at for at in range(helping + 2, len(bare)) if bare[at] in _SAYING | _TELLING), None)
    if verb is None:
        return [], "", []
    name = [_owner(word) for part in asked[helping + 1 : verb] for word in _words(part)]
    return (name, bare[verb], asked[verb + 1 :]) if len(name) <= _LONGEST_NAME else ([], "", [])


def _ways_to_mean(name: Sequence[str]) -> Iterator[tuple[Node, Sequence[str]]]:
    """Whom a name or a description means, and which of its words rather tell of what; the most telling way first.

    =========================================  ==================================================================
    "Ann Lee", "the Harbour Board"             who is named so
    "the premier Ann Lee", "Mayor Lee"         Ann Lee, Lee: titles go before names
    "the mayor", "the chief executive"         who is named so, and who is called so in the article
    "police", "vaughn"                         who is named so; else the same
    "the mayor of Dunmore", "Dunmore's mayor"  the same; else the mayor, in what has the word Dunmore
    =========================================  ==================================================================
    """
    link = next((at for at, word in enumerate(name) if at and fold(word) in _BEHIND_HEADS), len(name))
    front = [word for word in name[:link] if fold(word) not in _SMALL]
    told = [word for word in name if fold(word) not in _SMALL]
    if not front:
        return
    determined, head = fold(name[0]) in _DETERMINERS, front[-1]
    if _is_office(front, determined) or (head.islower() and determined):
        yield _called(told), ()
        held = _offices_at_end(front) or [head]
        if others := [word for word in told if word not in held]:
            yield _called(held), others
        elif len(told) > 1 and not QUALIFIERS.intersection(map(fold, told)):  # "Mayor King"
            yield _called([head]), ()
        return
    own = _own_name(front)
    if own == front or determined or head.islower():  # or perhaps a name that nobody troubled to write large
        yield _named(told), ()
    if head.islower():
        yield _called(told), ()
    yield _named(own), ()


def _is_office(front: Sequence[str], determined: bool) -> bool:
    """Whether a description ends in an office: "harbour master", "the Chief Financial Officer", not "Ada May King"."""
    head, bare = front[-1], any(fold(word) not in TITLES | QUALIFIERS for word in front)
    return fold(head) in TITLES and (head.islower() or not bare or (determined and not front[0].islower()))


def _offices_at_end(front: Sequence[str]) -> list[str]:
    """Of "Norland Attorney General" the last two words: one office."""
    begin = next((at for at in range(len(front), 0, -1) if fold(front[at - 1]) not in TITLES | QUALIFIERS), 0)
    return list(front[begin:])


def _own_name(front: Sequence[str]) -> list[str]:
    """What stands behind titles, and behind common words before a name: of "union president Tom Hale" the last two."""
    begin = 0
    for at, word in enumerate(front[:-1]):
        if fold(word) in TITLES | QUALIFIERS or (word.islower() and at == begin):
            begin = at + 1
    return list(front[begin:])


def _named(words: Sequence[str]) -> Node:
    return FieldMatch("speaker", tuple(words))


def _called(words: Sequence[str]) -> Node:
    return Or((FieldMatch("speaker", tuple(words)), FieldMatch("role", tuple(words))))


def _without(asked: _Asked, dropped: frozenset[str]) -> list[Word | Phrase]:
    kept = [part for part in asked if _bare(part) not in dropped]
    return [Word(_owner(part.text)) if isinstance(part, Word) else part for part in kept]


def _words(part: Word | Phrase) -> tuple[str, ...]:
    return part.words if isinstance(part, Phrase) else (part.text,)


def _bare(part: Word | Phrase) -> str:
    """``what's`` as ``what``, ``didn't`` as ``did``; of quoted words nothing, for they do not ask."""
    if isinstance(part, Phrase):
        return ""
    folded = fold(part.text).replace("’", "'")
    return folded.removesuffix("n't") if folded.endswith("n't") else folded.partition("'")[0]


def _owner(word: str) -> str:
    """``Lee's`` as ``Lee``."""
    return re.sub(r"['’]s$", "", word)


def _all(parts: Sequence[Node]) -> Node:
    return parts[0] if len(parts) == 1 else And(tuple(parts))
