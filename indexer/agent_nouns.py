"""What somebody is called who does a thing: who farms is a farmer, who owns the diner its owner."""

from __future__ import annotations

from indexer.name_tokens import Tokens

_DOERS = {
    "farms farmed": "farmer", "coaches coached": "coach", "teaches taught": "teacher educator professor instructor", "drives drove": "driver",
    "owns owned": "owner", "runs ran operates operated": "owner operator", "studies studied researches researched": "researcher scientist academic",
    "founded co-founded started": "founder co-founder", "leads led heads headed": "leader head", "directs directed": "director", "manages managed": "manager",
    "wrote writes": "author writer", "authored": "author", "chairs chaired": "chair chairman chairwoman chairperson", "sings sang": "singer", "paints painted": "painter artist",
    "fishes fished": "fisherman", "edits edited": "editor", "organized organised organizes organises": "organizer organiser", "volunteers volunteered": "volunteer",
    "sued": "plaintiff", "invented": "inventor", "designed designs": "designer architect", "defends defended": "lawyer", "prosecuted": "prosecutor",
    "hosts hosted": "host", "produced produces": "producer", "composed composes": "composer", "translated": "translator", "photographed": "photographer",
}  # fmt: skip
_NOUNS = {form: frozenset(nouns.split()) for forms, nouns in _DOERS.items() for form in forms.split()}
AGENTS = frozenset(noun for nouns in _NOUNS.values() for noun in nouns)
"""Nouns that a verb can stand for."""

_BETWEEN = frozenset("who has have had also now once long first later and".split())
_LONGEST = 7


def agent_nouns(tokens: Tokens, after: int) -> frozenset[str]:
    """Return what somebody is by the verb behind the name, over ", 42, who has also".

    Args:
        tokens: Of the article.
        after: The token behind the name.
    """
    words, lower = tokens.words, tokens.lower
    sentence = tokens.sentence[after - 1]
    for at in range(after, min(after + _LONGEST, len(words))):
        if tokens.sentence[at] != sentence:
            break
        if (nouns := _NOUNS.get(lower[at])) is not None:
            return nouns
        if lower[at] not in _BETWEEN and words[at] != "," and not words[at].isdigit():
            break
    return frozenset()
