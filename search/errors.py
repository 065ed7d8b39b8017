"""Everything that ``search`` raises on purpose.

    OnRecordError                    what happened + what to do; printed as one line, never as a traceback
    ├── ConfigurationError           a wrong option, URL or environment value               exit 2, HTTP 400
    ├── BadRequestError              a search that cannot be run as asked                   exit 2, HTTP 400
    │   ├── QuerySyntaxError         the query text, with the position of the trouble
    │   └── CursorError              a paging cursor that is damaged or of another search
    ├── NotFoundError                no such record, article, speaker or topic              exit 1, HTTP 404
    └── SearchIndexError             the index itself                                       exit 1, HTTP 503
        ├── IndexMissingError        nothing has been indexed there yet
        ├── IndexLockedError         another process is writing to it
        ├── IndexDamagedError        a file is missing, short or fails its checksum
        ├── IndexVersionError        written by another format version
        └── EngineUnavailableError   the engine's server does not answer

``indexer`` and ``web`` derive their own errors from :class:`OnRecordError`.
"""

from __future__ import annotations


class OnRecordError(Exception):
    """Base of all expected failures. Each class owns its message.

    Attributes:
        happened: What went wrong, in one clause.
        remedy: What the person can do about it, or an empty string.
        slug: Stable name of the problem; the last part of its problem+json ``type``.
        exit_code: Exit status of a command that ends with this error.
    """

    slug = "error"
    exit_code = 1

    def __init__(self, happened: str, remedy: str = "") -> None:
        self.happened = happened
        self.remedy = remedy
        super().__init__(f"{happened}: {remedy}" if remedy else happened)


class ConfigurationError(OnRecordError):
    """An option, an address or an environment value that cannot be used."""

    slug = "configuration"
    exit_code = 2


class BadRequestError(OnRecordError):
    """A search that cannot be run as asked."""

    slug = "bad-request"
    exit_code = 2


class QuerySyntaxError(BadRequestError):
    """The query text cannot be read.

    Attributes:
        position: Character offset of the trouble in the query text, from 0.
    """

    slug = "query-syntax"

    def __init__(self, problem: str, position: int, remedy: str = "") -> None:
        self.position = position
        super().__init__(f"{problem} (at character {position + 1} of the query)", remedy)


class CursorError(BadRequestError):
    """A paging cursor that is damaged, or that belongs to another search."""

    slug = "cursor"

    def __init__(self) -> None:
        super().__init__("this cursor does not belong to this search", "start again from the first page")


class NotFoundError(OnRecordError):
    """Something asked for by id or slug is not in the index."""

    slug = "not-found"

    def __init__(self, what: str, key: str) -> None:
        super().__init__(f"no {what} {key!r} in this index", "search for it instead")


class SearchIndexError(OnRecordError):
    """The index itself cannot be used."""

    slug = "index"


class IndexMissingError(SearchIndexError):
    """Nothing has been indexed at the given place yet."""

    slug = "index-missing"

    def __init__(self, where: str) -> None:
        super().__init__(f"there is no index at {where}", "build one with 'onrecord reindex PATH...'")


class IndexLockedError(SearchIndexError):
    """Another process is writing to the index."""

    slug = "index-locked"

    def __init__(self, where: str, holder: str = "another process") -> None:
        super().__init__(f"{holder} is writing to {where}", "wait for it to end, then try again")


class IndexDamagedError(SearchIndexError):
    """A file of the index is missing, short or fails its checksum."""

    slug = "index-damaged"

    def __init__(self, where: str, problem: str) -> None:
        super().__init__(f"the index at {where} is damaged ({problem})", "rebuild it with 'onrecord reindex PATH...'")


class IndexVersionError(SearchIndexError):
    """The index was written by a version with another format."""

    slug = "index-version"

    def __init__(self, where: str, found: object, wanted: object) -> None:
        super().__init__(
            f"the index at {where} has format {found}, this version reads format {wanted}",
            "rebuild it with 'onrecord reindex PATH...'",
        )


class EngineUnavailableError(SearchIndexError):
    """The engine's server does not answer."""

    slug = "engine-unavailable"

    def __init__(self, where: str, problem: str, remedy: str = "check the address and the cluster") -> None:
        super().__init__(f"the search cluster at {where} does not answer ({problem})", remedy)
