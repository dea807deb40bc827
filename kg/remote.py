"""Graphs on other machines: a client of the SPARQL 1.1 Protocol and of the Graph Store Protocol, on the standard library alone.

Queries go out as a form POST, which every endpoint understands (https://www.w3.org/TR/sparql11-protocol/#query-via-post-urlencoded;
a direct POST makes Virtuoso 7 hang); graphs are read and written as the Graph Store Protocol has it
(https://www.w3.org/TR/sparql11-http-rdf-update/). A name and password in the URL (``http://user:password@host/…``) answer a
challenge, basic or digest. Whatever goes wrong is an :class:`InputError` of one line that starts with the URL, without the password.
"""

from __future__ import annotations

import contextlib
import http.client
import re
import socket
import ssl
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import IO, NoReturn

import pyoxigraph as ox

from kg import __version__
from kg.errors import InputError

TIMEOUT = 60.0

_RESULTS = {
    "application/sparql-results+json": ox.QueryResultsFormat.JSON,
    "application/json": ox.QueryResultsFormat.JSON,
    "application/sparql-results+xml": ox.QueryResultsFormat.XML,
    "application/xml": ox.QueryResultsFormat.XML,
    "text/xml": ox.QueryResultsFormat.XML,
    "text/tab-separated-values": ox.QueryResultsFormat.TSV,
}
_GRAPHS = {
    "text/turtle": ox.RdfFormat.TURTLE,
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
    "application/rdf+xml": ox.RdfFormat.RDF_XML,
    "application/ld+json": ox.RdfFormat.JSON_LD,
    "application/n-quads": ox.RdfFormat.N_QUADS,
    "application/trig": ox.RdfFormat.TRIG,
    "text/n3": ox.RdfFormat.N3,
}
_ACCEPT_RESULTS = "application/sparql-results+json, application/sparql-results+xml;q=0.9, text/tab-separated-values;q=0.5"
_ACCEPT_GRAPH = "application/n-triples, text/turtle;q=0.9, application/rdf+xml;q=0.8"


@dataclass(frozen=True, slots=True)
class Endpoint:
    """A SPARQL 1.1 endpoint.

    ``url`` answers queries, ``update_url`` updates (the same where not given). ``timeout`` is in seconds and holds for the
    connection and for every wait for more bytes. ``default_graphs`` and ``named_graphs`` make the dataset that is asked; without
    them the endpoint's own default is.
    """

    url: str
    update_url: str | None = None
    timeout: float = TIMEOUT
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()

    def query(self, text: str) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
        """What the endpoint answers: rows and yes or no as they come in, graphs whole."""
        graph = re.search(r"\b(?:CONSTRUCT|DESCRIBE)\b", text, re.IGNORECASE) is not None
        accept = f"{_ACCEPT_RESULTS}, {_ACCEPT_GRAPH}" if graph else _ACCEPT_RESULTS
        form = [("query", text), *(("default-graph-uri", iri) for iri in self.default_graphs)]
        form += [("named-graph-uri", iri) for iri in self.named_graphs]
        answer = self._post(self.url, form, accept)
        kind = answer.media_type
        try:
            if kind in _RESULTS:
                return ox.parse_query_results(answer.stream, format=_RESULTS[kind])
            if graph and kind in _GRAPHS:
                return _as_triples(ox.parse(answer.stream, format=_GRAPHS[kind]))
        except (SyntaxError, ValueError, OSError) as error:
            answer.fail(f"its answer breaks off or is no {kind} ({_one_line(error)}); expected SPARQL 1.1 results")
        return answer.fail(f"answered {kind or 'without a media type'}; expected SPARQL results; is this the endpoint's address?")

    def update(self, text: str) -> None:
        """Send an update, as a form POST."""
        form = [("update", text), *(("using-graph-uri", iri) for iri in self.default_graphs)]
        form += [("using-named-graph-uri", iri) for iri in self.named_graphs]
        with contextlib.closing(self._post(self.update_url or self.url, form, "*/*")) as answer:
            answer.stream.read()

    def _post(self, url: str, form: Sequence[tuple[str, str]], accept: str) -> Answer:
        data = urllib.parse.urlencode(form).encode("ascii")
        return send("POST", url, data, {"Content-Type": "application/x-www-form-urlencoded", "Accept": accept}, self.timeout)


@dataclass(frozen=True, slots=True)
class GraphStore:
    """The graphs behind a Graph Store Protocol address; ``graph`` is the IRI of a named graph, ``None`` the default graph."""

    url: str
    timeout: float = TIMEOUT

    def get(self, graph: str | None = None) -> Iterator[ox.Triple]:
        """The triples of a graph as they come in."""
        answer = send("GET", self._address(graph), None, {"Accept": _ACCEPT_GRAPH}, self.timeout)
        with contextlib.closing(answer):
            if answer.media_type not in _GRAPHS:
                answer.fail(f"answered {answer.media_type or 'without a media type'}; expected an RDF graph")
            try:
                for quad in ox.parse(answer.stream, format=_GRAPHS[answer.media_type]):
                    yield quad.triple
            except (SyntaxError, ValueError, OSError) as error:
                answer.fail(f"its graph breaks off or is no {answer.media_type} ({_one_line(error)}); expected an RDF graph")

    def put(self, data: bytes, graph: str | None = None, media_type: str = "text/turtle") -> None:
        """Make this the whole content of a graph."""
        self._write("PUT", graph, data, media_type)

    def post(self, data: bytes, graph: str | None = None, media_type: str = "text/turtle") -> None:
        """Add to a graph."""
        self._write("POST", graph, data, media_type)

    def delete(self, graph: str | None = None) -> None:
        """Remove a graph; that there is none is an error that the server tells."""
        self._write("DELETE", graph, None, None)

    def _address(self, graph: str | None) -> str:
        separator = "&" if urllib.parse.urlsplit(self.url).query else "?"
        name = "default" if graph is None else urllib.parse.urlencode({"graph": graph})
        return f"{self.url}{separator}{name}"

    def _write(self, method: str, graph: str | None, data: bytes | None, media_type: str | None) -> None:
        headers = {"Content-Type": media_type} if media_type else {}
        with contextlib.closing(send(method, self._address(graph), data, headers, self.timeout)) as answer:
            answer.stream.read()


# -------------------------------------------------------------------------------------------------------------------- HTTP


@dataclass(frozen=True, slots=True)
class Answer:
    """A successful HTTP response whose body is still to be read. ``shown`` is its address without the password."""

    shown: str
    media_type: str
    stream: IO[bytes]

    def fail(self, what: str) -> NoReturn:
        self.close()
        raise InputError(f"{self.shown}: {what}")

    def close(self) -> None:
        self.stream.close()


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """A redirected POST would arrive as a GET without its query; the new address is told instead."""

    def redirect_request(self, req, fp, code, msg, headers, newurl):  # type: ignore[no-untyped-def]
        return None if req.get_method() != "GET" else super().redirect_request(req, fp, code, msg, headers, newurl)


def send(method: str, url: str, data: bytes | None, headers: dict[str, str], timeout: float) -> Answer:
    """Send one request. Raises :class:`InputError` where nobody answers in time, or the answer is no success."""
    address, shown, opener = _opener(url)
    request = urllib.request.Request(
        address, data=data, headers={"User-Agent": f"bilateral-kg/{__version__}", **headers}, method=method
    )
    expected = "expected a SPARQL 1.1 endpoint there"
    try:
        response = opener(request, timeout)
    except urllib.error.HTTPError as error:
        raise InputError(f"{shown}: {_http_error(error)}") from error
    except urllib.error.URLError as error:
        reason = error.reason
        if isinstance(reason, TimeoutError):
            raise InputError(
                f"{shown}: no answer within {timeout:g} s; expected one (--timeout sets how long to wait)"
            ) from error
        if isinstance(reason, socket.gaierror):
            raise InputError(f"{shown}: no such host; {expected}") from error
        if isinstance(reason, ssl.SSLError):
            raise InputError(f"{shown}: no safe connection ({_one_line(reason)}); {expected}") from error
        if isinstance(reason, ConnectionRefusedError):
            raise InputError(f"{shown}: connection refused; {expected}") from error
        told = reason.strerror if isinstance(reason, OSError) and reason.strerror else reason
        raise InputError(f"{shown}: {_one_line(told)}; {expected}") from error
    except TimeoutError as error:
        raise InputError(f"{shown}: no answer within {timeout:g} s; expected one (--timeout sets how long to wait)") from error
    except (http.client.HTTPException, OSError, UnicodeError, ValueError) as error:
        raise InputError(f"{shown}: no HTTP answer ({_one_line(error)}); {expected}") from error
    return Answer(shown, (response.headers.get_content_type() if "Content-Type" in response.headers else "").lower(), response)


def _opener(url: str) -> tuple[str, str, Callable[[urllib.request.Request, float], http.client.HTTPResponse]]:
    """The address without name and password, as it may be shown, and the way to open a request to it."""
    try:
        parts = urllib.parse.urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError as error:
        raise InputError(f"{url}: is no URL ({error}); expected one such as http://127.0.0.1:7878/query") from error
    if parts.scheme not in ("http", "https") or not host:
        raise InputError(f"{url}: is no web address; expected one such as http://127.0.0.1:7878/query")
    where = f"[{host}]" if ":" in host else host
    address = urllib.parse.urlunsplit(parts._replace(netloc=where + (f":{port}" if port else ""), fragment=""))
    handlers: list[urllib.request.BaseHandler] = [_NoRedirect()]
    if parts.username:
        passwords = urllib.request.HTTPPasswordMgrWithDefaultRealm()
        name, password = urllib.parse.unquote(parts.username), urllib.parse.unquote(parts.password or "")
        passwords.add_password(None, address, name, password)
        handlers += [urllib.request.HTTPBasicAuthHandler(passwords), urllib.request.HTTPDigestAuthHandler(passwords)]
    opener = urllib.request.build_opener(*handlers)
    return address, address, lambda request, timeout: opener.open(request, timeout=timeout)


def _http_error(error: urllib.error.HTTPError) -> str:
    """A refusal in one line: status, reason, and the beginning of what the server says about it."""
    moved = error.headers.get("Location") if error.headers else None
    if moved and 300 <= error.code < 400:
        return f"answered {error.code} {error.reason}; expected the address itself: {moved}"
    try:
        body = error.read(4000).decode("utf-8", errors="replace")
    except (OSError, http.client.HTTPException):
        body = ""
    said = _one_line(re.sub(r"<(script|style)\b.*?</\1>|<[^>]*>", " ", body, flags=re.DOTALL | re.IGNORECASE))
    expected = "; expected a query that this endpoint takes" if error.code < 500 else "; expected an answer"
    if error.code in (401, 403):
        expected = "; expected http://name:password@… with the right to do this"
    return f"answered {error.code} {error.reason}{f': {said}' if said else ''}{expected}"


def _one_line(said: object) -> str:
    line = "".join(char for char in " ".join(str(said).split()) if char.isprintable())
    return line if len(line) <= 240 else line[:239] + "…"


def _as_triples(quads: Iterator[ox.Quad]) -> ox.QueryTriples:
    """A graph as the local engine gives it, so that both are written alike."""
    store = ox.Store()
    store.bulk_extend(ox.Quad(quad.subject, quad.predicate, quad.object) for quad in quads)
    triples = store.query("CONSTRUCT WHERE { ?s ?p ?o }")
    assert isinstance(triples, ox.QueryTriples)
    return triples
