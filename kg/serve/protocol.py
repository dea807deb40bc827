"""An HTTP request → the query that it asks, by the SPARQL 1.1 Protocol (https://www.w3.org/TR/sparql11-protocol/), or why not.

Nothing here knows the web framework: a request is its method, its query string, its headers and its body. Everything is decoded once.
"""

from __future__ import annotations

import urllib.parse
from collections.abc import Mapping
from dataclasses import dataclass

from kg.errors import InputError
from kg.serve.jobs import FORMATS, Query
from kg.serve.negotiation import named_format, result_format
from kg.sparql_text import UPDATE_FORMS, check_query, form

FORM = "application/x-www-form-urlencoded"
DIRECT = "application/sparql-query"
UPDATE = "application/sparql-update"
PARAMETERS = ("query", "default-graph-uri", "named-graph-uri", "format", "lang")


class RefusedError(Exception):
    """A request that is not answered: the HTTP status, and why in one line."""

    def __init__(self, status: int, message: str, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(message)
        self.status, self.headers = status, dict(headers or {})


@dataclass(frozen=True, slots=True)
class Asked:
    """A query that is let in, and the media type that its answer is to have."""

    query: Query
    media_type: str


def read_request(method: str, query_string: bytes, headers: Mapping[str, str], body: bytes) -> Asked | None:
    """What a request to the endpoint asks; ``None`` for a GET without a query, which asks what the service is.

    ``headers`` are by lower-case name. Raises :class:`RefusedError`.
    """
    pairs = _decoded(query_string, "the query string")
    text = None
    if method == "POST":
        media_type = headers.get("content-type", "").partition(";")[0].strip().lower()
        if media_type == FORM:
            pairs += _decoded(body, "the form")
        elif media_type == DIRECT:
            text = _utf8(body, "the query")
        elif media_type == UPDATE:
            raise RefusedError(403, "this endpoint is read-only; expected a query")
        else:
            raise RefusedError(415, f"a body of type {media_type or 'unknown'}; expected {FORM} or {DIRECT}")
    values: dict[str, list[str]] = {}
    for name, value in pairs:
        values.setdefault(name, []).append(value)
    if "update" in values or "using-graph-uri" in values:
        raise RefusedError(403, "this endpoint is read-only; expected a query")
    texts = values.get("query", []) + ([text] if text is not None else [])
    if not texts and method != "POST" and not values.keys() & {"default-graph-uri", "named-graph-uri"}:
        return None
    if len(texts) != 1:
        raise RefusedError(400, f"{len(texts)} queries; expected one, as 'query' in the query string or a form, or as the body")
    return _asked(texts[0], values, headers)


def _asked(text: str, values: Mapping[str, list[str]], headers: Mapping[str, str]) -> Asked:
    try:
        check_query(text)
    except InputError as error:
        leaves = form(text) not in UPDATE_FORMS and text.strip()
        raise RefusedError(403 if leaves else 400, str(error).replace(" (--allow-service permits it)", "")) from error
    graph = form(text) in ("CONSTRUCT", "DESCRIBE")
    default, named = _iris(values, "default-graph-uri"), _iris(values, "named-graph-uri")
    dataset = (default or (), named or ()) if default or named else (None, None)
    if names := values.get("format"):
        chosen = named_format(names[0], graph=graph)
        if chosen is None:
            takes = ", ".join(known.name for known in FORMATS if known.graph == graph)
            raise RefusedError(406, f"no format '{names[0]}' for this kind of query; expected one of {takes}")
        media_type = chosen.media_type
    else:
        found = result_format(headers.get("accept"), graph=graph)
        if found is None:
            takes = ", ".join(known.media_type for known in FORMATS if known.graph == graph)
            raise RefusedError(406, f"nothing that 'Accept: {headers.get('accept', '')[:100]}' takes; expected one of {takes}")
        chosen, media_type = found
    return Asked(Query(text, chosen.name, *dataset), media_type)


def _iris(values: Mapping[str, list[str]], name: str) -> tuple[str, ...]:
    import pyoxigraph as ox

    found = tuple(dict.fromkeys(values.get(name, ())))
    for iri in found:
        try:
            ox.NamedNode(iri)
        except ValueError as error:
            raise RefusedError(400, f"{name} '{iri[:100]}' is no absolute IRI; expected one") from error
    return found


def _decoded(data: bytes, where: str) -> list[tuple[str, str]]:
    """The names and values of a form or a query string."""
    try:
        return urllib.parse.parse_qsl(data.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=1000)
    except UnicodeDecodeError as error:
        raise RefusedError(400, f"{where} is not UTF-8 in percent-encoding; expected that") from error
    except ValueError as error:
        raise RefusedError(400, f"{where} has too many fields; expected one query") from error


def _utf8(data: bytes, where: str) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise RefusedError(400, f"{where} is not UTF-8; expected UTF-8") from error
