#!/usr/bin/env python3
"""How well quotes and speakers are found, and how fast: quotes_bench.py GOLD.jsonl [--json OUT] [--limit N]

GOLD has a line an article: ``{"id", "text", "quotes": [{"start", "end", "type", "speaker", "speaker_start", "speaker_end",
"speaker_canonical", "cue"}]}``; quotes marked ``"optional"`` count neither way. A found quote matches a gold one when their
characters overlap by at least 0.8 (Jaccard), one to one, best first. A speaker is right when the names agree: the same words, or
one name within the other, or the same last word; where gold gives a full name, a pronoun is not enough.

Prints span and end-to-end scores by type, the same per article, how right the confidence is, errors by phenomenon, and articles
of 850 words a second on one core with each stage's share: the time for all words (between white space), in proportion.

Speed is told twice: for quotes and speakers (paragraphs, words, quotations, people, attribution, and who is named), and for all
that ``onrecord extract`` does with a line, from reading it to the line printed. It is measured as a process of the product meets
articles: in one pass, each for the first time, caches filled by the first twenty only, and the collector of cycles set as the
product sets it (:func:`indexer.extracting.tagger` does). Starting the process is not counted.
"""

from __future__ import annotations

import argparse
import json
import re
import time
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

from indexer.attribution import attribute
from indexer.document import Extraction
from indexer.extract_json import to_line
from indexer.extracting import tagger
from indexer.mentions import find_people
from indexer.name_tokens import read_tokens
from indexer.named import find_named
from indexer.paragraphs import split
from indexer.quotations import find_quotations
from indexer.readers.jsonlines import parse_line

OVERLAP = 0.8
WORDS = 850
MARKS = " \t\r\n\u00a0\"'`‘’‚“”„«»‹›"
PRONOUNS = frozenset("i he him she her it they them we us who this that".split())
TITLES = frozenset("mr mrs ms dr sir prof sen rep gov president minister mayor judge gen the a an".split())
QUOTES_AND_SPEAKERS = ("paragraphs", "words", "quotations", "people", "attribution", "named")
GROUPS = {"direct": {"direct"}, "indirect+mixed": {"indirect", "mixed"}, "all": {"direct", "indirect", "mixed"}}


def words(name: str | None) -> list[str]:
    found = re.findall(r"[^\W_]+", re.sub(r"['’]s\b|\.", "", (name or "").casefold()))
    while found and found[0] in TITLES:
        found = found[1:]
    return found


def same(a: str | None, b: str | None) -> bool:
    x, y = words(a), words(b)
    if not x or not y or x[0] in PRONOUNS or y[0] in PRONOUNS:
        return bool(x) and x == y
    return (
        set(x) <= set(y) or set(y) <= set(x) or (x[-1] == y[-1] and (len(x) == 1 or len(y) == 1 or x[0][0] == y[0][0]))
    )


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip(MARKS)), start + len(piece.rstrip(MARKS))


def overlap(a: tuple[int, int], b: tuple[int, int]) -> float:
    shared = min(a[1], b[1]) - max(a[0], b[0])
    return shared / (a[1] - a[0] + b[1] - b[0] - shared) if shared > 0 else 0.0


def match(gold: list[tuple[int, int]], found: list[tuple[int, int]]) -> dict[int, int]:
    pairs = sorted((-overlap(g, f), i, j) for i, g in enumerate(gold) for j, f in enumerate(found))
    matched: dict[int, int] = {}
    for score, i, j in pairs:
        if -score >= OVERLAP and i not in matched and j not in matched.values():
            matched[i] = j
    return matched


def right(gold: dict[str, Any], found: dict[str, Any]) -> bool:
    if not gold["speaker"]:
        return not found["speaker"]
    if full := gold.get("speaker_canonical"):
        return same(full, found["name"] or found["speaker"])
    edges = [gold["speaker_start"], gold["speaker_end"], found["start_of"], found["end_of"]]
    touching = None not in edges and max(edges[0], edges[2]) < min(edges[1], edges[3])
    return touching or any(same(gold["speaker"], name) for name in (found["speaker"], found["name"]))


def phenomenon(gold: dict[str, Any], text: str) -> str:
    speaker, cue = gold["speaker"] or "", gold.get("cue_start")
    if not speaker:
        return "nobody named"
    if gold.get("cue") is None:
        return "implicit"
    if "\n\n" in text[min(gold["start"], gold["speaker_start"] or 0) : max(gold["end"], gold["speaker_end"] or 0)]:
        return "multi-paragraph"
    if speaker.casefold() in PRONOUNS:
        return "pronoun"
    if cue is not None and gold["speaker_start"] is not None and cue < gold["speaker_start"]:
        return "inverted"
    if not speaker[0].isupper() or speaker.casefold().startswith(("the ", "a ")):
        return "role"
    return "surname" if len(words(speaker)) == 1 else "name"


def run(lines: list[bytes], stages: Counter[str]) -> list[list[dict[str, Any]]]:
    answers = []
    terms = {term.id: term for term in tagger().terms()}
    for line in lines:
        at = time.process_time()
        article = parse_line(line, "gold")
        at = _lap(stages, "reading", at)
        document = split(article)
        at = _lap(stages, "paragraphs", at)
        tokens = read_tokens(document)
        at = _lap(stages, "words", at)
        topics = tagger().tag(document, tokens)
        at = _lap(stages, "topics", at)
        quotations = find_quotations(document, tokens)
        at = _lap(stages, "quotations", at)
        people = find_people(document, quotations, tokens)
        at = _lap(stages, "people", at)
        quotes = attribute(document, quotations, people)
        at = _lap(stages, "attribution", at)
        named = find_named(people, quotations, quotes)
        at = _lap(stages, "named", at)
        of_quotes = tuple(map(topics.of, quotations))
        found = Extraction(
            document, quotes, named.entities, named.mentions, topics.article, topics.paragraphs, of_quotes
        )
        to_line(found, found.topics, terms)
        _lap(stages, "output", at)
        names = {entity.key: entity.name for entity in people.entities(quotes)}
        answers.append([
            {"start": q.quotation.start, "end": q.quotation.end, "type": q.quotation.type,
             "speaker": q.attribution.as_written, "start_of": q.attribution.start, "end_of": q.attribution.end,
             "name": names.get(q.attribution.entity or "", ""), "confidence": q.attribution.confidence}
            for q in quotes if q.quotation.type != "turn"
        ])  # fmt: skip
    return answers


def _lap(stages: Counter[str], name: str, since: float) -> float:
    now = time.process_time()
    stages[name] += now - since  # type: ignore[assignment]
    return now


def f1(hits_p: int, found: int, hits_r: int, gold: int) -> float:
    p, r = hits_p / max(found, 1), hits_r / max(gold, 1)
    return 2 * p * r / (p + r) if p + r else 0.0


def score(articles: list[dict[str, Any]], answers: list[list[dict[str, Any]]]) -> dict[str, Any]:
    n: Counter[tuple[str, str]] = Counter()
    per_article: defaultdict[str, list[float]] = defaultdict(list)
    bins: defaultdict[int, list[bool]] = defaultdict(list)
    kinds: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for article, found in zip(articles, answers, strict=True):
        gold, text = article["quotes"], article["text"]
        pairs = match(
            [trimmed(text, q["start"], q["end"]) for q in gold], [trimmed(text, q["start"], q["end"]) for q in found]
        )
        excused = {j for i, j in pairs.items() if gold[i].get("optional")}
        good = {i: right(gold[i], found[j]) for i, j in pairs.items()}
        for group, types in GROUPS.items():
            mine: Counter[str] = Counter()
            mine["gold"] = sum(q["type"] in types and not q.get("optional") for q in gold)
            mine["found"] = sum(q["type"] in types and j not in excused for j, q in enumerate(found))
            for i, j in pairs.items():
                if not gold[i].get("optional"):
                    for name, counts in (("span", True), ("end", good[i])):
                        mine[name + " r"] += gold[i]["type"] in types and counts
                        mine[name + " p"] += found[j]["type"] in types and counts
            n.update({(group, key): value for key, value in mine.items()})
            if mine["gold"]:
                per_article[group].append(f1(mine["end p"], mine["found"], mine["end r"], mine["gold"]))
        for i, j in pairs.items():
            if not gold[i].get("optional") and gold[i]["speaker"]:
                bins[min(int(found[j]["confidence"] * 10), 9)].append(good[i])
        for i, q in enumerate(gold):
            if not q.get("optional"):
                outcome = "right" if good.get(i) else "wrong speaker" if i in pairs else "span missed"
                kinds[phenomenon(q, text)][outcome] += 1
    groups = {
        group: {
            "gold": n[group, "gold"],
            "found": n[group, "found"],
            "spans_f1": f1(n[group, "span p"], n[group, "found"], n[group, "span r"], n[group, "gold"]),
            "end_to_end_f1": f1(n[group, "end p"], n[group, "found"], n[group, "end r"], n[group, "gold"]),
            "p": n[group, "span p"] / max(n[group, "found"], 1),
            "r": n[group, "span r"] / max(n[group, "gold"], 1),
            "end_to_end_f1_per_article": sum(per_article[group]) / max(len(per_article[group]), 1),
        }
        for group in GROUPS
    }
    reliability = {f"{b / 10:.1f}": {"quotes": len(v), "right": sum(v) / len(v)} for b, v in sorted(bins.items())}
    return {"groups": groups, "reliability": reliability, "phenomena": {k: dict(v) for k, v in kinds.items()}}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--json", type=Path)
    parser.add_argument("--limit", type=int, default=None)
    arguments = parser.parse_args()
    lines = arguments.gold.read_bytes().splitlines()[: arguments.limit]
    run(lines[:20], Counter())  # fills caches
    stages: Counter[str] = Counter()
    answers = run(lines, stages)
    result = score([json.loads(line) for line in lines], answers)
    seconds = sum(stages.values())
    words = sum(len(json.loads(line)["text"].split()) for line in lines)
    alike = words / WORDS  # as many articles of the length that speed is told for
    result["words_per_article"] = words / len(lines)
    result["articles_per_second"] = alike / seconds
    result["quotes_and_speakers_per_second"] = alike / sum(stages[name] for name in QUOTES_AND_SPEAKERS)
    result["stage_shares"] = {name: spent / seconds for name, spent in stages.items()}
    for group, part in result["groups"].items():
        print(f"{group:15} gold {part['gold']:5} found {part['found']:5}  spans F1 {part['spans_f1']:.3f}  end to end "
              f"{part['end_to_end_f1']:.3f}  per article {part['end_to_end_f1_per_article']:.3f}")  # fmt: skip
    print("\nconfidence   quotes  right")
    for name, part in result["reliability"].items():
        print(f"{name} and up {part['quotes']:8}  {part['right']:.3f}")
    print("\nphenomenon         quotes  right  wrong speaker  span missed")
    for name, part in sorted(result["phenomena"].items(), key=lambda pair: -sum(pair[1].values())):
        total = sum(part.values())
        print(f"{name:18} {total:6}  {part.get('right', 0) / total:.3f}          {part.get('wrong speaker', 0) / total:.3f}        "
              f"{part.get('span missed', 0) / total:.3f}")  # fmt: skip
    print(f"\n{result['quotes_and_speakers_per_second']:.0f} articles/s of {WORDS} words for quotes and speakers, "
          f"{result['articles_per_second']:.0f} for all that is printed (measured on {result['words_per_article']:.0f} words an article, "
          f"cost taken in proportion); " + ", ".join(f"{k} {v:.0%}" for k, v in result["stage_shares"].items()))  # fmt: skip
    if arguments.json:
        arguments.json.write_text(json.dumps(result, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
