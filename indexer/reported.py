"""Reported speech in one sentence: which words are the clause that a cue reports.

The mayor said (that) the dam would hold on Monday.      after the cue:   the dam would hold on Monday
The dam would hold, the mayor said.                       before the cue:  The dam would hold
The dam, she said, would hold.                            around the cue:  two parts
According to the mayor, the dam would hold.               after "according to" and its comma
The dam would hold, according to the mayor.               before it
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from indexer.adjuncts import MONTHS, STOPS, skip_adjuncts
from indexer.clause_ends import ends
from indexer.clause_starts import clause_start
from indexer.clauses import FoundCue, Word
from indexer.verbs import clause_verb, is_finite

_LONGEST_SUBJECT = 18
_INVERTED = frozenset(
    "say add write explain note warn argue tweet recall reply conclude announce predict insist report".split()
)
_EVIDENCE_WITHIN = 9
_EVIDENCE = frozenset(
    "study studies survey surveys poll polls polling report reports review audit investigation investigators inquiry analysis research researchers "
    "scientists authors data figures numbers statistics documents records results findings tests filings emails e-mails papers transcripts "
    "court courts jury jurors judge judges tribunal inquest hearing trial panel commission committee coroner watchdog ombudsman ombudsperson "
    "auditor auditors ruling census".split()
)
_LONGEST_LISTENER = 9
_NO_LISTENER = frozenset("that to if whether how why what he she they it i we there".split())
_APPOSITION = frozenset("a an the one his her their its".split())
_NO_SECOND_PART = frozenset("who which adding according citing but and".split())


@dataclass(frozen=True, slots=True)
class Clause:
    """A reported clause: words ``first`` to ``last`` (inclusive) of the sentence, and the cue that reports it."""

    first: int
    last: int
    cue: FoundCue
    rule: str
    open_end: bool = False
    """Whether the end was looked for from the beginning on, and not given by the cue that stands behind."""


def find_clauses(words: Sequence[Word], cues: Sequence[FoundCue]) -> Iterator[Clause]:
    """The reported clauses of one sentence, cue by cue; they may overlap, the caller chooses."""
    for cue in cues:
        if cue.cue.frame == "acc":
            yield from _according_to(words, cue, cues)
        elif cue.cue.frame not in ("belief", "noun") and (cue.cue.frame != "find" or _is_evidence(words, cue)):
            yield from _verb(words, cue, cues)


def _is_evidence(words: Sequence[Word], cue: FoundCue) -> bool:
    """Whether the subject of "find", "show" or "hear" is one that reports: a study found, documents show, the court heard.

    Not: the team found a way, the show went on.
    """
    return any(
        word.lower in _EVIDENCE and word.quoted < 0 for word in words[max(cue.begin - _EVIDENCE_WITHIN, 0) : cue.begin]
    )


def _according_to(words: Sequence[Word], cue: FoundCue, cues: Sequence[FoundCue]) -> Iterator[Clause]:
    """The clause stands on the other side of the comma, or of the source's name, by one of three rules.

    "according to, clause after":   According to the mayor, the dam would hold.   ->  the dam would hold
    "according to, clause before":  The dam would hold, according to the mayor.   ->  The dam would hold
    "according to, clause around":  The dam, according to the mayor, would hold.  ->  The dam; would hold
    """
    following = words[cue.last + 1].lower if cue.last + 1 < len(words) else ""
    if following in ("which", "whom", "plan"):
        return
    if cue.first == 0 or (cue.first == 1 and words[0].lower in ("and", "but", "yet", "still", "“")):
        comma = _next(words, cue.last + 1, ",")
        if comma is not None and comma + 1 < len(words) and words[comma + 1].lower in ("which", "who", "whose"):
            comma = _next(words, comma + 1, ",")  # "According to the wire, which cited a clerk, the dam would hold."
        if comma is not None and comma - cue.last <= 2 * _LONGEST_SUBJECT:
            last = ends(words, comma + 1, "according to, clause after", cues)
            if last - comma >= 3:
                yield Clause(comma + 1, last, cue, "according to, clause after", True)
        return
    end = cue.first - 1
    while end >= 0 and words[end].text == ",":
        end -= 1
    begin = _clause_begin(words, end)
    comma = _next(words, cue.last + 1, ",")
    parted = comma is not None and comma - cue.last <= _LONGEST_SUBJECT and comma + 2 < len(words)
    if parted and comma is not None and words[comma + 1].quoted < 0 and is_finite(words, comma + 1):
        yield Clause(begin, end, cue, "according to, clause around")
        last = ends(words, comma + 1, "according to, clause around", cues)
        if last > comma + 1:
            yield Clause(comma + 1, last, cue, "according to, clause around", True)
    elif end - begin >= 2:
        yield Clause(begin, end, cue, "according to, clause before")


def _verb(words: Sequence[Word], cue: FoundCue, cues: Sequence[FoundCue]) -> Iterator[Clause]:
    """A verb's clause: behind it, else before it."""
    if _after_quote(words, cue):
        return
    if start := clause_start(words, cue):
        first, rule = start
        last = ends(words, first, rule, cues)
        leads = cue.begin == 0 and (cue.cue.frame == "ask" or words[cue.first].lower.endswith("ing"))
        if leads and (comma := _next(words, first + 2, ",")) is not None:
            last = min(
                last, comma - 1
            )  # "Asked if the dam would hold, Hale shrugged." "Noting that it held, Hale left."
        if last > first:
            yield Clause(first, last, cue, rule, True)
            return
    yield from _before(words, cue, cues)


def _after_quote(words: Sequence[Word], cue: FoundCue) -> bool:
    """Whether a cue closes a quote, so that what comes next is no clause: “We won,” said Tom Hale on the quay."""
    if words[cue.first].lower.endswith("ing"):
        return False
    at = cue.begin - 1
    if words[at].lower in ("and", "but"):
        return False  # called it “a shame,” but said the dam would hold
    while at >= 0 and words[at].quoted < 0 and words[at].text not in STOPS and cue.begin - at < _LONGEST_SUBJECT:
        if words[at].text == "," and at > 0 and words[at - 1].quoted >= 0:
            return True
        at -= 1
    return at > 0 and words[at].quoted >= 0 and words[at - 1].text in ",?!—–-…"


def _before(words: Sequence[Word], cue: FoundCue, cues: Sequence[FoundCue]) -> Iterator[Clause]:
    """Rules "clause before" and "clause around the cue": the cue with its subject closes the clause, or parts it.

    The dam would hold, the mayor said on Monday.  ->  The dam would hold
    The dam, she said, would hold.                 ->  The dam; would hold
    """
    at = skip_adjuncts(words, cue.last + 1)
    if cue.cue.frame == "tell":
        at = _past_listener(words, at)
    inverted = cue.begin > 0 and words[cue.begin - 1].text == "," and cue.cue.lemma in _INVERTED
    if cue.cue.frame in ("name", "expr") or (at < len(words) and words[at].text not in ".,;?!—–" and not inverted):
        return
    ahead = at + 1 if at < len(words) and words[at].text in ",:" else at
    if ahead < len(words) and words[ahead].quoted >= 0:
        return
    comma = cue.begin - 1 if inverted else _comma_before(words, cue)
    if comma is None or comma < 1 or words[comma - 1].quoted >= 0:
        return
    begin = _clause_begin(words, comma - 1)
    after = at
    while after < len(words) and words[after].text not in ",.;?!—–" and words[after].quoted < 0:
        after += 1
    parted = after + 2 < len(words) and words[after].text == "," and words[after + 1].quoted < 0
    whole = inverted and clause_verb(words[:comma], begin, 60)  # "The dam would hold, said Ann Lee, a diver from Oak."
    if parted and not whole and words[after + 1].lower not in _NO_SECOND_PART:
        if clause_verb(words, begin - 1, 60) or clause_verb(words, after, 20):
            yield Clause(begin, comma - 1, cue, "clause around the cue")
            last = ends(words, after + 1, "clause around the cue", cues)
            if last > after + 1:
                yield Clause(after + 1, last, cue, "clause around the cue", True)
    elif comma - begin >= 3 and _has_verb(words, begin, comma):
        yield Clause(begin, comma - 1, cue, "clause before")


def _past_listener(words: Sequence[Word], at: int) -> int:
    """From a listener to the mark behind: "The dam would hold, he told the Harbour News on Monday."; else the same place."""
    for number in range(at, min(at + _LONGEST_LISTENER, len(words))):
        if words[number].quoted >= 0 or words[number].lower in _NO_LISTENER:
            return at
        if words[number].text in ".,;":
            return number
    return at


def _has_verb(words: Sequence[Word], begin: int, end: int) -> bool:
    """Whether one of the parts of a stretch of words is a clause."""
    parts = [begin, *(n + 1 for n in range(begin, end) if words[n].text in ",—–()")]
    return any(clause_verb(words[:end], part, 60) or (part > begin and is_finite(words, part)) for part in parts)


def _comma_before(words: Sequence[Word], cue: FoundCue) -> int | None:
    """The comma between a clause and the subject of its cue."""
    depth = 0
    for number in range(cue.begin - 1, max(cue.begin - _LONGEST_SUBJECT, -1), -1):
        word = words[number]
        if word.quoted >= 0 or word.text in STOPS or word.lower in ("that", "because", "if", "when"):
            return None
        if word.text == ",":
            if number == cue.begin - 1 and depth == 0:  # "Hale, the captain, said": the comma closes an apposition
                depth = 1
                continue
            if depth == 1:
                depth = 2
                continue
            return number
    return None


def _clause_begin(words: Sequence[Word], last: int) -> int:
    """First word of the clause that ends with ``last``: the sentence's, past a dateline, a semicolon or a leading mark."""
    begin = 0
    for number in range(last):
        mark = words[number]
        if (
            mark.text == ";"
            and mark.quoted < 0
            or (
                number < 14
                and mark.text in ("—", "–", "--")
                and all(w.text[0].isupper() or not w.text[0].isalpha() or w.lower in MONTHS for w in words[:number])
            )
        ):
            begin = number + 1
    while begin < last and words[begin].text in ";,:•*-–—":
        begin += 1
    return begin


def _next(words: Sequence[Word], at: int, mark: str) -> int | None:
    for number in range(at, len(words)):
        if words[number].text == mark and words[number].quoted < 0:
            return number
    return None
