"""Clauses that stand before the cue that reports them, or on both sides of it.

The dam would hold, the mayor said on Monday.                  clause before
The dam, she said, would hold.                                 clause around the cue
The dam would hold, she said, but “only until May.”            clause before, and a quote of its own behind
The dam was “built to last,” said Orsk.                        clause before, closed by quoted words
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from indexer.adjuncts import MONTHS, PREPOSITIONS, STOPS, skip_adjuncts
from indexer.clause_ends import ends
from indexer.clause_limits import passes_on
from indexer.clauses import Clause, FoundCue, FoundCues, Word
from indexer.cues import cue_words
from indexer.verbs import clause_verb, contracted, is_finite, may_be_verb

LONGEST_SUBJECT = 18
_LONGEST_PHRASE = 14
_INVERTED = frozenset(
    "say add write explain note warn argue tweet recall reply conclude announce predict insist report".split()
)
_LONGEST_LISTENER = 9
_NO_LISTENER = frozenset("that to if whether how why what he she they it i we there".split())
_NO_SECOND_PART = frozenset("who which adding according citing".split())
_LEADS_IN = frozenset("and but or that because".split())
_TURNS = frozenset("however meanwhile moreover furthermore nonetheless nevertheless besides though".split())
"""Adverbs that turn from one sentence to the next and tell nothing alone."""
_NO_NOUNS = frozenset("so yet still then now well yes no when while if as".split())
_TURNING = frozenset("but while although though".split())
_LONGEST_OTHER = 5
_FEWEST = 2
_NO_SUBJECT = frozenset("her his its their my our your him them me us that to in on at for of with by".split())
_OPENS_CLAUSE = frozenset("that because if when who which whose whom what than".split())
_OCCASIONS = frozenset(
    "in at after before during on from via through outside following upon with inside over by when while as".split()
)
"""What leads to when and where something was said."""
_WHEN = frozenset("after before when while as".split())
_CAPITAL_INSIDE = frozenset("I I'm I've I'd I'll".split())


def clauses_before(words: Sequence[Word], cue: FoundCue, cues: FoundCues) -> Iterator[Clause]:
    """Rules "clause before" and "clause around the cue": the cue with its subject closes the clause, or parts it.

    The dam would hold, the mayor said on Monday.  ->  The dam would hold
    The dam, she said, would hold.                 ->  The dam; would hold
    """
    if cue.cue.frame in ("name", "expr") or _hangs_on(words, cue):
        return
    at = _behind(words, cue)
    inverted = _is_inverted(words, cue) and at != cue.last + 1
    if (at is None and not inverted) or _leads_to_quote(words, cue, at):
        return
    comma = cue.begin - 1 if inverted else _comma_before(words, cue)
    if comma is None or comma < 1 or words[comma - 1].quoted >= 0:
        return
    at = skip_adjuncts(words, cue.last + 1) if at is None else at
    begin = clause_begin(words, comma - 1)
    after = at
    while after < len(words) and words[after].text not in ",.;?!—–" and words[after].quoted < 0:
        after += 1
    parted = after + 2 < len(words) and words[after].text == "," and words[after + 1].quoted < 0
    # "The dam would hold, said Ann Lee, a diver from Oak." "The dam would hold, she said Friday, blaming the rain."
    ends_here = inverted or (parted and (_reports_more(words[after + 1]) or _others_say(words, after + 1, cues)))
    whole = ends_here and _has_verb(words, begin, comma)
    if parted and not whole and words[after + 1].lower not in _NO_SECOND_PART and not passes_on(words, after + 1):
        if inverted:
            return
        if clause_verb(words, begin - 1, 60) or clause_verb(words, after, 20) or may_be_verb(words[after + 1]):
            if not _leads_in(words, begin, comma - 1):
                yield Clause(begin, comma - 1, cue, "clause around the cue")
            last = ends(words, after + 1, "clause around the cue", cues)
            if last > after + 1 and all(other.last != last for other in cues):
                yield Clause(after + 1, last, cue, "clause around the cue", True)
    elif inverted and _is_apposed(words, begin, comma):
        return
    elif comma - begin >= _FEWEST and (
        _has_verb(words, begin, comma) or (words[begin].lower not in PREPOSITIONS and _goes_on_quoted(words, after))
    ):
        yield Clause(begin, comma - 1, cue, "clause before")


def _is_apposed(words: Sequence[Word], begin: int, comma: int) -> bool:
    """Whether a name and what it stands for are the subject of a cue: *Ann Hale, the head of the House*, announced a sale."""
    at = begin
    while at < comma and words[at].text[0].isupper():
        at += 1
    if at == begin or words[at].text != "," or at + 1 >= comma or words[at + 1].lower not in ("the", "a", "an"):
        return False
    return not any(words[number].text.islower() and is_finite(words, number) for number in range(at + 2, comma))


def _reports_more(word: Word) -> bool:
    """Whether a participle reports on, so that no clause goes on with it: the dam would hold, she said, *blaming* the rain."""
    return word.lower.endswith("ing") and word.lower in cue_words()


def _others_say(words: Sequence[Word], at: int, cues: FoundCues) -> bool:
    """Whether a conjunction leads to what somebody else says: the dam would hold, she said, *but the union says* it leaks."""
    return words[at].lower in _TURNING and any(at + 1 < cue.begin <= at + _LONGEST_OTHER for cue in cues)


def _leads_in(words: Sequence[Word], begin: int, last: int) -> bool:
    """Whether what stands before a cue between commas only leads to what stands behind it: *But*, she said, it will hold.

    It was mended in May *and*, she said, will hold. Not: *After that*, she said, it will hold.
    *However*, he added, the gates are old.
    """
    if begin == last and words[last].lower in _TURNS:
        return True
    if words[last].lower not in _LEADS_IN:
        return False
    return words[last].lower != "that" or (last > begin and words[last - 1].lower not in PREPOSITIONS)


def _goes_on_quoted(words: Sequence[Word], after: int) -> bool:
    """Whether quoted words go on with the sentence behind a cue and its comma: The gates, she said, “are as old as I am.”."""
    return after + 1 < len(words) and words[after].text == "," and words[after + 1].quoted >= 0


def _is_inverted(words: Sequence[Word], cue: FoundCue) -> bool:
    """Whether a cue may have its subject behind it: the dam would hold, said Orsk.

    Not: Orsk, 46, announced her candidacy. Orsk, in a post on the site, wrote: “It held.”
    """
    if cue.begin == 0 or words[cue.begin - 1].text != "," or cue.cue.lemma not in _INVERTED:
        return False
    return (
        cue.last + 1 < len(words) and words[cue.last + 1].lower not in _NO_SUBJECT and words[cue.last + 1].text != ":"
    )


def closed_by_quote(words: Sequence[Word], cue: FoundCue, cues: FoundCues) -> Iterator[Clause]:
    """Rule "clause before, quoted end": quoted words that end the sentence they stand in, with their cue behind them.

    The dam was “built to last,” Orsk said.  ->  The dam was “built to last”
    """
    if _hangs_on(words, cue):
        return
    end = cue.begin - 1
    while end >= 0 and words[end].quoted < 0 and cue.begin - end < LONGEST_SUBJECT:
        if words[end].text in STOPS or any(other.first == end for other in cues):
            return
        end -= 1
    if end < 1 or words[end].quoted < 0:
        return
    first = end
    while first > 0 and words[first - 1].quoted == words[end].quoted:
        first -= 1
    if first < 1 or words[first - 1].text in ":;.?!" or _begins_sentence(words, first, end):
        return
    begin = clause_begin(words, first - 1)
    if any(begin <= other.first < first and other.cue.frame != "judge" for other in cues):
        return
    if first - begin == 1 and words[begin].lower in _LEADS_IN | _NO_NOUNS:
        return
    if any(word.text[0].isalnum() for word in words[begin:first]):
        yield Clause(begin, end, cue, "clause before, quoted end")


def _hangs_on(words: Sequence[Word], cue: FoundCue) -> bool:
    """Whether a cue has no subject of its own to close a clause with: "the council met, saying", "to say"."""
    return words[cue.first].lower.endswith("ing") or (cue.first > 0 and words[cue.first - 1].lower == "to")


def _begins_sentence(words: Sequence[Word], first: int, end: int) -> bool:
    """Whether quoted words begin a sentence of their own: He shrugged, “The dam held,” he said."""
    while first < end and not words[first].text[0].isalnum():
        first += 1
    return words[first].text[0].isupper() and words[first].text not in _CAPITAL_INSIDE


def _leads_to_quote(words: Sequence[Word], cue: FoundCue, at: int | None) -> bool:
    """Whether a quote of its own stands behind a cue and its mark: "On the quay, she said, “We won.”"."""
    if at is None or at >= len(words):
        return False
    ahead = at + 1 if words[at].text in ",:" and words[at].quoted < 0 else at
    if ahead >= len(words) or words[ahead].quoted < 0:
        return False
    while ahead + 1 < len(words) and not words[ahead].text[0].isalnum():
        ahead += 1
    return words[at].text == ":" or words[ahead].text[0].isupper()


def _behind(words: Sequence[Word], cue: FoundCue) -> int | None:
    """The mark that closes a cue and its adjuncts, where one does: "she told the paper on Monday," "he said after the vote."."""
    at = skip_adjuncts(words, cue.last + 1)
    if cue.cue.frame == "tell":
        at = _past_listener(words, at)
    if at >= len(words) or (words[at].text in ".,;?!—–" and words[at].quoted < 0):
        return at
    if words[at].lower not in _OCCASIONS or cue.cue.frame not in ("say", "that", "tell"):
        return None
    tells_when = words[at].lower in _WHEN  # "Orsk said after the storm passed"
    for number in range(at, min(at + _LONGEST_PHRASE, len(words))):
        word = words[number]
        if word.quoted >= 0 or word.lower == "that" or (not tells_when and is_finite(words, number)):
            return None
        if word.text in ".,;?!—–":
            return number
    return None


def _past_listener(words: Sequence[Word], at: int) -> int:
    """From a listener to the mark behind: "The dam would hold, he told the Harbour News on Monday."; else the same place."""
    for number in range(at, min(at + _LONGEST_LISTENER, len(words))):
        if words[number].quoted >= 0 or words[number].lower in _NO_LISTENER:
            return at
        if words[number].text in ".,;":
            return number
    return at


def _has_verb(words: Sequence[Word], begin: int, end: int) -> bool:
    """Whether a stretch of words may be a clause: one behind its first has a verb's form."""
    return contracted(words[begin]) or any(map(may_be_verb, words[begin + 1 : end]))


def _comma_before(words: Sequence[Word], cue: FoundCue) -> int | None:
    """The comma between a clause and the subject of its cue."""
    depth = 0
    for number in range(cue.begin - 1, max(cue.begin - LONGEST_SUBJECT, -1), -1):
        word = words[number]
        if word.quoted >= 0 or word.text in STOPS or word.lower in _OPENS_CLAUSE:
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


def clause_begin(words: Sequence[Word], last: int) -> int:
    """First word of the clause that ends with ``last``: the sentence's, past a dateline, a semicolon or a leading mark."""
    begin = 0
    bracket = -1
    for number in range(last):
        mark = words[number]
        if mark.text in "()" and mark.quoted < 0:
            bracket = number if mark.text == "(" else -1
        if (
            mark.text == ";"
            and mark.quoted < 0
            and bracket < 0
            or (
                number < 14
                and mark.text in ("—", "–", "--")
                and all(w.text[0].isupper() or not w.text[0].isalpha() or w.lower in MONTHS for w in words[:number])
            )
        ):
            begin = number + 1
    begin = max(begin, bracket + 1)  # what a bracket opens that the cue stands in too
    while begin < last and words[begin].text in ";,:•*-–—":
        begin += 1
    return begin
