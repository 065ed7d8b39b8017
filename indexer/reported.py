"""Reported speech in one sentence: which words are the clause that a cue reports.

The mayor said (that) the dam would hold on Monday.      after the cue:   the dam would hold on Monday
The dam would hold, the mayor said.                       before the cue:  The dam would hold
The dam, she said, would hold.                            around the cue:  two parts
According to the mayor, the dam would hold.               after "according to" and its comma
The dam would hold, according to the mayor.               before it
She called the dam “a disgrace”.                          a judgement with quoted words
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from indexer.clauses import FoundCue, Word

_THAT = "that"
_QUESTIONS = frozenset("if whether how why what who when where which".split())
_MONTHS = frozenset(
    "january february march april may june july august september october november december jan feb mar apr aug sept sep oct nov dec".split()
)
_DAYS = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday yesterday today earlier later recently afterwards afterward again there "
    "publicly repeatedly flatly bluntly simply quietly loudly reportedly previously separately briefly overnight tonight".split()
)
_PREPOSITIONS = frozenset(
    "in at on during after before by to via through with about from for of as under over into against between upon since until within "
    "outside following regarding ahead behind near".split()
)
_STOPS = frozenset(". ? ! ; : — – -- …".split())
_SUBJECTS = frozenset(
    "he she it they we i you there this these those that the a an his her its their our my your no any some all many most more several "
    "one two three four five six seven eight nine ten both each every such if when while although though because despite since once as "
    "only even neither either nobody everyone everybody nothing anyone people not what how why who whoever whether another few fewer "
    "less about nearly almost around under over after before in at on without by for until given during because".split()
)
_AFTER_TELL = frozenset("that if whether how why what".split())
_PASSIVE = frozenset("was were is are been be being".split())
_CUTS = ("but", "while", "whereas", "although", "though", "and")
_SUBORDINATE = frozenset("while although though as once after when if since before because whereas".split())
_INFINITIVE = frozenset(
    "pledge promise vow threaten offer refuse decline propose recommend demand urge swear ask tell advise call".split()
)
_LONGEST_SUBJECT = 18


@dataclass(frozen=True, slots=True)
class Clause:
    """A reported clause: words ``first`` to ``last`` (inclusive) of the sentence, and the cue that reports it."""

    first: int
    last: int
    cue: FoundCue
    rule: str


def find_clauses(words: Sequence[Word], cues: Sequence[FoundCue]) -> Iterator[Clause]:
    """The reported clauses of one sentence, cue by cue; they may overlap, the caller chooses."""
    for number, cue in enumerate(cues):
        following = cues[number + 1 :]
        if cue.cue.frame == "acc":
            yield from _according_to(words, cue)
        elif cue.cue.frame not in ("belief", "noun"):
            yield from _verb(words, cue, following)


def _according_to(words: Sequence[Word], cue: FoundCue) -> Iterator[Clause]:
    """Rule "according to": the clause stands on the other side of the comma."""
    if cue.first == 0 or (cue.first == 1 and words[0].lower in ("and", "but", "yet", "still", "“")):
        comma = _next(words, cue.last + 1, ",")
        if comma is not None and comma - cue.last <= 2 * _LONGEST_SUBJECT:
            last = _clause_end(words, comma + 1)
            if last - comma >= 3:
                yield Clause(comma + 1, last, cue, "according to, clause after")
        return
    end = cue.first - 1
    while end >= 0 and words[end].text == ",":
        end -= 1
    begin = _clause_begin(words, end)
    if end - begin >= 2:
        yield Clause(begin, end, cue, "according to, clause before")


def _verb(words: Sequence[Word], cue: FoundCue, following: Sequence[FoundCue]) -> Iterator[Clause]:
    if _after_quote(words, cue):
        return
    at = cue.last + 1 if cue.cue.lemma == "call" else _skip_adjuncts(words, cue.last + 1)
    begins, rule = _clause_start(words, cue, at)
    if begins is not None:
        last = _clause_end(words, begins, following)
        if rule in ("judgement", "quoted part"):
            last = _end_of_quote(words, begins, last)
        if last - begins >= 1:
            yield Clause(begins, last, cue, rule)
            return
    yield from _before(words, cue, at)


def _end_of_quote(words: Sequence[Word], begin: int, last: int) -> int:
    """Last word of the first quoted part: a judgement ends with it. She called the dam “a disgrace” and left."""
    number = begin
    while number <= last and words[number].quoted < 0:
        number += 1
    part = words[number].quoted if number <= last else -1
    while number < last and part >= 0 and words[number + 1].quoted == part:
        number += 1
    return number if part >= 0 else last


def _after_quote(words: Sequence[Word], cue: FoundCue) -> bool:
    """Whether a cue closes a quote, so that what comes next is no clause: “We won,” said Tom Hale on the quay."""
    if words[cue.first].lower.endswith("ing"):
        return False
    at = cue.begin - 1
    while at >= 0 and words[at].quoted < 0 and words[at].text not in _STOPS and cue.begin - at < _LONGEST_SUBJECT:
        if words[at].text == "," and at > 0 and words[at - 1].quoted >= 0:
            return True
        at -= 1
    return at > 0 and words[at].quoted >= 0 and words[at - 1].text in ",?!—–-…"


def _clause_start(words: Sequence[Word], cue: FoundCue, at: int) -> tuple[int | None, str]:
    """Where the clause after a cue begins, by the cue's frame, with the name of the rule; None when it does not."""
    frame, count = cue.cue.frame, len(words)
    that = _that(words, cue.last + 1, 14 if frame == "tell" else 9)
    if that is not None:
        return that + 1, "that clause"
    if at >= count:
        return None, ""
    word = words[at]
    passive = words[cue.first - 1].lower in _PASSIVE if cue.first else False
    if word.quoted >= 0:
        return (at, "quoted part") if frame not in ("expr", "object") else (None, "")
    if word.text in ",:;.?!)—–":
        return None, ""
    if word.lower == "to" and cue.cue.lemma in _INFINITIVE and at + 1 < count:
        return at, "infinitive"
    if frame == "say" and not passive and not _closes_quote(words, cue) and _starts_clause(words, at):
        if cue.cue.lemma != "say" and not _verb_within(words, at):
            return None, ""
        return at, "clause without that"
    if frame in ("ask", "say", "that") and word.lower in _QUESTIONS:
        return at, "reported question"
    if frame == "tell":
        return _after_listener(words, cue, at)
    if cue.cue.lemma == "call" and word.lower in ("for", "on") and at == cue.last + 1:
        return at + 1, "call for"
    if frame == "judge" and not passive and _quote_within(words, at, 12) is not None:
        return at, "judgement"
    if (frame == "object" or cue.cue.lemma == "ask") and not passive and _object(words, cue, at):
        return at, "object and infinitive"
    if cue.cue.lemma == "warn" and word.lower in ("of", "against", "about") and at == cue.last + 1:
        return at + 1, "warning of"
    if cue.cue.lemma == "deny" and not passive and at == cue.last + 1 and _stretch(words, at) >= 2:
        return at, "denial"
    if (
        frame == "that"
        and cue.cue.lemma in ("announce", "write", "explain", "note")
        and _starts_clause(words, at)
        and _verb_within(words, at)
    ):
        return at, "clause without that"
    return None, ""


def _closes_quote(words: Sequence[Word], cue: FoundCue) -> bool:
    """Whether the cue stands right behind quoted words, so that its subject follows: “...,” said Hale, a sailor."""
    return cue.begin > 0 and words[cue.begin - 1].quoted >= 0


def _starts_clause(words: Sequence[Word], at: int) -> bool:
    word = words[at]
    if word.lower in (
        "so",
        "to",
        "of",
        "nothing",
        "yes",
        "no",
        "goodbye",
        "hello",
        "anything",
        "something",
    ) and at + 1 < len(words):
        return word.lower == "no" and words[at + 1].text not in ",."
    starts = word.lower in _SUBJECTS or word.text[0].isupper() or word.text[0].isdigit() or word.text in "$£€"
    return (starts or word.lower.endswith("s") or _verb_within(words, at)) and _stretch(words, at) >= 2


_FINITE = frozenset(
    "is are was were has have had will would can could may might must should shall does did do isn't aren't wasn't weren't won't wouldn't "
    "can't couldn't hasn't haven't hadn't doesn't didn't don't shouldn't be been it's he's she's they're we're i'm i've they've there's".split()
)


def _verb_within(words: Sequence[Word], at: int, reach: int = 14) -> bool:
    """Whether a finite verb seems to follow: an auxiliary, or a word in -ed or -s after the first."""
    for word in words[at : at + reach]:
        if word.text in _STOPS:
            return False
        if word.lower in _FINITE or (word.lower.endswith("ed") and len(word.lower) > 4):
            return True
    return False


def _stretch(words: Sequence[Word], at: int) -> int:
    count = 0
    for word in words[at:]:
        if word.text in _STOPS or word.text == ",":
            break
        count += 1
    return count


_BEFORE_RELATIVE = frozenset(
    "to of for with in at on by from nothing something anything everything all way those thing things one ones".split()
)


def _that(words: Sequence[Word], begin: int, reach: int) -> int | None:
    for number in range(begin, min(begin + reach, len(words))):
        word = words[number]
        if word.quoted >= 0 or word.text in _STOPS or word.lower in ("who", "which", "and"):
            return None
        if word.lower == _THAT:
            before = words[number - 1].lower if number else ""
            return number if before not in _BEFORE_RELATIVE else None
        if (
            word.text == ","
            and number + 1 < len(words)
            and words[number + 1].lower not in _PREPOSITIONS | _DAYS | {"that"}
        ):
            return None
    return None


def _after_listener(words: Sequence[Word], cue: FoundCue, at: int) -> tuple[int | None, str]:
    """Rule "told": the listener stands between the cue and a clause without "that".

    She told the paper she would stay.  ->  she would stay
    """
    limit = min(at + 8, len(words))
    for number in range(at + 1, limit):
        word = words[number]
        if word.text in _STOPS or word.text == ",":
            return None, ""
        if word.quoted >= 0:
            return number, "told, quoted part"
        if word.lower in ("he", "she", "they", "it", "we", "there", "i", "the", "his", "her", "their") and _verb_within(
            words, number, 8
        ):
            return number, "told, clause without that"
        if word.lower in _AFTER_TELL:
            return number, "told, reported question"
    return None, ""


def _object(words: Sequence[Word], cue: FoundCue, at: int) -> bool:
    """Whether an object and what is asked of it follow: urged *voters to stay*, accused *him of lying*."""
    link = "of" if cue.cue.lemma == "accuse" else "to"
    for number in range(at + 1, min(at + 8, len(words) - 1)):
        word = words[number]
        if word.text in _STOPS or word.text == "," or word.quoted >= 0:
            return False
        if word.lower == link:
            return True
    return False


def _quote_within(words: Sequence[Word], at: int, reach: int) -> int | None:
    for number in range(at, min(at + reach, len(words))):
        if words[number].quoted >= 0:
            return number
        if words[number].text in _STOPS:
            return None
    return None


def _before(words: Sequence[Word], cue: FoundCue, at: int) -> Iterator[Clause]:
    """Rule "clause before": the sentence's first part is what was said, when the cue with its subject closes it.

    The dam would hold, the mayor said on Monday.
    """
    if (
        cue.cue.frame in ("name", "expr")
        or (at < len(words) and words[at].text not in ".,;?!—–")
        and not _inverted(words, cue)
    ):
        return
    ahead = at + 1 if at < len(words) and words[at].text in ",:" else at
    if ahead < len(words) and words[ahead].quoted >= 0:
        return
    comma = _comma_before(words, cue)
    if comma is None or comma < 3 or words[comma - 1].quoted >= 0:
        return
    begin = _clause_begin(words, comma - 1)
    if comma - begin < 3 or not _verb_within(words, begin, 60):
        return
    yield Clause(begin, comma - 1, cue, "clause before")
    after = _subject_end(words, cue, at)
    if after < len(words) and words[after].text == "," and after + 3 < len(words) and words[after + 1].quoted < 0:
        last = _clause_end(words, after + 1)
        if last - after >= 3 and words[after + 1].lower not in (
            "who",
            "which",
            "adding",
            "according",
            "citing",
            "but",
            "and",
        ):
            yield Clause(after + 1, last, cue, "clause around the cue")


_INVERTED = frozenset(
    "say add write explain note warn argue tweet recall reply conclude announce predict insist".split()
)


def _inverted(words: Sequence[Word], cue: FoundCue) -> bool:
    """Whether the cue stands right after a comma, its subject behind it: "..., said Hale"."""
    return cue.begin > 0 and words[cue.begin - 1].text == "," and cue.cue.lemma in _INVERTED


def _subject_end(words: Sequence[Word], cue: FoundCue, at: int) -> int:
    while at < len(words) and words[at].text not in ",.;?!—–" and words[at].quoted < 0:
        at += 1
    return at


def _comma_before(words: Sequence[Word], cue: FoundCue) -> int | None:
    """The comma between a clause and the subject of its cue."""
    if _inverted(words, cue):
        return cue.begin - 1
    depth = 0
    for number in range(cue.begin - 1, max(cue.begin - _LONGEST_SUBJECT, -1), -1):
        word = words[number]
        if word.quoted >= 0 or word.text in _STOPS or word.lower in ("that", "because", "if", "when"):
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
    """First word of the clause that ends with ``last``: the sentence's, past a dateline or a leading conjunction."""
    begin = 0
    for number in range(min(last, 14)):
        if words[number].text in ("—", "–", "--") and all(
            w.text[0].isupper() or not w.text[0].isalpha() or w.lower in _MONTHS for w in words[:number]
        ):
            begin = number + 1
    while begin < last and words[begin].text in ";,:•*-–—":
        begin += 1
    return begin


def _clause_end(words: Sequence[Word], begin: int, following: Sequence[FoundCue] = ()) -> int:
    """Last word of the clause that begins with ``begin``: before the sentence's stop, or where something else begins."""
    last = len(words) - 1
    subordinate = words[0].lower in _SUBORDINATE and begin < 2 * _LONGEST_SUBJECT
    for number in range(begin, len(words)):
        word = words[number]
        if word.quoted >= 0:
            continue
        if word.text == ";" or (subordinate and word.text == "," and number > begin + 2):
            last = number - 1
            break
        if any(cue.begin == number + 1 for cue in following) and word.lower in ("and", "but") and number > begin + 2:
            last = number - 1
            break
        if word.text == "," and number + 2 < len(words) and number > begin + 1 and _cuts(words, number + 1, following):
            last = number - 1
            break
    while last > begin and words[last].text in ".,;:—–!?…" and words[last].quoted < 0:
        last -= 1
    return last


def _cuts(words: Sequence[Word], at: int, cues: Sequence[FoundCue]) -> bool:
    """Whether what follows a comma is no longer the clause: another cue's part, or a turn of the sentence."""
    word = words[at]
    if word.lower in (
        "but",
        "while",
        "whereas",
        "although",
        "though",
        "even",
        "which",
        "according",
        "prompting",
        "echoing",
    ):
        return word.lower in ("but", "while", "whereas", "according", "prompting", "echoing")
    following = next((cue for cue in cues if cue.first >= at), None)
    if following is None:
        return False
    if word.lower in (
        "adding",
        "saying",
        "noting",
        "arguing",
        "calling",
        "citing",
        "warning",
        "telling",
        "suggesting",
        "claiming",
        "insisting",
    ):
        return True
    gap = following.begin - at
    if any(w.text == "," or w.quoted >= 0 for w in words[at : following.first]):
        return False
    return (word.lower in ("and", "but") and gap <= 6) or (
        0 < gap <= 5 and word.lower not in _PREPOSITIONS and word.lower != "who"
    )


def _next(words: Sequence[Word], at: int, mark: str) -> int | None:
    for number in range(at, len(words)):
        if words[number].text == mark and words[number].quoted < 0:
            return number
    return None


def _skip_adjuncts(words: Sequence[Word], at: int) -> int:
    """Past when and where it was said: "on Monday", "in a statement", "at a news conference in Tarnholm"."""
    count = len(words)
    while at < count:
        word = words[at]
        if (
            word.lower in _DAYS
            or (word.lower in _MONTHS and word.text[0].isupper())
            or word.lower in ("also", "too", "then", "last", "next")
        ):
            at += 1
        elif (
            word.lower in ("last", "this", "next")
            and at + 1 < count
            and words[at + 1].lower in ("week", "month", "year")
        ):
            at += 2
        elif word.lower in _PREPOSITIONS and word.quoted < 0 and (end := _adjunct_end(words, at)) is not None:
            at = end
        else:
            break
    return at


_PLACES = frozenset(
    "statement interview conference speech release email e-mail tweet post letter report television radio twitter facebook briefing remarks "
    "hearing court parliament debate rally appearance monday tuesday wednesday thursday friday saturday sunday reporters journalists "
    "message article column testimony address call phone news event meeting blog video filing lawsuit note memo book affidavit camera".split()
)


def _adjunct_end(words: Sequence[Word], at: int) -> int | None:
    """One past a prepositional phrase of place, time or listener; None when it belongs to a clause instead."""
    for number in range(at + 1, min(at + 6, len(words))):
        word = words[number]
        if word.text in _STOPS or word.text == "," or word.quoted >= 0:
            return None
        if word.lower in _PLACES or word.lower in _MONTHS:
            end = number + 1
            while end < len(words) and (words[end].lower in _PLACES or words[end].text[0].isdigit()):
                end += 1
            return end
    return None
