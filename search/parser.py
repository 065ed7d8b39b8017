"""Query text to query tree: a small hand-written lexer and recursive-descent parser.

    query   = either
    either  = all { "OR" all }
    all     = item { ["AND"] item }
    item    = ("NOT" | "-") item | "(" either ")" | [field ":"] operand
    operand = word | word "*" | wild?ards* | word "~" | '"' words '"' ["~" number] | "(" either ")" after a field

Stray marks in plain words are read as a person meant them: a hyphen, colon, bracket or quotation mark that fits no rule is
passed over, an operator at an end is a word or nothing, an unclosed bracket ends with the query. What cannot be meant
otherwise is an error with its position.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from search.analysis import raw_words, words
from search.errors import QuerySyntaxError
from search.query import (
    And,
    FieldMatch,
    Fuzzy,
    MatchAll,
    MatchNone,
    Node,
    Not,
    Or,
    Phrase,
    Prefix,
    Unscored,
    Wildcard,
    Word,
)
from search.records import PREFIXES, Field

LONGEST = 2000
DEEPEST = 40
WIDEST_SLOP = 100

QUOTES = '"“”„«»‟'
"""Marks that open and close a phrase."""
_TOKEN = re.compile(rf"(?P<space>\s+)|(?P<open>\()|(?P<close>\))|(?P<quote>[{QUOTES}])|(?P<chunk>[^\s(){QUOTES}]+)")
_FIELD = re.compile(r"([a-z]+):", re.IGNORECASE)
_TOPIC = re.compile(r"medtop:\d{8}")
_SLOP = re.compile(r"~(\d+)")


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str  # open close word phrase
    text: str
    start: int
    slop: int = 0
    field: str = ""
    negated: bool = False


def parse(text: str) -> Node:
    """Read a query.

    Args:
        text: What the person typed.

    Returns:
        The tree; :class:`MatchAll` for nothing, :class:`MatchNone` for characters without a word.

    Raises:
        QuerySyntaxError: With the position of the trouble.
    """
    if len(text) > LONGEST:
        raise QuerySyntaxError(f"the query has {len(text):,} characters, more than {LONGEST:,}", LONGEST, "shorten it")
    if not text.strip():
        return MatchAll()
    node = _Parser(list(_lex(text)), text).parse()
    return MatchNone() if node is None else node


def read_as(node: Node) -> str:
    """Render a tree in the query language, operators and all; ``parse(read_as(tree)) == tree``."""
    return _render(node, inside=False)


def _lex(text: str) -> Iterator[_Token]:
    at, pending = 0, ("", False, -1)  # field, negated, start: of an operand that follows without a space
    while at < len(text):
        found = _TOKEN.match(text, at)
        if found is None:  # cannot be: the alternatives cover every character
            raise QuerySyntaxError("this character cannot be read", at)
        kind, at = str(found.lastgroup), found.end()
        field, negated, start = pending
        start = found.start() if start < 0 else start
        pending = ("", False, -1)
        if kind == "quote":
            closing = re.compile(f"[{QUOTES}]").search(text, at)
            if closing is None:
                pending = (field, negated, start) if field or negated else pending
                continue  # a stray mark
            inner, at = text[at : closing.start()], closing.end()
            slop = _SLOP.match(text, at)
            if slop:
                at = slop.end()
                if int(slop[1][:9]) > WIDEST_SLOP:
                    raise QuerySyntaxError(f"words can be at most {WIDEST_SLOP} apart", slop.start())
            yield _Token("phrase", inner, start, int(slop[1]) if slop else 0, field, negated)
        elif kind == "open":
            yield _Token("open", "(", start, 0, field, negated)
        elif kind == "close":
            yield _Token("close", ")", start)
        elif kind == "chunk":
            chunk = found[0]
            stripped = chunk.lstrip("-+")
            minus = negated or (chunk.startswith("-") and (start == found.start()))
            name = _FIELD.match(stripped)
            if not field and name and name[1].lower() in PREFIXES:
                field, stripped = name[1].lower(), stripped[name.end() :]
            following = text[at : at + 1]
            if stripped:
                yield _Token("word", stripped, start, 0, field, minus)
            elif following == "(" or (following and following in QUOTES):
                pending = (field, minus, start)
            elif field:
                yield _Token("word", field, start, 0, "", minus)


class _Parser:
    def __init__(self, tokens: list[_Token], text: str) -> None:
        self._tokens, self._text, self._at = tokens, text, 0

    def parse(self) -> Node | None:
        parts = []
        while self._at < len(self._tokens):
            parts.append(self._either(0))
            if self._peek("close"):
                self._at += 1  # a stray bracket
        return _together(And, [part for part in parts if part is not None])

    def _either(self, depth: int) -> Node | None:
        if depth > DEEPEST:
            raise QuerySyntaxError(f"brackets nested more than {DEEPEST} deep", self._tokens[self._at - 1].start)
        parts = [self._all(depth)]
        while self._operator("OR"):
            self._at += 1
            parts.append(self._all(depth))
        return _together(Or, [part for part in parts if part is not None])

    def _all(self, depth: int) -> Node | None:
        parts: list[Node] = []
        while self._at < len(self._tokens) and not self._peek("close") and not self._operator("OR"):
            if self._operator("AND"):
                self._at += 1
                continue
            if (part := self._item(depth)) is not None:
                parts.append(part)
        return _together(And, parts)

    def _item(self, depth: int) -> Node | None:
        turned = False
        while self._operator("NOT"):
            self._at += 1
            turned = not turned
        if self._at >= len(self._tokens) or self._peek("close"):
            return None
        token = self._tokens[self._at]
        self._at += 1
        if token.kind == "open":
            node = self._either(depth + 1)
            if self._peek("close"):
                self._at += 1
            if node is not None and token.field:
                node = _in_field(node, PREFIXES[token.field], token.start)
        else:
            node = _operand(token)
        return _negated(node) if node is not None and token.negated != turned else node

    def _peek(self, kind: str) -> bool:
        return self._at < len(self._tokens) and self._tokens[self._at].kind == kind

    def _operator(self, name: str) -> bool:
        """Whether an operator stands here; alone in its query it is a word."""
        if self._at >= len(self._tokens) or len(self._tokens) == 1:
            return False
        token = self._tokens[self._at]
        return token.kind == "word" and token.text == name and not token.field and not token.negated


def _operand(token: _Token) -> Node | None:
    if token.field:
        return _in_field_text(token)
    if token.kind == "phrase":
        found = raw_words(token.text)
        return Phrase(tuple(found), token.slop) if found else None
    text = token.text
    fuzzy = re.fullmatch(r"(.*?)~(\d*)", text)
    if fuzzy and len(found := raw_words(fuzzy[1])) == 1 and found[0] == fuzzy[1]:
        if fuzzy[2] not in ("", "1"):
            raise QuerySyntaxError("fuzzy words can be one letter off, not more", token.start, "write word~")
        return Fuzzy(found[0])
    if ("*" in text or "?" in text.rstrip("?")) and (node := _pattern(text)) is not None:
        return node
    found = raw_words(text)
    if not found:
        return None
    if len(found) > 1:
        return Phrase(tuple(found))
    return Word(found[0].lower() if found[0] in ("AND", "OR", "NOT") else found[0])


def _pattern(text: str) -> Node | None:
    """A prefix or wildcard; None when the rest is not one word."""
    if set(text) <= {"*"}:
        return MatchAll()
    parts = [part for part in re.split(r"[*?]+", text) if part]
    if any(raw_words(part) != [part] for part in parts):
        return None
    if text.endswith("*") and len(parts) == 1 and text.rstrip("*") == parts[0]:
        return Prefix(parts[0])
    return Wildcard(re.sub(r"\*+", "*", text))


def _in_field_text(token: _Token) -> Node:
    field = PREFIXES[token.field]
    prefix = token.text.endswith("*")
    text = token.text.rstrip("*")
    found = (text,) if _TOPIC.fullmatch(text) and token.field == "topic" else tuple(raw_words(text))
    if not found:
        raise QuerySyntaxError(f"{token.field}: has no word to look for", token.start, f"write {token.field}:WORD")
    if field.values:
        folded = " ".join(words(text))
        if not any(value == folded or (prefix and value.startswith(folded)) for value in field.values):
            raise QuerySyntaxError(
                f"{text!r} is no {token.field}", token.start, f"write one of {', '.join(field.values)}"
            )
    return FieldMatch(field.name, found, prefix)


def _in_field(node: Node, field: Field, start: int) -> Node:
    """``field:( ... )``: the field holds for every word in the brackets."""
    match node:
        case Word(text):
            return _in_field_text(_Token("word", text, start, field=field.prefix))
        case Phrase(found, 0):
            return _in_field_text(_Token("phrase", " ".join(found), start, field=field.prefix))
        case Prefix(text):
            return _in_field_text(_Token("word", f"{text}*", start, field=field.prefix))
        case And(children):
            return And(tuple(_in_field(child, field, start) for child in children))
        case Or(children):
            return Or(tuple(_in_field(child, field, start) for child in children))
        case Not(child):
            return _negated(_in_field(child, field, start))
        case FieldMatch() | MatchAll():
            return node
    raise QuerySyntaxError(f"{field.prefix}: takes words, phrases and word*", start)


def _negated(node: Node) -> Node:
    """Not the node; twice turned round is as it was."""
    return node.child if isinstance(node, Not) else Not(node)


def _together(kind: type[And] | type[Or], parts: list[Node]) -> Node | None:
    """One node of several, brackets that change nothing left out."""
    flat: list[Node] = []
    for part in parts:
        flat.extend(part.children if isinstance(part, kind) else (part,))
    if not flat:
        return None
    return flat[0] if len(flat) == 1 else kind(tuple(flat))


def _render(node: Node, inside: bool) -> str:
    match node:
        case MatchAll():
            return "*"
        case MatchNone():
            return '""'
        case Word(text):
            return text
        case Phrase(found, slop):
            return f'"{" ".join(found)}"' + (f"~{slop}" if slop else "")
        case Prefix(text):
            return f"{text}*"
        case Wildcard(pattern):
            return pattern
        case Fuzzy(text):
            return f"{text}~"
        case FieldMatch(field, found, prefix):
            name = next(prefix for prefix, known in PREFIXES.items() if known.name == field)
            value = " ".join(found)
            value = f"{value}*" if prefix else value
            return f"{name}:{value}" if len(found) == 1 else f'{name}:"{value}"'
        case Unscored(child):
            return _render(child, inside)
        case Not(child):
            return f"NOT {_render(child, inside=True)}"
        case And(children):
            joined = " AND ".join(_render(child, inside=True) for child in children)
        case Or(children):
            joined = " OR ".join(_render(child, inside=True) for child in children)
    return f"({joined})" if inside else joined
