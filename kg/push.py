"""A store's graphs to another triple store, by the SPARQL 1.1 Graph Store HTTP Protocol.

Each graph is one ``PUT`` (https://www.w3.org/TR/sparql11-http-rdf-update/#http-put), which makes it the whole content of the graph of
that name: pushing twice is pushing once, and what was interrupted is pushed again from the start. What fails for a passing reason
is tried again after 0.5, 1, 2 … seconds, at most half a minute.
"""

from __future__ import annotations

import time
import urllib.error
from collections.abc import Iterator, Sequence

import pyoxigraph as ox

from kg import store as stores
from kg.errors import InputError
from kg.remote import TIMEOUT, GraphStore

FIRST_WAIT, LONGEST_WAIT = 0.5, 30.0
_PASSING = frozenset({408, 425, 429, 500, 502, 503, 504})


def push(
    store: ox.Store,
    names: Sequence[ox.NamedNode],
    endpoint: str,
    *,
    ontology: bool = True,
    timeout: float = TIMEOUT,
    retries: int = 5,
) -> Iterator[ox.NamedNode]:
    """Send the graphs ``names`` of an open store to the Graph Store at ``endpoint``, the ontology's terms first; gives back each
    name when its graph has arrived.

    ``timeout`` is in seconds, ``retries`` how often each graph is tried again. Raises :class:`InputError` where one cannot be sent.
    """
    remote = GraphStore(endpoint, timeout=timeout)
    for name in [*([stores.TERMS_GRAPH] if ontology else []), *names]:
        _put(remote, stores.turtle(store, name), name.value, retries)
        yield name


def _put(remote: GraphStore, data: bytes, name: str, retries: int) -> None:
    wait = FIRST_WAIT
    for left in range(retries, -1, -1):
        try:
            remote.put(data, name)
        except InputError as error:
            if not left or not _passes(error):
                raise
            time.sleep(_asked_to_wait(error) or wait)
            wait = min(2 * wait, LONGEST_WAIT)
        else:
            return


def _passes(error: InputError) -> bool:
    """Whether it may be different in a while: the server is overloaded or starting, the network is."""
    cause = error.__cause__
    if isinstance(cause, urllib.error.HTTPError):
        return cause.code in _PASSING
    return isinstance(cause, OSError)


def _asked_to_wait(error: InputError) -> float | None:
    """The seconds that the server asks for in ``Retry-After``, as far as we are willing."""
    cause = error.__cause__
    said = cause.headers.get("Retry-After") if isinstance(cause, urllib.error.HTTPError) and cause.headers else None
    return min(float(said), LONGEST_WAIT) if said and said.isdigit() else None
