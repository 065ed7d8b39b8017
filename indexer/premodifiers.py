"""What stands before a noun that speaks and belongs to it, and what only happens to stand there.

*Crime experts* said so; *anti-noise groups* said so; *about 26%* said so.  Not: in a *step* | wardens say will help.
"""

from __future__ import annotations

from indexer.cues import cue_words
from indexer.name_tokens import Tokens
from indexer.noun_words import OPENERS, PREPOSITIONS, PRONOUNS, SKIPPED, is_adverb, is_verb, plural_noun
from indexer.people_words import W, plural_of_role

_MOST = 3
_TIMES = frozenset(
    "year years week weeks month months day days night morning afternoon evening time times weekend hour hours summer winter spring fall "
    "autumn century decade minute minutes moment season".split()
)
_DAYS = frozenset("yesterday today tomorrow tonight".split())
_FIELDS = frozenset(
    "housing nursing mining banking fishing farming building training engineering marketing policing hunting shipping leading visiting "
    "neighbouring neighboring opposing participating trucking manufacturing drilling logging".split()
)
"""Words in -ing that tell what somebody works at, and no verb of the sentence."""
_ONE = frozenset("a an this another each every".split())
_SEVERAL = frozenset("few dozen hundred thousand million number couple handful lot great good".split())
"""What with "a" before it is several: "a few experts"."""
_PART = int(W.MODIFIER | W.DEMONYM | W.PORTFOLIO | W.COLLECTIVE | W.ROLE | W.PLACE | W.ORGANISATION)
_SHARES = frozenset(("%", "percent", "cent", "half", "third", "quarter", "thirds", "quarters"))
_ABOUT = frozenset(
    "about nearly almost some only just roughly over around than least most approximately another".split()
)
_COMPARING = frozenset("more fewer less at up".split())


def is_plural(tokens: Tokens, at: int) -> bool:
    """Whether a word in small letters, or at the head of its sentence, means several people or things."""
    small = tokens.lower[at]
    if tokens.bits[at] & W.PLURAL or plural_of_role(small):
        return True
    return plural_noun(small) and (tokens.words[at].islower() or tokens.fresh[at])


def with_modifiers(tokens: Tokens, first: int, at: int) -> int:
    """Where a plural noun's phrase begins, with the words before it back to where the clause opens.

    *Victims* groups, *36* people, *event* organizers.  Not: last year | organizers, it showed | officials.

    Args:
        tokens: Of the article.
        first: Where it begins so far.
        at: The noun.
    """
    if not is_plural(tokens, at):
        return first
    begin = first
    while begin and first - begin < _MOST:
        if (share := share_begin(tokens, begin - 1)) is not None:
            return share  # "six in 10 renters"
        if not _modifies(tokens, begin - 1, tokens.sentence[at]):
            break
        begin -= 1
    if begin == 0 or tokens.sentence[begin - 1] != tokens.sentence[at]:
        return begin
    before = tokens.lower[begin - 1]
    opens = before in OPENERS or before in _TIMES or before in _DAYS or tokens.bits[begin - 1] & W.CALENDAR
    return begin if opens else first


def _modifies(tokens: Tokens, token: int, sentence: int) -> bool:
    word, small = tokens.words[token], tokens.lower[token]
    if not word[0].isalnum() or tokens.sentence[token] != sentence or tokens.owner[token]:
        return False
    if small in OPENERS or small in PREPOSITIONS or small in SKIPPED or small in PRONOUNS or small in _TIMES:
        return False
    if tokens.bits[token] & (W.FUNCTION | W.CALENDAR) or is_adverb(small):
        return False
    if small.endswith("ing") and "-" not in small:
        return small in _FIELDS
    return not is_verb(small) or (tokens.fresh[token] and small.endswith("ed") and small not in cue_words())


def tells_by_participle(tokens: Tokens, at: int) -> bool:
    """Whether a participle tells of the people before it who they are: people *accused* in the riot; owners *opposing* the plan."""
    return at > 0 and tokens.lower[at].endswith(("ed", "ing")) and is_plural(tokens, at - 1)


def past_object(tokens: Tokens, first: int, determiner: int, head: int) -> int:
    """Where a plural noun's phrase begins when the words before it are "a" and a noun of one thing: it opens a clause about that.

    In a step | *wardens* say will help; in a letter | *union leaders* called late.  Not: *a few experts* said.

    Args:
        tokens: Of the article.
        first: Where the phrase begins so far, behind the determiner.
        determiner: What stands before it.
        head: The noun.
    """
    if tokens.lower[determiner] not in _ONE or tokens.lower[first] in _SEVERAL or not is_plural(tokens, head):
        return determiner
    begin = head
    while begin > first and tokens.bits[begin - 1] & _PART:
        begin -= 1
    return begin


def share_begin(tokens: Tokens, at: int) -> int | None:
    """Where a share of those asked begins that ends with a token: "*about 26%*", "*more than half*", "*six in 10*"; None for no share."""
    lower, words = tokens.lower, tokens.words
    small = lower[at]
    if small in _SHARES:
        first = at - (at > 0 and small == "cent" and lower[at - 1] == "per")
        first -= first > 0 and (_is_number(lower[first - 1]) or lower[first - 1] in ("a", "one"))
        if first == at and small not in ("half", "two-thirds", "three-quarters"):
            return None
    elif at > 1 and _is_number(small) and lower[at - 1] == "in" and _is_number(lower[at - 2]):
        first = at - 2
    else:
        return None
    while first and lower[first - 1] in _ABOUT and tokens.sentence[first - 1] == tokens.sentence[at]:
        first -= 1
        if lower[first] in ("than", "least", "most") and first and lower[first - 1] in _COMPARING:
            first -= 1
    return first if words[first][0].isalnum() else None


_NUMBERS = frozenset(
    "one two three four five six seven eight nine ten eleven twelve fifteen twenty thirty forty fifty sixty seventy eighty ninety hundred".split()
)


def _is_number(small: str) -> bool:
    return small[0].isdigit() or small in _NUMBERS or small.partition("-")[0] in _NUMBERS
