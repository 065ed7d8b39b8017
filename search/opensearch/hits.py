"""Records as they are found to everything that a page shows of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from search.engine import Hit, Variants
from search.opensearch.collection import Collection
from search.opensearch.documents import Document, read_record
from search.opensearch.index_reader import IndexReader


def hits_of(collection: Collection, documents: Sequence[Document], scores: Sequence[float]) -> Iterator[Hit]:
    """Everything that a page shows of records."""
    articles = collection.articles(document["article_id"] for document in documents)
    people = collection.people.by_id(
        name for document in documents for field in ("speaker", "mentions") for name in document.get(field, ())
    )
    variants = _variants(collection.reader, {document["variant"] for document in documents if document.get("variant")})
    for document, score in zip(documents, scores, strict=True):
        article = articles.get(document["article_id"])
        if article is None:  # deleted between the search and this look-up
            continue
        record, review = read_record(document, article)
        said = [people[name] for name in document.get("speaker", ()) if name in people]
        quote = record.kind == "quote"
        begin, end = min(record.paragraph_start, record.start), max(record.paragraph_end, record.end)
        yield Hit(
            record=record,
            article=article,
            score=score,
            speaker=said[0] if quote and said else None,
            speakers=() if quote else tuple(said),
            mentions=tuple(people[name] for name in document.get("mentions", ()) if name in people),
            topics=tuple(collection.topics[topic.id] for topic in record.topics if topic.id in collection.topics),
            before=article.text[begin : record.start],
            after=article.text[record.end : end],
            variants=variants.get(document.get("variant", ""), Variants(ids=(record.id,))),
            review=review,
        )


def _variants(reader: IndexReader, groups: set[str]) -> Mapping[str, Variants]:
    if not groups:
        return {}
    documents = reader.records(
        {"terms": {"variant": sorted(groups)}},
        [{"published": {"order": "asc", "missing": "_last"}}, {"id": "asc"}],
        ["id", "article_id", "outlet", "variant"],
    )
    found: dict[str, list[Document]] = {}
    for document in documents:
        found.setdefault(document["variant"], []).append(document)
    return {
        group: Variants(
            ids=tuple(member["id"] for member in members),
            articles=len({member["article_id"] for member in members}),
            outlets=max(1, len({member["outlet"] for member in members if member.get("outlet")})),
        )
        for group, members in found.items()
    }
