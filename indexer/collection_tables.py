"""What is known of a collection as a whole: who is who -> the user's rulings -> near-copies."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from indexer.correcting import SpeakerRulings
from indexer.corrections import Corrections
from indexer.extracting import tagger
from indexer.feed import Progress
from indexer.identity.registry import describe, group
from indexer.pipeline import EXTRACTOR_VERSION
from indexer.reviewing import recount, rule_on_quotes
from indexer.variants import find_variants
from search.engine import CollectionView
from search.records import CollectionTables


@dataclass(frozen=True, slots=True)
class WorkedOut:
    """Tables, how many of the user's corrections were carried out, and why the others were not."""

    tables: CollectionTables
    corrections: int
    ignored: tuple[str, ...]


def work_out(view: CollectionView, corrections: Corrections, progress: Progress) -> WorkedOut:
    """Work out the tables of everything in ``view``."""
    progress.stage("telling who is who")
    quotes = list(view.quotes())
    counts = Counter(quote.entity for quote in quotes if quote.entity is not None and not quote.interviewer)
    previous = view.previous()
    groups = group(view.entities())
    speakers = describe(groups, previous, counts)
    done, ignored = 0, [*corrections.problems]
    if corrections.aliases or corrections.errata:
        rulings = SpeakerRulings(groups, speakers)
        groups, given = rulings.carry_out(corrections)
        speakers = describe(groups, previous, counts, given)
        done, ignored = done + rulings.done, ignored + rulings.problems
    speaker_of = {key: speaker.id for speaker in speakers for key in speaker.members}
    on_quotes = rule_on_quotes(corrections.errata, quotes, speakers, speaker_of)
    progress.stage("finding quotes printed twice")
    variants = find_variants(quotes, speaker_of)
    progress.stage("writing the index")
    tables = CollectionTables(
        speakers=recount(speakers, quotes, on_quotes.attributions),
        topics=tagger().terms(),
        variants=variants,
        attributions=on_quotes.attributions,
        reviews=on_quotes.reviews,
        extractor=EXTRACTOR_VERSION,
    )
    return WorkedOut(tables, done + on_quotes.done, tuple(sorted((*ignored, *on_quotes.problems), key=_place)))


def _place(problem: str) -> tuple[str, int]:
    """File and line that a problem begins with: rows are named in the order of the files."""
    file, _, rest = problem.partition(",")
    line = re.match(r" line (\d+)", rest)
    return file, int(line[1]) if line else 0
