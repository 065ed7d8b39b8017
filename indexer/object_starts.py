"""What is said in an infinitive, a gerund or an object: demands, promises, judgements, denials.

called for new elections                call for
promised to rebuild the dam             infinitive
urged voters to stay at home            object and infinitive
admitted taking the money               gerund
called the dam “a disgrace”             judgement
called the dam a disgrace               called so
described the dam as unsafe             described as
warned of floods                        warning of
denied the charges                      denial
"""

from __future__ import annotations

from collections.abc import Sequence

from indexer.adjuncts import PREPOSITIONS, STOPS
from indexer.clauses import FoundCue, Start, Word
from indexer.subject_starts import stretch

_LONGEST_AGENT = 9
_UNNAMED = frozenset(("named", "identified", "quoted"))
_LONGEST_OBJECT = 24
_TO_DO = frozenset(
    "pledge promise vow threaten offer refuse decline propose recommend demand urge swear ask tell advise claim profess agree volunteer".split()
)
_NO_DEED = frozenset("the a an his her its their our my your this that these those him them us me it".split())
_NOT_DOING = frozenset(
    "during according including nothing something everything anything morning evening following".split()
)
_DOING = frozenset("admit deny propose suggest recommend recall acknowledge report mention describe".split())


def call_for(words: Sequence[Word], cue: FoundCue, at: int, passive: bool) -> Start:
    """Rule "call for": Hale called for new elections; she called on the council to resign."""
    at = cue.last + 1
    if cue.cue.lemma != "call" or at + 1 >= len(words) or words[at].lower not in ("for", "on"):
        return None
    if words[at + 1].quoted >= 0 and not (words[at].lower == "on" and _asks_to(words, at + 1)):
        return None
    return at + 1, "call for"


def _asks_to(words: Sequence[Word], at: int) -> bool:
    """Whether quoted words are whom an infinitive asks: she called on “all who fish and sail” *to* stay at home."""
    quoted = words[at].quoted
    while at < len(words) and words[at].quoted == quoted:
        at += 1
    return at < len(words) and words[at].lower == "to"


def infinitive(words: Sequence[Word], cue: FoundCue, at: int, passive: bool) -> Start:
    """Rule "infinitive": she promised to rebuild the dam; he was said to be recovering."""
    if words[at].lower != "to" or at + 1 >= len(words) or words[at + 1].lower in _NO_DEED:
        return None
    return (at, "infinitive") if cue.cue.lemma in _TO_DO or (passive and cue.cue.frame == "say") else None


def gerund(words: Sequence[Word], cue: FoundCue, at: int, passive: bool) -> Start:
    """Rule "gerund": he admitted taking the money."""
    if words[at].lower in ("ever", "even") and at + 1 < len(words) and cue.cue.lemma == "deny":
        return (at, "gerund") if words[at + 1].lower.endswith("ing") else None  # "denies ever having met her"
    doing = words[at].lower.endswith("ing") and len(words[at].lower) > 5 and words[at].lower not in _NOT_DOING
    return (at, "gerund") if doing and not passive and cue.cue.lemma in _DOING and at == cue.last + 1 else None


def judgement(words: Sequence[Word], cue: FoundCue, at: int, passive: bool) -> Start:
    """Rule "judgement": an object with quoted words: she called the dam “a disgrace”; it was described as “a disgrace”."""
    if passive and cue.cue.frame == "judge" and words[at].lower in ("as", "by"):
        return _judged(words, at)
    if cue.cue.frame not in ("judge", "say", "that") or passive:
        return None
    for number in range(at, min(at + 12, len(words))):
        if words[number].quoted >= 0:
            return (at + 1 if words[at].lower == "as" else at), "judgement"
        if words[number].text in STOPS or (cue.cue.frame != "judge" and words[number].text == ","):
            return None
    return None


def _judged(words: Sequence[Word], at: int) -> Start:
    """Quoted words behind the "as" of a passive: was described as “unsafe”; was described by Hale as “unsafe”."""
    for number in range(at, min(at + _LONGEST_AGENT, len(words) - 1)):
        if words[number].quoted >= 0 or words[number].text in STOPS:
            return None
        if words[number].lower == "as":
            return (number + 1, "judgement") if words[number + 1].quoted >= 0 else None
    return None


def named_so(words: Sequence[Word], cue: FoundCue, at: int, passive: bool) -> Start:
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


def described_as(words: Sequence[Word], cue: FoundCue, at: int, passive: bool) -> Start:
    """Rule "described as": he described the dam as unsafe; the dam, which he described as unsafe."""
    if cue.cue.lemma not in ("describe", "characterise", "dismiss", "denounce", "condemn"):
        return None
    if words[at].lower == "as" and at == cue.last + 1 < len(words) - 1 and (cue.cue.lemma == "describe" or not passive):
        return at + 1, "described as"  # "which he described as unsafe", "was described as unsafe"
    if passive:
        return None
    for number in range(at + 1, min(at + 9, len(words) - 1)):
        if words[number].text in STOPS or words[number].text == ",":
            return None
        if words[number].lower == "as":
            return at, "described as"
    return None


def object_to(words: Sequence[Word], cue: FoundCue, at: int, passive: bool) -> Start:
    """Rule "object and infinitive": she urged voters to stay at home; he accused the firm of lying.

    Who "asked not to be named" has said nothing by it.
    """
    if passive or not (cue.cue.frame == "object" or cue.cue.lemma in ("ask", "advise", "warn", "remind", "caution")):
        return None
    asked = [word.lower for word in words[at : at + 4]]
    if asked[:3] == ["not", "to", "be"] and _UNNAMED.intersection(asked[3:]):
        return None
    link = "of" if cue.cue.lemma == "accuse" else "to"
    for number in range(at + 1, min(at + _LONGEST_OBJECT, len(words) - 1)):
        word = words[number]
        if word.text in STOPS or word.text == "," or word.quoted >= 0:
            return None
        if word.lower == link:
            return at, "object and infinitive"
    return None


def warning(words: Sequence[Word], cue: FoundCue, at: int, passive: bool) -> Start:
    """Rule "warning of": she warned of floods."""
    if cue.cue.lemma == "warn" and words[at].lower in ("of", "against", "about") and at == cue.last + 1:
        return at + 1, "warning of"
    return None


def denial(words: Sequence[Word], cue: FoundCue, at: int, passive: bool) -> Start:
    """Rule "denial": he denied the charges. The cue stays with it wherever it is shown."""
    denies = cue.cue.lemma == "deny" and not passive and at == cue.last + 1
    return (at, "denial") if denies and stretch(words, at) >= 2 else None
