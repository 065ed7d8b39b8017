"""Where the cluster is and how it is reached: addresses, credentials, retries, and its failures in plain words.

The address is ``http[s]://HOST:PORT[,HOST:PORT...][/NAME]``; ``NAME`` is the alias of the collection (default ``onrecord``).
Secrets come from the environment, never from the address:

* ``ONRECORD_OPENSEARCH_USER`` and ``ONRECORD_OPENSEARCH_PASSWORD``, or ``ONRECORD_OPENSEARCH_API_KEY``;
* ``ONRECORD_OPENSEARCH_CA``: file with the certificates to trust (default: the system's);
* ``ONRECORD_OPENSEARCH_TIMEOUT``: seconds for one request (default 10).
"""

from __future__ import annotations

import contextlib
import os
import re
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

from search.errors import ConfigurationError, EngineUnavailableError, IndexMissingError, SearchIndexError

RETRIED = (429, 502, 503, 504)
"""Answers that mean "later": the client tries the next node, then waits."""

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
        options["http_auth"] = (user, password or "")
    if certificates := environment.get("ONRECORD_OPENSEARCH_CA"):
        options["ca_certs"] = certificates
    seconds = environment.get("ONRECORD_OPENSEARCH_TIMEOUT", "10")
    try:
        timeout = float(seconds)
    except ValueError:
        raise ConfigurationError(f"ONRECORD_OPENSEARCH_TIMEOUT is {seconds!r}", "give seconds, such as 10") from None
    return OpenSearch(
        hosts=list(address.hosts),
        timeout=timeout,
        max_retries=max(3, len(address.hosts)),
        retry_on_timeout=True,
        retry_on_status=RETRIED,
        http_compress=True,
        pool_maxsize=16,
        **options,
    )


@contextlib.contextmanager
def plain_errors(address: Address) -> Iterator[None]:
    """Turn the client's exceptions into ours.

    Raises:
        EngineUnavailableError: No node answers, or the cluster refuses the credentials.
        IndexMissingError: There is no such collection.
        SearchIndexError: The cluster cannot do what was asked.
    """
    try:
        yield
    except NotThere as error:
        raise IndexMissingError(address.text) from error
    except (AuthenticationException, AuthorizationException) as error:
        raise EngineUnavailableError(address.text, "it refuses these credentials") from error
    except SSLError as error:
        raise EngineUnavailableError(address.text, "its certificate is not trusted") from error
    except (ConnectionTimeout, NoConnection) as error:
        raise EngineUnavailableError(address.text, "no node answers in time") from error
    except TransportError as error:
        if error.status_code in RETRIED:
            raise EngineUnavailableError(address.text, f"it is overloaded, status {error.status_code}") from error
        raise SearchIndexError(f"the cluster at {address.text} answers {error.status_code} ({error.error})") from error
    except OpenSearchException as error:
        raise SearchIndexError(f"the cluster at {address.text} fails ({error})") from error
