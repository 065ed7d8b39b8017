"""Reported speech in one sentence: which words are the clause that a cue reports.

The mayor said (that) the dam would hold on Monday.      after the cue:   the dam would hold on Monday
The dam would hold, the mayor said.                       before the cue:  The dam would hold
The dam, she said, would hold.                            around the cue:  two parts
According to the mayor, the dam would hold.               after "according to" and its comma
The dam would hold, according to the mayor.               before it
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from indexer.adjuncts import STOPS
from indexer.clause_ends import ends
from indexer.clause_starts import clause_start
from indexer.clauses import Clause, FoundCue, FoundCues, Word
from indexer.clauses_before import LONGEST_SUBJECT, clauses_before, closed_by_quote
from indexer.sourced_clauses import according_to, as_reported, next_mark
from indexer.subject_starts import ends_title
from indexer.verbs import clause_verb

_ANEW = frozenset("while whereas although though but and".split())
"""What opens a clause of its own behind quoted words: called it “mad,” *while* Hale called it “odd”."""
_CLOSING = frozenset("\"”’'»")
_EVIDENCE_WITHIN = 9
_LISTENER_WITHIN = 7
_EVIDENCE = frozenset(
    "study studies survey surveys poll polls polling report reports review audit investigation investigators inquiry analysis research researchers "
    "scientists authors data figures numbers statistics minutes documents records results findings tests filings emails e-mails papers transcripts "
    "court courts jury jurors judge judges tribunal inquest hearing trial panel commission committee coroner watchdog ombudsman ombudsperson "
    "auditor auditors ruling census autopsy autopsies coroners postmortem".split()
)


def find_clauses(words: Sequence[Word], cues: FoundCues) -> Iterator[Clause]:
    """The reported clauses of one sentence, cue by cue; they may overlap, the caller chooses."""
    for cue in cues:
        if cue.cue.frame == "acc":
            yield from according_to(words, cue, cues)
        elif cue.cue.frame not in ("belief", "noun") and (cue.cue.frame != "find" or _is_evidence(words, cue)):
            yield from _verb(words, cue, cues)


def _is_evidence(words: Sequence[Word], cue: FoundCue) -> bool:
    """Whether the subject of "find", "show" or "hear" is one that reports: a study found, documents show, the court heard.

    Not: the team found a way, the show went on. Whoever finds "that" something is so, reports, and so do "they", who were
    brought in before: they found there was a leak.
    """
    if cue.last + 1 < len(words) and words[cue.last + 1].lower == "that":
        return True
    if cue.begin and words[cue.begin - 1].lower in ("they", "it") and cue.cue.lemma == "find":
        return clause_verb(words, cue.last + 1)
    return any(
        word.lower in _EVIDENCE and word.quoted < 0 for word in words[max(cue.begin - _EVIDENCE_WITHIN, 0) : cue.begin]
    )


def _verb(words: Sequence[Word], cue: FoundCue, cues: FoundCues) -> Iterator[Clause]:
    """A verb's clause: behind it, else before it."""
    if _after_quote(words, cue, cues):
        yield from closed_by_quote(words, cue, cues)
        return
    found = list(as_reported(words, cue, cues))
    if found:
        yield from found
        return
    if start := clause_start(words, cue):
        first, rule = start
        last = ends(words, first, rule, cues)
        leads = cue.begin == 0 and (cue.cue.frame == "ask" or words[cue.first].lower.endswith("ing"))
        if leads and (comma := next_mark(words, first + 2, ",")) is not None:
            last = min(
                last, comma - 1
            )  # "Asked if the dam would hold, Hale shrugged." "Noting that it held, Hale left."
        if last > first:
            yield Clause(first, last, cue, rule, True)
            if rule != "clause without that" or clause_verb(words, first - 1):
                return  # else "The dam would hold, the mayor said after the vote": both are proposed
    yield from clauses_before(words, cue, cues)


def _tells_that(words: Sequence[Word], cue: FoundCue) -> bool:
    """Whether more is told behind a quote: “It holds,” she told Harbour News *that* it would hold."""
    for word in words[cue.last + 1 : cue.last + _LISTENER_WITHIN]:
        if word.lower == "that":
            return True
        if word.quoted >= 0 or word.text in STOPS or word.text == ",":
            return False
    return False


def _after_quote(words: Sequence[Word], cue: FoundCue, cues: FoundCues) -> bool:
    """Whether a cue closes a quote, so that what comes next is no clause: “We won,” said Tom Hale on the quay.

    Not where another cue has closed it: “We won,” said Tom Hale, who added that it was late.
    """
    if words[cue.first].lower.endswith("ing"):
        return False
    at = cue.begin - 1
    if words[at].lower in ("and", "but") or (cue.last + 1 < len(words) and words[cue.last + 1].lower == "that"):
        return (
            False  # called it “a shame,” but said the dam would hold; in her book “The Quay,” she wrote that it would
        )
    others = {other.first for other in cues} if len(cues) > 1 else ()
    while at >= 0 and words[at].quoted < 0 and words[at].text not in STOPS and cue.begin - at < LONGEST_SUBJECT:
        if words[at].text == "," and at > 0 and words[at - 1].quoted >= 0:
            return words[at + 1].lower not in _ANEW and not ends_title(words, at - 1)
        if at in others:
            return False
        at -= 1
    if at < 1 or words[at].quoted < 0 or words[at + 1].lower in _ANEW:
        return False
    if ends_title(words, at) or (cue.cue.frame == "tell" and _tells_that(words, cue)):
        return False
    while at and words[at].text in _CLOSING and words[at].quoted >= 0:
        at -= 1
    return words[at].text in ",?!—–-…"
