"""Where the cluster is and how it is reached: addresses, credentials, retries, and its failures in plain words.

The address is ``http[s]://HOST:PORT[,HOST:PORT...][/NAME]``; ``NAME`` is the alias of the collection (default ``onrecord``).
Secrets come from the environment, never from the address:

* ``ONRECORD_OPENSEARCH_USER`` and ``ONRECORD_OPENSEARCH_PASSWORD``, or ``ONRECORD_OPENSEARCH_API_KEY``;
* ``ONRECORD_OPENSEARCH_CA``: file with the certificates to trust (default: the system's);
* ``ONRECORD_OPENSEARCH_TIMEOUT``: seconds for one request (default 10).
"""

from __future__ import annotations

import base64
import contextlib
import logging
import os
import re
import ssl
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from opensearchpy import OpenSearch
from opensearchpy.exceptions import (
    AuthenticationException,
    AuthorizationException,
    ConnectionTimeout,
    OpenSearchException,
    SSLError,
    TransportError,
)
from opensearchpy.exceptions import ConnectionError as NoConnection
from opensearchpy.exceptions import NotFoundError as NotThere

from search.errors import (
    BadRequestError,
    ConfigurationError,
    EngineUnavailableError,
    IndexMissingError,
    OnRecordError,
    SearchIndexError,
)

RETRIED = (429, 502, 503, 504)
"""Answers that mean "later": the client tries the next node, then waits."""

LONGEST = 3600.0
"""Seconds for one request at the most."""

_ADDRESS = re.compile(r"(?P<scheme>https?)://(?P<hosts>[^/?#@]+)(?:/(?P<name>[^/?#]*))?/?$")
_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,99}$")


@dataclass(frozen=True, slots=True)
class Address:
    """A cluster and the collection in it.

    Attributes:
        hosts: Base addresses of the nodes to talk to.
        name: Alias of the collection.
        text: The address as given, for messages.
    """

    hosts: tuple[str, ...]
    name: str
    text: str


def parse_address(text: str) -> Address:
    """Read an address.

    Raises:
        ConfigurationError: It is not one.
    """
    found = _ADDRESS.match(text)
    if not found:
        raise ConfigurationError(f"{text!r} is no address of a cluster", "write opensearch:http://HOST:PORT/NAME")
    name = found["name"] or "onrecord"
    if not _NAME.match(name):
        raise ConfigurationError(f"{name!r} cannot name an index", "use small letters, digits, '-' and '_'")
    hosts = tuple(f"{found['scheme']}://{host}" for host in found["hosts"].split(",") if host)
    return Address(hosts, name, text)


def connect(address: Address, environment: Mapping[str, str] = os.environ) -> OpenSearch:
    """Make a client; nothing is sent yet.

    Raises:
        ConfigurationError: A value in the environment cannot be used.
    """
    options: dict[str, Any] = {}
    user, password = (environment.get(f"ONRECORD_OPENSEARCH_{part}") for part in ("USER", "PASSWORD"))
    if key := environment.get("ONRECORD_OPENSEARCH_API_KEY"):
        options["headers"] = {"Authorization": f"ApiKey {key}"}
    elif user:
        # Made here: the client would take other letters than Latin-1 for an error, and the cluster reads UTF-8.
        pair = base64.b64encode(f"{user}:{password or ''}".encode()).decode("ascii")
        options["headers"] = {"Authorization": f"Basic {pair}"}
    if certificates := environment.get("ONRECORD_OPENSEARCH_CA"):
        options["ca_certs"] = _readable(certificates)
    seconds = environment.get("ONRECORD_OPENSEARCH_TIMEOUT", "10")
    try:
        timeout = float(seconds)
    except ValueError:
        timeout = 0.0
    if not 0 < timeout <= LONGEST:
        raise ConfigurationError(f"ONRECORD_OPENSEARCH_TIMEOUT is {seconds!r}", "give seconds, such as 10")
    # The failures that the client would log are raised, and told once, by whoever asked.
    logging.getLogger("opensearch").setLevel(logging.CRITICAL)
    return OpenSearch(
        hosts=list(address.hosts),
        timeout=timeout,
        max_retries=max(1, len(address.hosts) - 1),  # every node once, a lone one twice
        retry_on_timeout=len(address.hosts) > 1,  # asking the node again that is too slow makes it slower
        retry_on_status=RETRIED,
        http_compress=True,
        pool_maxsize=16,
        **options,
    )


def _readable(certificates: str) -> str:
    try:
        ssl.create_default_context(cafile=certificates)
    except (OSError, ssl.SSLError) as error:
        problem = error.strerror if isinstance(error, FileNotFoundError | PermissionError) else "no PEM certificates"
        raise ConfigurationError(
            f"ONRECORD_OPENSEARCH_CA is {certificates!r} ({problem})", "give a file with certificates to trust"
        ) from None
    return certificates


@contextlib.contextmanager
def plain_errors(address: Address) -> Iterator[None]:
    """Turn the client's exceptions into ours.

    Raises:
        EngineUnavailableError: No node answers, or the cluster refuses the credentials.
        BadRequestError: The query is larger than the cluster takes.
        IndexMissingError: There is no such collection.
        SearchIndexError: The cluster cannot do what was asked.
    """
    try:
        yield
    except NotThere as error:
        raise IndexMissingError(address.text) from error
    except AuthenticationException as error:
        remedy = "set ONRECORD_OPENSEARCH_USER and _PASSWORD, or ONRECORD_OPENSEARCH_API_KEY, to valid ones"
        raise EngineUnavailableError(address.text, "it refuses these credentials", remedy) from error
    except AuthorizationException as error:
        raise _forbidden(address, error) from error
    except SSLError as error:
        raise EngineUnavailableError(address.text, *_tls_problem(str(error))) from error
    except ConnectionTimeout as error:
        remedy = "try again when it is less busy, or raise ONRECORD_OPENSEARCH_TIMEOUT"
        raise EngineUnavailableError(address.text, "no node answers in time", remedy) from error
    except NoConnection as error:
        raise EngineUnavailableError(address.text, "no node can be reached") from error
    except TransportError as error:
        raise _refused(address, error) from error
    except OpenSearchException as error:
        raise SearchIndexError(f"the cluster at {address.text} fails ({error})") from error


def reason_of(error: TransportError) -> str:
    """What the cluster itself says is wrong: the innermost reason it gives."""
    body = error.info.get("error") if isinstance(error.info, dict) else None
    if not isinstance(body, dict):
        return str(error.error)
    causes = [*body.get("root_cause", ()), *(failed.get("reason", {}) for failed in body.get("failed_shards", ()))]
    while isinstance(body.get("caused_by"), dict):
        body = body["caused_by"]
        causes.append(body)
    reasons = [f"{cause.get('type', '')}: {cause.get('reason', '')}" for cause in causes if isinstance(cause, dict)]
    return reasons[-1] if reasons else f"{body.get('type', '')}: {body.get('reason', '')}"


def _refused(address: Address, error: TransportError) -> OnRecordError:
    reason = reason_of(error)
    if "too_many_" in reason and "clauses" in reason or "maxClauseCount" in reason:
        return BadRequestError("this query has too many words for the cluster", "search for fewer")
    if error.status_code in RETRIED:
        return EngineUnavailableError(
            address.text, f"it is overloaded or lacks shards, status {error.status_code}, {reason}", "try again later"
        )
    return SearchIndexError(f"the cluster at {address.text} answers {error.status_code} ({reason})")


def _forbidden(address: Address, error: TransportError) -> OnRecordError:
    reason = reason_of(error)
    if "cluster_block" in reason:
        return SearchIndexError(
            f"the cluster at {address.text} takes no changes ({reason})",
            "free disk space on its nodes, or lift the block, then run this again",
        )
    return EngineUnavailableError(
        address.text, f"these credentials may not do this: {reason}", "ask its administrator for the right to"
    )


def _tls_problem(text: str) -> tuple[str, str]:
    """What is wrong with the secured connection, and what to do."""
    if "mismatch" in text or "doesn't match" in text or "not valid for" in text:
        return "its certificate is for another name", "use the host name that the certificate gives"
    if "WRONG_VERSION_NUMBER" in text or "wrong version number" in text or "record layer" in text:
        return "it does not speak TLS there", "write http:// instead of https://"
    if "expired" in text:
        return "its certificate has expired", "renew it"
    return "its certificate is not trusted", "set ONRECORD_OPENSEARCH_CA to the certificate of who signed it"
