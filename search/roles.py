"""What an article calls somebody: the words that ``role:`` finds records by.

"Mayor Jane Orsk", "Orsk, the mayor of Dunmore," and "the mayor" all call her mayor, and so each of her quotes in that article is
found by ``role:mayor``, be it reported of "she". A word counts where it tells what she is herself:

==========================================  ===========================================================================
"the mayor's spokesman"                     spokesman: whose he is, is somebody else's office; "Dunmore's mayor" stays whole
"spokeswoman for the mayor of Dunmore"      spokeswoman, Dunmore: an office behind "for", "to" or "of" is another's
"Dunmore mayor candidate"                   Dunmore, candidate: who runs for an office or serves it does not hold it
==========================================  ===========================================================================
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from search.analysis import fold, raw_words, words
from search.records import LocalEntity, Record, StoredArticle

TITLES = frozenset(
    # what stands before names, and alone tells who is meant
    "mr mrs ms miss mx dr doctor prof professor dean provost rector principal president premier minister mayor reeve warden senator"
    " governor councillor councilor alderman trustee commissioner chancellor secretary treasurer ambassador consul envoy delegate"
    " representative rep congressman congresswoman assemblyman assemblywoman mp mpp mla mna mha mep msp speaker whip leader"
    " judge justice magistrate coroner sheriff marshal prosecutor attorney solicitor ombudsman chief superintendent inspector"
    " detective constable officer sergeant sgt corporal cpl lieutenant lt captain capt major colonel col brigadier general gen"
    " admiral commander commodore king queen prince princess duke duchess earl baron baroness lord lady sir dame emir sheikh pope"
    " cardinal archbishop bishop reverend rev pastor rabbi imam coach manager director chair chairman chairwoman chairperson"
    " chairwomen chairmen ceo".split()
)
"""Offices, ranks and forms of address."""

QUALIFIERS = frozenset("prime deputy vice assistant associate acting interim former ex late then lead head lieutenant right hon honourable honorable".split())  # fmt: skip
"""What stands before a title and is none by itself."""

_ANOTHERS = frozenset(
    "spokesman spokeswoman spokesperson spokespeople aide aides adviser advisor lawyer assistant candidate candidates nominee"
    " contender hopeful challenger opponent rival supporter wife husband widow son daughter brother sister mother father".split()
)
"""Nouns for whoever serves, wants or is kin to the holder of an office named before or behind them."""
_OWNER = re.compile(r"['’]s$")
_LINKS = frozenset("of for to with from under by at in".split())
_NOT_CALLED = frozenset(
    "a an the this that these those his her hers its their theirs our ours my your he she it they him them i we you me us who whom".split()
)


def entities_by_key(article: StoredArticle) -> Mapping[str, LocalEntity]:
    """The people and organisations of an article; made once for all its records."""
    return {entity.key: entity for entity in article.entities}


def called(record: Record, known: Mapping[str, LocalEntity]) -> tuple[str, ...]:
    """Folded words for what its article calls the speaker of a quote, or those of a paragraph's quotes; each once.

    Args:
        record: Any record.
        known: The entities of its article.
    """
    said = record.attribution
    keys = record.speakers if record.kind != "quote" else (said.entity,) if said and said.entity else ()
    people = [known[key] for key in keys if key in known]
    found: dict[str, None] = {}
    for person in people:
        for role in person.roles:
            found.update(dict.fromkeys(words_of_role(role)))
        if person.kind == "unnamed":
            found.update(dict.fromkeys(words_of_role(person.name)))
    if record.kind == "quote" and said:
        found.update(dict.fromkeys(words_of_role(said.role)))
        names = {word for person in people if person.kind != "unnamed" for name in (person.name, *person.aliases) for word in words(name)}  # fmt: skip
        found.update(dict.fromkeys(word for word in words_of_role(said.as_written) if word not in names))
    return tuple(found)


@lru_cache(1 << 16)
def words_of_role(role: str) -> tuple[str, ...]:
    """Folded words of a role that tell what its holder is.

    >>> words_of_role("Dunmore's deputy mayor"), words_of_role("a spokesman for Mayor Orsk")
    (('dunmore', 'deputy', 'mayor'), ('spokesman', 'for', 'orsk'))
    """
    given = raw_words(role)
    behind = next((at for at, word in enumerate(given) if at and word.lower() in _LINKS), len(given))
    serving = max((at for at, word in enumerate(given[:behind]) if word.lower() in _ANOTHERS), default=0)
    return tuple(_told(given, serving, behind))


def _told(given: Sequence[str], serving: int, behind: int) -> Iterator[str]:
    """Words but those of another's office: before the place ``serving``, behind the place ``behind``, or an owner's."""
    for at, word in enumerate(given):
        owner = _OWNER.sub("", word)
        folded = fold(owner)
        office = folded in TITLES
        owns = owner != word and (office or owner.islower())
        spelled = len(word) > 1 and word.isupper()  # "US", "IT"
        if not (owns or (office and not serving <= at < behind) or (folded in _NOT_CALLED and not spelled)):
            yield folded
