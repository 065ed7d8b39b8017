"""When, where and to whom something was said: words that stand between a cue and its clause.

said on Monday that ..., wrote in a statement that ..., told reporters at a news conference that ...
"""

from __future__ import annotations

from collections.abc import Sequence

from indexer.clauses import Word

STOPS = frozenset(". ? ! ; : — – -- …".split())
PREPOSITIONS = frozenset(
    "in at on during after before to by via through with about from for of as under over into against between upon since until within "
    "outside following regarding ahead behind near".split()
)
MONTHS = frozenset(
    "january february march april may june july august september october november december jan feb mar apr aug sept sep oct nov dec".split()
)
TIMES = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday yesterday today earlier later recently afterwards afterward again there "
    "publicly repeatedly flatly bluntly simply quietly loudly reportedly previously separately briefly overnight tonight".split()
)
_PLACES = frozenset(
    "statement interview conference speech release email e-mail tweet post letter report television radio twitter facebook briefing remarks "
    "hearing court parliament debate rally appearance monday tuesday wednesday thursday friday saturday sunday reporters journalists "
    "message article column testimony address call phone news event meeting blog video filing lawsuit note memo book affidavit camera "
    "letters statements interviews emails e-mails messages posts documents filings reports speeches".split()
)
_WRITINGS = frozenset("letter letters statement email emails e-mail message messages note notes memo".split())
"""What is written to somebody: "said in letters to riders"."""
_SINCE = frozenset(("for", "since"))
_LENGTHS = frozenset("years months weeks days decades spring summer fall autumn winter".split())
STRETCHES = frozenset(
    "morning afternoon evening night week weekend month year spring summer fall autumn winter session season".split()
)
_LONGEST_READER = 4
_BE = frozenset(
    "is are was were has have had will would could can may might must should isn't aren't wasn't weren't won't wouldn't".split()
)


def skip_adjuncts(words: Sequence[Word], at: int) -> int:
    """The first word past adverbs of time and phrases of place, time and listener."""
    count = len(words)
    while at < count:
        word = words[at]
        if word.lower == "there" and at + 1 < count and words[at + 1].lower in _BE:
            break  # "said there was no dam"
        if (
            word.lower in TIMES
            or (word.lower in MONTHS and word.text[0].isupper())
            or word.lower in ("also", "too", "then", "last", "next")
        ):
            at += 1
        elif (
            word.lower in STRETCHES and at and (words[at - 1].lower in TIMES or words[at - 1].lower in ("last", "next"))
        ):
            at += 1  # "said last week the dam", "said yesterday morning the road"
        elif (
            word.lower in ("late", "early")
            and at + 1 < count
            and (words[at + 1].lower in TIMES or words[at + 1].lower in ("on", "in", "last", "this"))
        ):
            at += 1  # "said late on Monday the dam"
        elif word.lower == "this" and at + 1 < count and words[at + 1].lower in STRETCHES:
            at += 2
        elif word.lower == "to" and at + 1 < count and words[at + 1].lower in ("have", "be", "not"):
            break  # "was said to have begun in June"
        elif word.lower in PREPOSITIONS and word.quoted < 0 and (end := _phrase_end(words, at)) is not None:
            at = end
        else:
            break
    return at


def _past_reader(words: Sequence[Word], at: int) -> int:
    """Past whom something is written to: "said in letters to *riders* the boats"; else the same place."""
    if at + 2 >= len(words) or words[at].lower != "to":
        return at
    if words[at + 1].text.islower() and words[at + 1].lower.endswith("s"):
        return at + 2
    named = at + 1
    if words[named].lower == "the":
        named += 1
    end = named
    while end < len(words) and words[end].text[0].isupper() and end - named < _LONGEST_READER:
        end += 1
    return end if end > named else at


def _is_year(word: str) -> bool:
    """Whether a word is a year: "2019", "mid-2019"."""
    digits = word[-4:]
    return len(word) in (4, 8) and digits.isdigit() and digits[:2] in ("19", "20") and word[:-4] in ("", "mid-")


def _phrase_end(words: Sequence[Word], at: int) -> int | None:
    """One past a prepositional phrase of place, time or listener; None when it belongs to a clause instead."""
    for number in range(at + 1, min(at + 6, len(words))):
        word = words[number]
        if word.text in STOPS or word.text == "," or word.quoted >= 0:
            return None
        if word.lower in _LENGTHS and words[at].lower in _SINCE:
            return number + 1  # "said for years the dam", "said since the spring the dam"
        if word.lower == "time" and number == at + 2 and words[at].lower == "at" and words[at + 1].lower == "the":
            return number + 1  # "said at the time the dam"
        if word.lower in _PLACES or word.lower in MONTHS or _is_year(word.lower):
            end = number + 1
            while end < len(words) and (words[end].lower in _PLACES or words[end].text[0].isdigit()):
                end += 1
            return _past_reader(words, end) if word.lower in _WRITINGS else end
    return None
