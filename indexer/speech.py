"""Speech told from what else stands between marks: titles of works, names of events, scare quotes.

“We won,” she said.                           speech: a cue next to it
“It has to.”                                  speech: a sentence
the film “One Last Winter”                    a title: capitals, no stop
the so-called “Orchard affair”                a scare quote: short, in the middle of a sentence
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import islice
from operator import attrgetter

from indexer.clauses import Word
from indexer.cues import cue_words
from indexer.document import Paragraph
from indexer.marks import Quoted

_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_SMALL = frozenset("a an the of in on at to for and or but nor with from by as is into over upon vs".split())
_WORKS = frozenset(
    "autobiography memoir book books novel film movie song songs album play poem series show magazine newspaper article column essay painting opera musical "
    "documentary conference forum exhibition programme program titled entitled called named headlined dubbed known labelled labeled slogan "
    "banner hashtag word term phrase so-called nicknamed nickname game podcast bill act law chapter episode single hit video anthem".split()
)
_BEFORE_TITLE = frozenset("in on of by to and for from with".split())
_FEWEST = 5
_MOST = 2 * _FEWEST
"""Words that are counted: of more it is only asked whether they are all a title."""
_END = attrgetter("end")
_SAYING = frozenset(("say", "that", "tell"))
_LEADS = frozenset((".", ":", ",", "?", "!"))
_BULLETS = " \t\u00a0*•·>-–—"


def is_speech(text: str, quoted: Quoted, words: Sequence[Word], has_cue: bool, paragraph: Paragraph) -> bool:
    """Judge a quoted span that no reported clause holds.

    Args:
        text: The article's text.
        quoted: The span.
        words: The words of its sentence.
        has_cue: Whether a cue stands next to it.
        paragraph: Its paragraph.
    """
    inner = text[quoted.start : quoted.end]
    count = len(list(islice(_WORD.finditer(inner), _MOST)))
    if not count:
        return False
    title = _is_title(word[0] for word in _WORD.finditer(inner))
    stopped = inner.rstrip()[-1:] in ".,!?…—–" or text[quoted.outer_end : quoted.outer_end + 1] == ","
    lead = text[max(quoted.outer_start - 2, 0) : quoted.outer_start].strip()
    alone = quoted.outer_start <= paragraph.start + 1 or lead in _LEADS or _behind_bullet(text, quoted, paragraph)
    first = bisect_right(words, quoted.outer_start, key=_END)
    before = [word.lower for word in words[max(first - 3, 0) : first]]
    if not stopped and count <= 8 and title:
        return has_cue and alone and not set(before) & _WORKS
    if title and before and (set(before) & _WORKS or before[-1] in _BEFORE_TITLE or before[-1].endswith("'s")):
        return False  # the commas and stops of a title stand inside the marks too: in her book “The Long Quay,” Orsk
    if before and before[-1] in _WORKS and not stopped:
        return False
    led = _led_by_cue(before)
    if has_cue and inner[:1].isupper() and inner.rstrip()[-1:] in ".!?" and count > 2 and not title:
        return True  # told the court “Nobody looked.”
    if not alone and inner[:1].islower():  # a fragment in the middle of somebody's sentence
        return has_cue and stopped and count >= _FEWEST
    if led and count >= _FEWEST:
        return True  # tweeted “Glad to be home” and left
    if not alone and not stopped:
        return has_cue and count >= 2 * _FEWEST
    if not alone and count < _FEWEST:
        return False
    if count < _FEWEST:
        return has_cue and (stopped or alone) or (alone and stopped and inner[:1].isupper())
    return True


def _led_by_cue(before: Sequence[str]) -> bool:
    """Whether a verb of saying stands right before quoted words."""
    return bool(before) and any(cue.frame in _SAYING and not cue.rest for cue in cue_words().get(before[-1], ()))


def _behind_bullet(text: str, quoted: Quoted, paragraph: Paragraph) -> bool:
    """Whether nothing but a bullet stands before a quote in its paragraph."""
    return quoted.outer_start - paragraph.start < 4 and not text[paragraph.start : quoted.outer_start].strip(_BULLETS)


def _is_title(words: Iterable[str]) -> bool:
    """Whether every word but the small ones begins with a capital."""
    large = False
    count = 0
    for count, word in enumerate(words, 1):  # noqa: B007 - the last one counts them
        small = word.lower() in _SMALL
        if not (small or word[0].isupper() or word[0].isdigit()):
            return False  # most, at once
        large = large or not small
    return large and count > 1
