"""Settings and mapping of one generation's index, derived from the one field table.

Three sorts of documents share an index, told by ``sort``: ``record``, ``article`` and ``speaker``. Records and their article
have the article's id as routing, so that they lie on one shard.

Text is analysed by ``search.analysis`` before it is sent, and arrives as folded words, or their stems, with spaces between:
the cluster only divides at the spaces. So both engines have the same tokens by construction, whatever Unicode does.
"""

from __future__ import annotations

from typing import Any

from search.records import FIELDS, FORMAT_VERSION, FieldType

KEYWORD: dict[str, Any] = {"type": "keyword", "ignore_above": 8000}
KEPT: dict[str, Any] = {"type": "keyword", "index": False, "doc_values": False}
WORDS: dict[str, Any] = {"type": "text", "analyzer": "spaces"}

DAY_FORMAT = "yyyy-MM-dd"


def settings(shards: int) -> dict[str, Any]:
    """Settings of an index that is being filled: no refresh and no replicas until it is whole."""
    return {
        "index": {
            "number_of_shards": shards,
            "number_of_replicas": 0,
            "refresh_interval": "-1",
            "max_result_window": 10_000,
        },
        "analysis": {"analyzer": {"spaces": {"type": "custom", "tokenizer": "whitespace"}}},
    }


def mapping(generation: str, built_at: str, extractor: str) -> dict[str, Any]:
    """Strict mapping; ``_meta`` tells what the index is."""
    properties: dict[str, Any] = {
        "sort": KEYWORD,
        "id": KEYWORD,
        "article_id": KEYWORD,
        "ordinal": {"type": "integer"},
        "entities": KEYWORD,  # article-local keys that the people below were looked up by
        "group": KEYWORD,  # variant group, or the record's own id
        "variant": KEYWORD,  # variant group only
        "interviewer": {"type": "boolean"},
        "content_hash": KEYWORD,
        "share": {"type": "integer"},  # of a generation that several machines fill
        "order": KEYWORD,  # name to sort speakers by
        "keys": KEYWORD,  # id, slug and old slugs of a speaker
        "alias_words": WORDS,
        "quotes": {"type": "integer"},
        "blob": KEPT,
        "members": KEPT,  # of a speaker
    }
    for field in FIELDS:
        match field.type:
            case FieldType.TEXT:
                properties[f"{field.name}_stems"] = WORDS
            case FieldType.WORDS:
                properties[f"{field.name}_words"] = WORDS
            case FieldType.DAY:
                properties[field.name] = {"type": "date", "format": DAY_FORMAT}
            case FieldType.NUMBER:
                properties[field.name] = {"type": "float"}
            case _:
                properties[field.name] = KEYWORD
        if field.type is FieldType.KEYWORD and field.prefix:
            properties[f"{field.name}_words"] = WORDS
    properties["text_words"] = WORDS
    return {
        "dynamic": "strict",
        "_routing": {"required": True},
        "_meta": {
            "format": FORMAT_VERSION,
            "generation": generation,
            "built_at": built_at,
            "extractor": extractor,
            "complete": False,
        },
        "properties": properties,
    }
