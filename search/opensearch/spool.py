"""Articles waiting for the commit, in a temporary file: what is not committed never reaches the cluster."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator

from search.encoding import dump_article, dump_record, parse_article, parse_record
from search.records import IndexedArticle


class Spool:
    """Keeps articles with their records, found again by id. The last version of an id counts."""

    def __init__(self) -> None:
        self._file = tempfile.TemporaryFile(prefix="onrecord-")  # noqa: SIM115 - closed by close()
        self._places: dict[str, tuple[int, str]] = {}

    def add(self, indexed: IndexedArticle) -> None:
        """Keep one."""
        place = self._file.seek(0, 2)
        article = indexed.article
        line = {
            "article": dump_article(article).decode("utf-8", "surrogatepass"),
            "records": [
                [record.id, dump_record(record, article).decode("utf-8", "surrogatepass")] for record in indexed.records
            ],
        }
        self._file.write(json.dumps(line).encode("ascii") + b"\n")
        self._places[article.id] = (place, article.content_hash)

    def drop(self, article_id: str) -> bool:
        """Forget one. Returns whether it was there."""
        return self._places.pop(article_id, None) is not None

    def content_hash(self, article_id: str) -> str | None:
        """The hash of one, or None."""
        place = self._places.get(article_id)
        return place[1] if place else None

    def __contains__(self, article_id: object) -> bool:
        return article_id in self._places

    def __len__(self) -> int:
        return len(self._places)

    def ids(self) -> list[str]:
        """Ids, sorted."""
        return sorted(self._places)

    def __iter__(self) -> Iterator[IndexedArticle]:
        for article_id in self.ids():
            yield self.get(article_id)

    def get(self, article_id: str) -> IndexedArticle:
        """One by id."""
        self._file.seek(self._places[article_id][0])
        line = json.loads(self._file.readline())
        article = parse_article(line["article"].encode("utf-8", "surrogatepass"))
        records = (parse_record(text.encode("utf-8", "surrogatepass"), name, article) for name, text in line["records"])
        return IndexedArticle(article, tuple(records))

    def close(self) -> None:
        """Remove the file."""
        self._file.close()
