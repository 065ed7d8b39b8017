"""The whole way on one page: read -> split -> cut into words -> tag -> find quotes -> find people -> attribute -> tell who is mentioned -> make records.

A newcomer reads this file first. Every step is a module of its own with one public function or class.
"""

from __future__ import annotations

from indexer.article import Article
from indexer.attribution import attribute
from indexer.document import Extraction
from indexer.mentions import find_people
from indexer.name_tokens import read_tokens
from indexer.named import find_named
from indexer.paragraphs import split
from indexer.quotations import find_quotations
from indexer.record_maker import make_records
from indexer.topics import TopicTagger
from search.records import IndexedArticle

EXTRACTOR_VERSION = "6"
"""Goes up whenever the same article would give other records, so that ``add`` knows to do it again."""


def extract(article: Article, tagger: TopicTagger) -> Extraction:
    """Find everything in one article: paragraphs, quotes, people, who said what, topics."""
    document = split(article)
    tokens = read_tokens(document)
    topics = tagger.tag(document, tokens)  # at once: the words are at hand in the processor's cache
    quotations = find_quotations(document, tokens)
    people = find_people(document, quotations, tokens)
    quotes = attribute(document, quotations, people)
    named = find_named(people, quotations, quotes)
    return Extraction(
        document=document,
        quotes=quotes,
        entities=named.entities,
        mentions=named.mentions,
        topics=topics.article,
        paragraph_topics=topics.paragraphs,
        quote_topics=tuple(map(topics.of, quotations)),
    )


def index(article: Article, tagger: TopicTagger) -> IndexedArticle:
    """Extract one article and make what a search engine stores of it."""
    return make_records(extract(article, tagger), EXTRACTOR_VERSION)
