"""Where a reported clause ends at the latest, whatever its words: at its bracket, at another report, at who passes it on.

She said the dam would hold, as reported by Harbour News.     the dam would hold
She said the dam would hold and added that it was old.        the dam would hold
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import islice

from indexer.clauses import FoundCue, FoundCues, Word
from indexer.cues import cue_words
from indexer.verbs import clause_verb, is_finite, is_past

_BETWEEN = frozenset("also later then did not never once again even".split())
_COORDINATING = frozenset(("and", "but"))
_LIMITING = _COORDINATING | {"(", ")", ";", ",", "by", "while"}
_CLOSING = frozenset("\"”’'»")
_FEWEST_QUOTED = 4
_JUDGED = ("judgement", "quoted part")
_NEAR = 12
_REACTING = ("respond", "answer", "reply")
_SAYING = ("say", "that")
_TO_DO = ("infinitive", "object and infinitive", "told to")
_WITH_LIMITS = frozenset((*_JUDGED, *_TO_DO, "described as", "reported question"))
"""Rules whose clauses end at places where others do not."""
_NOMINATIVE = frozenset("he she they i we".split())
_HAVING = frozenset(("has", "have"))
_OFTEN = frozenset("has have had twice".split())
_REFUSING = frozenset("stopped declined refused".split())
_NOT = frozenset("not n't didn't wouldn't couldn't won't can't doesn't cannot".split())
_SILENT = _REFUSING | _NOT | frozenset("did would could will can does".split())
_TELLING = frozenset(
    "say elaborate comment specify disclose explain provide give identify name confirm reveal answer detail respond mention offer".split()
)
_PASSED = frozenset("cited relayed carried published quoted seen".split())


def limit(words: Sequence[Word], begin: int, rule: str, cues: FoundCues) -> int:
    """Where a clause ends at the latest: at the bracket it stands in, or where another report begins behind a mark.

    It may rain (she said the dam would hold) all week.                  the bracket
    She said the road was shut; the bridge, they said, would open.       the semicolon
    She said it cost 30 million crowns ($3m; £2m) a year.                none: a bracket's own
    She said the dam would hold, according to Harbour News.              who passes it on
    She said the dam would hold, as reported by Harbour News.            the same
    Her doctor told her it would heal, she said.                         whose report it is part of
    She said the dam would hold and added that it was old.               the same speaker's next report
    She said the dam would hold but denied the rest.                     the same
    She wrote “glad to be home” and offered “warm thanks”.               the same
    He left, calling it “odd” and the firm saying it was fair.           what somebody else says
    She urged the port to think again and spoke with its head.           what the speaker does next
    She called the dam “a disgrace” and left.                            the same
    She said “We could not win,” and the flag was lowered.               quoted words that end
    “It leaks,” Hale said when asked if it was safe, “and badly.”        the quote that goes on
    She denied theft, saying it was hers; it held, while Hale said no.   another report
    She said it was “a disgrace,” while Captain Ann Hale said no.        the same
    """
    depth = 0
    if cues.limiting is None:
        cues.limiting = [at for at, word in enumerate(words) if word.lower in _LIMITING and word.quoted < 0]
    own = rule in _WITH_LIMITS
    places = cues.limiting if own or cues.parting is None else cues.parting
    idle: set[int] = set()
    end = len(words)
    for at in islice(places, bisect_right(places, begin), None):
        word = words[at]
        if word.text == "(":
            depth += 1
        elif word.text == ")":
            depth -= 1
            if depth < 0:
                end = at
                break
        elif word.text == ";" and depth > 0:
            continue  # two sums in one bracket
        elif _begins_another(words, begin, at, cues, bisect_right(cues.begins, at)) or (
            own and _limits_rule(words, begin, at, rule)
        ):
            end = at
            break
        elif word.text == "," and at > begin + 1:
            idle.add(at)  # it begins nothing behind any other clause either; long lists have very many
    if idle and not own and len(cues) > 1:
        cues.parting = [at for at in places if at not in idle]
    return end


def _limits_rule(words: Sequence[Word], begin: int, at: int, rule: str) -> bool:
    """Whether a mark or word ends clauses of this rule, which must be one of ``_WITH_LIMITS``."""
    return (
        (rule == "described as" and words[at].text == "," and words[begin - 1].lower == "as")
        or (rule == "reported question" and _quote_goes_on(words, at))
        or _names_agent(words, begin, at, rule)
        or ((rule in _TO_DO or (rule == "judgement" and words[at - 1].quoted >= 0)) and _does_next(words, at))
    )


def _begins_another(words: Sequence[Word], begin: int, at: int, cues: Sequence[FoundCue], following: int) -> bool:
    """Whether a mark or conjunction leads to another report, or to who passes this one on; ``following`` is the next cue's place."""
    word = words[at]
    if word.text == ";":
        return following < len(cues)
    near = cues[following : following + _NEAR]
    if word.lower in _COORDINATING:
        return (
            _past_quote(words, begin, at)
            or _keeps_silent(words, at + 1)
            or any(cue.begin <= at + 3 and _goes_on(words, begin, at, cue, cues) for cue in near)
            or (words[at - 1].quoted >= 0 and any(at + 1 < cue.begin <= at + 4 and _adds(words, cue) for cue in near))
        )
    if word.lower == "while":
        return words[at - 1].quoted >= 0 and any(at + 1 < cue.begin < at + _NEAR for cue in near)
    if word.text != ",":
        return False
    if any(cue.begin == at + 1 and _adds(words, cue) for cue in near):
        return True
    if at + 1 < len(words) and words[at + 1].lower in _COORDINATING and _keeps_silent(words, at + 2):
        return True
    if at + 1 < len(words) and words[at + 1].lower == "while" and any(at + 2 < cue.begin < at + _NEAR for cue in near):
        return True
    return at > begin + 1 and (passes_on(words, at + 1) or _closes_report(words, at, near))


def _quote_goes_on(words: Sequence[Word], at: int) -> bool:
    """Whether the quote that opened the sentence goes on: “It leaks,” Hale said when asked if it was safe, “and badly.”."""
    return words[at].text == "," and words[0].quoted >= 0 and at + 1 < len(words) and words[at + 1].quoted >= 0


def _keeps_silent(words: Sequence[Word], at: int) -> bool:
    """Whether a speaker next says nothing more: ", but stopped short of", ", but would not say when", ", and did not elaborate"."""
    ahead = [word.lower for word in words[at : at + 6]]
    while ahead and (ahead[0] in _NOMINATIVE or ahead[0] in _BETWEEN or ahead[0] in _OFTEN or ahead[0].endswith("ly")):
        if ahead[0] in _NOT:
            break
        del ahead[0]
    if not ahead or ahead[0] not in _SILENT:
        return False
    if ahead[0] in _REFUSING:
        # "he fled and refused to stop" is said of somebody else
        return words[at - 1].lower == "but" or (
            ahead[0] == "declined" and ahead[1:2] in (["to"], ["further"], ["comment"])
        )
    return any(word in _NOT for word in ahead[:2]) and not _TELLING.isdisjoint(ahead[1:4])


def _goes_on(words: Sequence[Word], begin: int, at: int, cue: FoundCue, cues: Sequence[FoundCue]) -> bool:
    """Whether a cue just behind a conjunction is the same speaker's next report: it takes a "that", or has the first cue's form.

    A speaker of the present may have said more: claims that the dam is full *and has publicly said* it would be shut.
    """
    having = words[at + 1].lower in _HAVING
    if not all(
        word.lower in _BETWEEN or (having and (number == 0 or word.lower.endswith("ly")))
        for number, word in enumerate(words[at + 1 : cue.begin])
    ):
        return False
    if cue.last + 1 < len(words) and words[cue.last + 1].lower == "that":
        return True
    first = next((other for other in reversed(cues) if other.last < begin), None)
    if first is None:
        return False
    if having and cue.cue.lemma == "say" and clause_verb(words, cue.last + 1) and _form(words, first) in ("s", "base"):
        return True
    if (cue.begin < cue.first) > (first.begin < first.first):
        return False  # "said he was ill and has asked a friend to row"
    return cue.cue.frame != "find" and _form(words, cue) == _form(words, first)


def _form(words: Sequence[Word], cue: FoundCue) -> str:
    """The ending of a cue's verb, which tells its tense."""
    form = words[cue.first].lower
    if words[cue.first - 1].lower == "to":
        return "to"
    return (
        form[-3:]
        if form.endswith("ing")
        else "s"
        if form.endswith("s")
        else "base"
        if form == cue.cue.lemma
        else "past"
    )


def _names_agent(words: Sequence[Word], begin: int, at: int, rule: str) -> bool:
    """Whether "by" tells who judged: Hale was described as “boat-mad” *by the police*."""
    quoted = words[begin].quoted
    return words[at].lower == "by" and rule in _JUDGED and words[at - 1].quoted == quoted >= 0


def _adds(words: Sequence[Word], cue: FoundCue) -> bool:
    """Whether a participle reports something more: ", saying"."""
    return cue.cue.frame in _SAYING and cue.cue.lemma not in _REACTING and words[cue.first].lower.endswith("ing")


def _past_quote(words: Sequence[Word], begin: int, at: int) -> bool:
    """Whether quoted words that were all of the clause end, or the speaker's next deed follows them."""
    if words[begin].quoted < 0 or words[at - 1].quoted != words[begin].quoted or at - begin < _FEWEST_QUOTED:
        return False
    last = at - 1
    while last > begin and words[last].text in _CLOSING:
        last -= 1
    return words[last].text in ",.!?" or _does_next(words, at)


def _does_next(words: Sequence[Word], at: int) -> bool:
    """Whether a conjunction and a past form tell the speaker's next deed: urged them to stay *and spoke* with Hale."""
    if words[at].lower not in _COORDINATING or at + 1 >= len(words):
        return False
    verb = words[at + 1]
    return (verb.lower.endswith("ed") or is_past(verb)) and is_finite(words, at + 1)


def _closes_report(words: Sequence[Word], comma: int, cues: Sequence[FoundCue]) -> bool:
    """Whether nothing but a short subject and its cue is left of the sentence: ", she said.", ", Ann Lee told the court."."""
    cue = next((cue for cue in cues if comma + 1 < cue.begin <= comma + 4), None)
    if cue is None or not all(
        word.text[0].isupper() or word.lower in _NOMINATIVE for word in words[comma + 1 : cue.begin]
    ):
        return False
    return cue.last + 2 >= len(words) or (words[cue.last + 1].text == "." and words[cue.last + 1].quoted < 0)


def passes_on(words: Sequence[Word], at: int) -> bool:
    """Whether words name who passes a report on: "according to", "as reported by", "as first told by"."""
    following = [word.lower for word in words[at : at + 4]]
    if following[:2] == ["according", "to"]:
        return True
    if following[:1] != ["as"] or "by" not in following[2:]:
        return False
    passed = following[following.index("by") - 1]
    return passed in cue_words() or passed in _PASSED
