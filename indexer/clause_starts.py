"""Where the clause that a cue reports begins, by the frame of the cue: one rule a function, asked in this order.

said that the dam would hold            that clause
called for new elections                call for
said the dam would hold                 clause without that
told the paper she would stay           told
asked whether the dam would hold        reported question
promised to rebuild the dam             infinitive
told the crew to stay at home           told to
the gate, which she said was shut       relative
urged voters to stay at home            object and infinitive
admitted taking the money               gerund
called the dam “a disgrace”             judgement
called the dam a disgrace               called so
described the dam as unsafe             described as
warned of floods                        warning of
denied the charges                      denial
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from indexer.adjuncts import PREPOSITIONS, STOPS, TIMES, skip_adjuncts
from indexer.clauses import FoundCue, Word
from indexer.verbs import clause_verb, contracted, is_finite

_THAT = "that"
_QUESTIONS = frozenset("if whether how why what who when where which".split())
_ONLY_QUESTIONS = frozenset("whether how why which who".split())
_ASKED = frozenset("if whether how why what".split())
_RELATIVES = frozenset("which that what who where".split())
_BEFORE_NAME = PREPOSITIONS | frozenset("the a an his her their its and or".split())
_NEGATIONS = frozenset(
    "not n't never don't didn't doesn't won't wouldn't can't couldn't cannot declined refused without".split()
)
_PASSIVE = frozenset("was were is are been be being".split())
_LONGEST_TITLE = 8
_TO_DO = frozenset(
    "pledge promise vow threaten offer refuse decline propose recommend demand urge swear ask tell advise claim profess agree volunteer".split()
)
_NOT_DOING = frozenset(
    "during according including nothing something everything anything morning evening following".split()
)
_DOING = frozenset("admit deny propose suggest recommend recall acknowledge report mention describe".split())
_SUBJECTS = frozenset(
    "he she it they we i you there this these those that the a an his her its their our my your no any some all many most more several "
    "one two three four five six seven eight nine ten both each every such if when while although though because despite since once as "
    "only even neither either nobody everyone everybody nothing anyone people not what how why who whoever whether another few fewer "
    "less about nearly almost around under over after before in at on without by for until given during because".split()
)
_TOLD_CLAUSE = frozenset("he she they it we there i the his her their its these those most many some no".split())
_LISTENERS = frozenset(
    "court jury judge tribunal inquest inquiry hearing reporters journalists police officers investigators detectives parliament lawmakers "
    "legislators senators mps councillors committee commission crowd audience supporters delegates shareholders investors analysts fans "
    "newspaper paper agency broadcaster channel me us him her them".split()
)
_NO_CLAUSE = frozenset("so to of nothing yes no goodbye hello anything something".split())
_POINTED_AT = frozenset("day week month year night morning evening afternoon weekend time moment".split())
"""What "that" points at where it opens no clause: "said in a note that day"."""
_BEFORE_RELATIVE = frozenset(
    "to of for with in at on by from nothing something anything everything all way those thing things one ones".split()
)

Start = tuple[int, str] | None
"""First word of the clause and the name of the rule."""


def clause_start(words: Sequence[Word], cue: FoundCue) -> Start:
    """Where the clause behind a cue begins; None where none does.

    Rule "quoted part": what stands right behind the cue is in marks: she noted “it is of use to say so” again.
    """
    that = _that_clause(words, cue)
    if found := _before_that(words, cue, that):
        return found
    if that:
        return that
    at = skip_adjuncts(words, cue.last + 1)
    if at >= len(words) or (words[at].text in ",:;.?!)—–" and words[at].quoted < 0):
        return None
    if words[at].lower in _QUESTIONS and cue.cue.frame != "ask" and _negated(words, cue):
        return None
    passive = bool(cue.first) and words[cue.first - 1].lower in _PASSIVE and not words[cue.first].lower.endswith("ing")
    if words[at].quoted >= 0:
        return (at, "quoted part") if cue.cue.frame not in ("expr", "object") else None
    for rule in _RULES:
        if found := rule(words, cue, at, passive):
            return found
    return None


def _before_that(words: Sequence[Word], cue: FoundCue, that: Start) -> Start:
    """What opens ahead of a "that", which then belongs to it: told the jury *he* knew that; urged her *to* see that."""
    passive = bool(cue.first) and words[cue.first - 1].lower in _PASSIVE and not words[cue.first].lower.endswith("ing")
    at = skip_adjuncts(words, cue.last + 1)
    if at >= len(words) or (words[at].text in ",:;.?!)—–" and words[at].quoted < 0) or words[at].quoted >= 0:
        return None
    for rule in (_call_for, _infinitive, _told_to, _told, _object):
        if (found := rule(words, cue, at, passive)) and (that is None or found[0] < that[0] - 1):
            return found
    return None


def _negated(words: Sequence[Word], cue: FoundCue) -> bool:
    """Whether nothing was said: she would not say whether the dam would hold."""
    return any(word.lower in _NEGATIONS for word in words[max(cue.begin - 3, 0) : cue.first])


def _call_for(words: Sequence[Word], cue: FoundCue, at: int, passive: bool) -> Start:
    """Rule "call for": Hale called for new elections; she called on the council to resign."""
    at = cue.last + 1
    if (
        cue.cue.lemma == "call"
        and at + 1 < len(words)
        and words[at].lower in ("for", "on")
        and words[at + 1].quoted < 0
    ):
        return at + 1, "call for"
    return None


def _that_clause(words: Sequence[Word], cue: FoundCue) -> Start:
    """Rule "that clause": Hale said on Monday that the dam would hold; she told the paper that she would stay."""
    begin = cue.last + 1
    for number in range(begin, min(begin + (14 if cue.cue.frame == "tell" else 9), len(words))):
        word = words[number]
        if word.quoted >= 0 or word.text in STOPS or word.lower in ("who", "which", "and"):
            return None
        if word.lower == _THAT:
            before = words[number - 1].lower
            if number + 1 < len(words) and words[number + 1].lower in _POINTED_AT:
                return None
            if number > begin and cue.cue.frame in ("say", "find") and _holds_clause(words, begin, number):
                return None
            first = number + 2 if number + 1 < len(words) and words[number + 1].text == "," else number + 1
            return (first, "that clause") if before not in _BEFORE_RELATIVE and first < len(words) else None
        following = words[number + 1].lower if number + 1 < len(words) else ""
        leads_on = following in PREPOSITIONS or following in TIMES or following == _THAT
        if word.text == "," and not leads_on and not _aside_to_that(words, number):
            return None
    return None


def _aside_to_that(words: Sequence[Word], comma: int) -> bool:
    """Whether an aside leads from a comma to "that": she noted, unprompted, that the dam would hold."""
    second = comma + 1 + _stretch(words, comma + 1)
    return second + 1 < len(words) and words[second].text == "," and words[second + 1].lower == _THAT


def _holds_clause(words: Sequence[Word], begin: int, end: int) -> bool:
    """Whether a clause begins before a "that", which then belongs to it: she said the mayor knew that the dam would hold."""
    at = skip_adjuncts(words, begin)
    return at < end and (contracted(words[at]) or (_starts(words, at) and clause_verb(words[:end], at)))


def _infinitive(words: Sequence[Word], cue: FoundCue, at: int, passive: bool) -> Start:
    """Rule "infinitive": she promised to rebuild the dam; he was said to be recovering."""
    if words[at].lower != "to" or at + 1 >= len(words):
        return None
    return (at, "infinitive") if cue.cue.lemma in _TO_DO or (passive and cue.cue.frame == "say") else None


def _without_that(words: Sequence[Word], cue: FoundCue, at: int, passive: bool) -> Start:
    """Rule "clause without that": the mayor said the dam would hold; she said the dam, built in 1931, would hold."""
    if words[at].lower in _ONLY_QUESTIONS or words[at].lower == "by":
        return None
    reports = cue.cue.frame in ("say", "find") or (cue.cue.frame == "that" and at == cue.last + 1)
    told = passive and (words[cue.first - 2].lower if cue.first > 1 else "") == "it"
    if not reports or (passive and not told) or closes_quote(words, cue) or not _starts(words, at):
        return None
    if (
        contracted(words[at])
        or clause_verb(words, at)
        or (cue.cue.lemma == "say" and not _closes(words, cue) and (_stretch(words, at) > 3 or _past_aside(words, at)))
    ):
        return at, "clause without that"
    return None


def _closes(words: Sequence[Word], cue: FoundCue) -> bool:
    """Whether a cue stands right behind a comma, so that a name may follow: the dam would hold, said the chief of the board."""
    return cue.begin > 0 and words[cue.begin - 1].text == ","


def _question(words: Sequence[Word], cue: FoundCue, at: int, passive: bool) -> Start:
    """Rule "reported question": she asked whether the dam would hold."""
    if cue.cue.frame not in ("ask", "say", "that"):
        return None
    if words[at].lower in _QUESTIONS:
        return at, "reported question"
    if cue.cue.frame != "ask":
        return None
    for number in range(at + 1, min(at + 8, len(words) - 1)):  # "asked the board on Monday whether the dam would hold"
        if words[number].text in STOPS or words[number].text == "," or words[number].quoted >= 0:
            return None
        if words[number].lower in _ASKED:
            return number, "reported question"
    return None


def _told_to(words: Sequence[Word], cue: FoundCue, at: int, passive: bool) -> Start:
    """Rule "told to": the listener stands between the cue and what is to be done: she told the crew to stay at home."""
    if cue.cue.frame != "tell" or passive:
        return None
    for number in range(at + 1, min(at + 8, len(words) - 1)):
        word = words[number]
        if word.text in STOPS or word.text == "," or word.quoted >= 0 or contracted(word) or is_finite(words, number):
            return None
        if word.lower == "to" or (word.lower == "not" and words[number + 1].lower == "to"):
            return number, "told to"
    return None


def _relative(words: Sequence[Word], cue: FoundCue, at: int, passive: bool) -> Start:
    """Rule "relative": the clause's subject stands ahead: the gate, which she said was shut; what Orsk called for is not."""
    if cue.cue.frame != "say" or passive or at != cue.last + 1 or not is_finite(words, at):
        return None
    for number in range(cue.begin - 1, max(cue.begin - 8, -1), -1):
        word = words[number]
        if word.text in STOPS or word.quoted >= 0:
            return None
        if word.lower in _RELATIVES:
            return at, "relative"
    return None


def _past_title(words: Sequence[Word], at: int) -> int | None:
    """The clause behind a listener in marks: she told the show “Harbour Hour” on Friday that the dam would hold."""
    end = at
    while end < len(words) and words[end].quoted == words[at].quoted:
        end += 1
    for number in range(end, min(end + 4, len(words) - 1)):
        if words[number].lower == _THAT and end - at < _LONGEST_TITLE:
            return number + 1
    return None


def _told(words: Sequence[Word], cue: FoundCue, at: int, passive: bool) -> Start:
    """The listener stands between the cue and its clause, which begins in one of three ways.

    "told, clause without that":  Hale told the paper she would stay until spring.
    "told, reported question":    Hale told Harbour News if the dam would hold.
    "told, quoted part":          Hale told the paper “it will be a long time” before it holds.

    She told the paper she would stay; he told the court Orsk had never called.
    """
    if cue.cue.frame != "tell":
        return None
    for number in range(at + 1, min(at + 8, len(words))):
        word = words[number]
        if word.text in STOPS or word.text == ",":
            return None
        if word.quoted >= 0:
            that = _past_title(words, number)
            return (that, "that clause") if that else (number, "told, quoted part")
        before = words[number - 1]
        opens = (
            (word.lower in _TOLD_CLAUSE and before.lower not in PREPOSITIONS)
            or (before.lower in _LISTENERS and word.lower not in PREPOSITIONS)  # "told reporters at a meeting he ..."
            or (word.text[0].isupper() and before.text.islower() and before.lower not in _BEFORE_NAME)
            or (word.lower in ("a", "an") and before.lower not in PREPOSITIONS)
        )
        if contracted(word) or (opens and clause_verb(words, number)):
            return number, "told, clause without that"
        if word.lower in ("if", "whether", "how", "why", "what"):
            return number, "told, reported question"
    return None


def _judgement(words: Sequence[Word], cue: FoundCue, at: int, passive: bool) -> Start:
    """Rule "judgement": an object with quoted words: she called the dam “a disgrace”."""
    if cue.cue.frame not in ("judge", "say", "that") or passive:
        return None
    for number in range(at, min(at + 12, len(words))):
        if words[number].quoted >= 0:
            return at, "judgement"
        if words[number].text in STOPS or (cue.cue.frame != "judge" and words[number].text == ","):
            return None
    return None


def _named_so(words: Sequence[Word], cue: FoundCue, at: int, passive: bool) -> Start:
    """Rule "called so": an object and what it is called: she called it a stunt; he called the plan a waste of money."""
    if passive or cue.cue.lemma not in ("call", "label", "brand", "dub") or words[at].lower in ("a", "an", "to", "for"):
        return None
    for number in range(at + 1, min(at + 7, len(words) - 1)):
        word = words[number]
        if word.text in STOPS or word.text == "," or word.lower in PREPOSITIONS or word.quoted >= 0:
            return None
        if word.lower in ("a", "an"):
            return at, "called so"
    return None


def _described_as(words: Sequence[Word], cue: FoundCue, at: int, passive: bool) -> Start:
    """Rule "described as": he described the dam as unsafe."""
    if cue.cue.lemma not in ("describe", "characterise", "dismiss", "denounce", "condemn") or passive:
        return None
    for number in range(at + 1, min(at + 9, len(words) - 1)):
        if words[number].text in STOPS or words[number].text == ",":
            return None
        if words[number].lower == "as":
            return at, "described as"
    return None


def _object(words: Sequence[Word], cue: FoundCue, at: int, passive: bool) -> Start:
    """Rule "object and infinitive": she urged voters to stay at home; he accused the firm of lying."""
    if passive or not (cue.cue.frame == "object" or cue.cue.lemma in ("ask", "advise", "warn", "remind", "caution")):
        return None
    link = "of" if cue.cue.lemma == "accuse" else "to"
    for number in range(at + 1, min(at + 8, len(words) - 1)):
        word = words[number]
        if word.text in STOPS or word.text == "," or word.quoted >= 0:
            return None
        if word.lower == link:
            return at, "object and infinitive"
    return None


def _gerund(words: Sequence[Word], cue: FoundCue, at: int, passive: bool) -> Start:
    """Rule "gerund": he admitted taking the money."""
    doing = words[at].lower.endswith("ing") and len(words[at].lower) > 5 and words[at].lower not in _NOT_DOING
    return (at, "gerund") if doing and not passive and cue.cue.lemma in _DOING and at == cue.last + 1 else None


def _warning(words: Sequence[Word], cue: FoundCue, at: int, passive: bool) -> Start:
    """Rule "warning of": she warned of floods."""
    if cue.cue.lemma == "warn" and words[at].lower in ("of", "against", "about") and at == cue.last + 1:
        return at + 1, "warning of"
    return None


def _denial(words: Sequence[Word], cue: FoundCue, at: int, passive: bool) -> Start:
    """Rule "denial": he denied the charges. The cue stays with it wherever it is shown."""
    denies = cue.cue.lemma == "deny" and not passive and at == cue.last + 1
    return (at, "denial") if denies and _stretch(words, at) >= 2 else None


_RULES: tuple[Callable[[Sequence[Word], FoundCue, int, bool], Start], ...] = (
    _relative,
    _infinitive,
    _gerund,
    _without_that,
    _question,
    _told_to,
    _told,
    _judgement,
    _named_so,
    _described_as,
    _object,
    _warning,
    _denial,
)


def closes_quote(words: Sequence[Word], cue: FoundCue) -> bool:
    """Whether the cue stands right behind quoted words, so that its subject follows: “...,” said Hale, a sailor."""
    return cue.begin > 0 and words[cue.begin - 1].quoted >= 0


def _starts(words: Sequence[Word], at: int) -> bool:
    """Whether a clause can begin with a word."""
    word = words[at]
    if word.lower in _NO_CLAUSE and at + 1 < len(words):
        return word.lower == "no" and words[at + 1].text not in ",."
    if contracted(word):
        return True
    starts = word.lower in _SUBJECTS or word.text[0].isupper() or word.text[0].isdigit() or word.text in "$£€"
    if not (starts or word.lower.endswith("s") or "-" in word.text or clause_verb(words, at)):
        return False
    return _stretch(words, at) >= 2 or _past_aside(words, at)


def _past_aside(words: Sequence[Word], at: int) -> bool:
    """Whether a finite verb follows an aside between two commas: "the dam, built in 1931, would hold"."""
    first = at + _stretch(words, at)
    if first >= len(words) or words[first].text != ",":
        return False
    second = first + 1 + _stretch(words, first + 1)
    return second + 1 < len(words) and words[second].text == "," and clause_verb(words, second, 4)


def _stretch(words: Sequence[Word], at: int) -> int:
    """Words before the next mark."""
    for number in range(at, len(words)):
        if words[number].text in STOPS or words[number].text == ",":
            return number - at
    return len(words) - at
