"""The user's rulings about quotes carried out: given to others, confirmed, disputed."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from indexer.corrections import Erratum
from indexer.identity.names import fold
from search.engine import QuoteText
from search.records import Review, Speaker


@dataclass(slots=True)
class QuoteRulings:
    """What is ruled about quotes: reviews, speakers ("" = nobody) and the rows that gave these, all by quote id.

    ``judged`` are the rows that confirmed or disputed.
    """

    reviews: dict[str, Review] = field(default_factory=dict)
    attributions: dict[str, str] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)
    done: int = 0
    attributed: dict[str, Erratum] = field(default_factory=dict)
    judged: dict[str, Erratum] = field(default_factory=dict)


_STATUS = {"attribute": "corrected", "confirm": "confirmed", "dispute": "disputed"}


def rule_on_quotes(
    errata: Iterable[Erratum], quotes: Sequence[QuoteText], speakers: Sequence[Speaker], speaker_of: Mapping[str, str]
) -> QuoteRulings:
    """Find the quotes that rulings are about; of several rulings on one quote the last counts.

    Args:
        errata: All rows, in order.
        quotes: All quotes of the collection.
        speakers: Everyone, after the rulings about speakers.
        speaker_of: Speaker id by entity key.
    """
    rulings = QuoteRulings()
    wanted = [erratum for erratum in errata if erratum.action in _STATUS]
    if not wanted:
        return rulings
    by_id = {quote.id: quote for quote in quotes}
    by_article: dict[str, list[QuoteText]] = defaultdict(list)
    for quote in quotes:
        by_article[quote.article_id].append(quote)
    book = _AddressBook(speakers)
    for row in wanted:
        problem = _rule(row, by_id, by_article, book, speaker_of, rulings)
        if problem:
            rulings.problems.append(f"{row.where}: {problem}")
        else:
            rulings.done += 1
    return rulings


def _rule(
    row: Erratum,
    by_id: Mapping[str, QuoteText],
    by_article: Mapping[str, Sequence[QuoteText]],
    book: _AddressBook,
    speaker_of: Mapping[str, str],
    rulings: QuoteRulings,
) -> str:
    """Carry out one row. Returns what is wrong with it, or an empty string."""
    if row.quote in by_id:
        found = [by_id[row.quote]]
        if row.words and fold(row.words) not in fold(found[0].text):
            return f"quote {row.quote} has other words now; it counts as not reviewed"
    elif row.quote and not (row.article and row.words):
        found = []
    else:
        found = [quote for quote in by_article.get(row.article, ()) if fold(row.words) in fold(quote.text)]
    if len(found) != 1:
        which = row.quote if row.quote and not found else f"of article {row.article!r} with these words"
        return f"{len(found)} quotes {which}" if found else f"there is no quote {which} (any more)"
    quote = found[0]
    if row.action == "attribute":
        speaker = book.find(row.to) if row.to else ""
        if speaker is None:
            return f"not one speaker is called {row.to!r}; give a slug"
        before = rulings.attributed.get(quote.id)
        if before is not None and rulings.attributions[quote.id] != speaker:
            rulings.problems.append(f"{before.where}: {row.where} gives the quote to somebody else; that one counts")
            rulings.done -= 1
        rulings.attributions[quote.id], rulings.attributed[quote.id] = speaker, row
    elif row.speaker:
        now = rulings.attributions.get(quote.id, speaker_of.get(quote.entity or "", ""))
        if book.find(row.speaker) != now:
            return f"quote {quote.id} is not attributed to {row.speaker!r} now; it counts as not reviewed"
    if row.action != "attribute":
        judged = rulings.judged.get(quote.id)
        if judged is not None and judged.action != row.action:
            rulings.problems.append(f"{judged.where}: {row.where} says the opposite; that one counts")
            rulings.done -= 1
        rulings.judged[quote.id] = row
    rulings.reviews[quote.id] = Review(_STATUS[row.action], row.by, row.day, row.note)
    return ""


def recount(
    speakers: Sequence[Speaker], quotes: Iterable[QuoteText], attributions: Mapping[str, str]
) -> tuple[Speaker, ...]:
    """Move quotes that were given to others between the counts of speakers, and put these in order again."""
    if not attributions:
        return tuple(speakers)
    speaker_of = {key: speaker.id for speaker in speakers for key in speaker.members}
    change: Counter[str] = Counter()
    for quote in quotes:
        if quote.id in attributions:
            change[speaker_of.get(quote.entity or "", "")] -= 1
            change[attributions[quote.id]] += 1
    counted = (
        replace(speaker, quotes=speaker.quotes + change[speaker.id]) if change[speaker.id] else speaker
        for speaker in speakers
    )
    return tuple(sorted(counted, key=lambda speaker: (-speaker.quotes, speaker.name, speaker.id)))


class _AddressBook:
    """Speakers by slug, id or name, after all rulings."""

    def __init__(self, speakers: Iterable[Speaker]) -> None:
        self._address: dict[str, str] = {}
        self._names: dict[str, set[str]] = defaultdict(set)
        self._aliases: dict[str, set[str]] = defaultdict(set)
        for speaker in speakers:
            for address in speaker.old_slugs:
                self._address.setdefault(address, speaker.id)
            self._address |= dict.fromkeys((speaker.slug, speaker.id), speaker.id)
            self._names[fold(speaker.name)].add(speaker.id)
            for alias in speaker.aliases:
                self._aliases[fold(alias)].add(speaker.id)

    def find(self, reference: str) -> str | None:
        """The id of the one speaker meant, or None."""
        if reference in self._address:
            return self._address[reference]
        found = self._names.get(fold(reference)) or self._aliases.get(fold(reference)) or set()
        return next(iter(found)) if len(found) == 1 else None
