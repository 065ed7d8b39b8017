#!/usr/bin/env python3
"""How well topics are chosen, and how fast: topics_bench.py LABELLED.jsonl ... [--json OUT]

Each line: ``{"title", "text", "iptc_top"}``, the label of a level-1 topic; lines without one are passed over. Prints for each file
micro and macro F1 of the first topic (free choice among all 17), how often the right one is among the first three, precision at
coverage (only the surest share of articles counted), the commonest confusions, and articles a second on one core.
"""

from __future__ import annotations

import argparse
import json
import time
from collections import Counter
from pathlib import Path
from typing import Any

from indexer.article import Article
from indexer.document import Document
from indexer.paragraphs import split
from indexer.topic_vocabulary import vocabulary
from indexer.topics import TopicTagger

COVERAGES = (0.25, 0.5, 0.75, 0.9)


def measure(path: Path, tagger: TopicTagger) -> dict[str, Any]:
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]
    rows = [row for row in rows if row.get("iptc_top")]
    documents: list[Document] = [
        split(Article(str(n), row["text"], row.get("title") or "")) for n, row in enumerate(rows)
    ]
    label = {term.id: term.label for term in vocabulary().values() if term.level == 1}
    began = time.process_time()
    for document in documents:
        tagger.tag(document)
    seconds = time.process_time() - began
    right: list[tuple[float, bool]] = []
    first_three, confused = 0, Counter[tuple[str, str]]()
    truth, chosen, hits = Counter[str](), Counter[str](), Counter[str]()
    for row, document in zip(rows, documents, strict=True):
        ranked = [(label[t.id], t.score) for t in tagger.scores(document) if t.id in label]
        best, share = ranked[0] if ranked else ("", 0.0)
        gold = row["iptc_top"]
        truth[gold] += 1
        chosen[best] += 1
        hits[gold] += best == gold
        right.append((share, best == gold))
        first_three += gold in [name for name, _ in ranked[:3]]
        if best != gold:
            confused[gold, best] += 1
    f1 = [2 * hits[name] / (truth[name] + chosen[name]) for name in truth]
    right.sort(reverse=True)
    return {
        "articles": len(rows),
        "micro_f1": sum(hits.values()) / len(rows),
        "macro_f1": sum(f1) / len(f1),
        "first_three": first_three / len(rows),
        "precision_at_coverage": {
            str(share): sum(ok for _, ok in right[: max(1, int(len(right) * share))]) / max(1, int(len(right) * share))
            for share in COVERAGES
        },
        "by_topic": {name: hits[name] / truth[name] for name in sorted(truth)},
        "confused": [[gold, best, count] for (gold, best), count in confused.most_common(8)],
        "articles_per_second": len(rows) / seconds,
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("labelled", nargs="+", type=Path)
    parser.add_argument("--json", type=Path)
    arguments = parser.parse_args()
    tagger, results = TopicTagger(), {}
    for path in arguments.labelled:
        result = results[path.name] = measure(path, tagger)
        print(f"{path.name}: {result['articles']} articles; micro F1 {result['micro_f1']:.3f}, macro F1 {result['macro_f1']:.3f}, "
              f"first three {result['first_three']:.3f}; {result['articles_per_second']:.0f} articles/s")  # fmt: skip
        print("  surest share: " + ", ".join(f"{c} {p:.3f}" for c, p in result["precision_at_coverage"].items()))
        print("  by topic: " + ", ".join(f"{name} {share:.2f}" for name, share in result["by_topic"].items()))
        for gold, best, count in result["confused"]:
            print(f"  {count:4} {gold} taken for {best}")
    if arguments.json:
        arguments.json.write_text(json.dumps(results, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
