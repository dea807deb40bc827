"""The server: which path answers what. One Starlette application around a :class:`~kg.serve.pool.Pool`.

=================== =============================================================================================================
``/``               the map of everything, or where there is too much for one, what the store holds
``/query``          a page to ask questions with
``/sparql``         the SPARQL 1.1 endpoint; without a query, its service description
``/questions``      the named questions as JSON; ``/questions/NAME?actor=…`` is one as SPARQL, with values in place
``/id/…``           what the graph says of an entity, as a page or as RDF
=================== =============================================================================================================
"""

from __future__ import annotations

import asyncio
import contextlib
import re
from collections.abc import AsyncIterator, Awaitable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import pyoxigraph as ox
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route

from kg.errors import InputError
from kg.query import Results, prepare
from kg.questions import question, questions
from kg.serve import entity, pages
from kg.serve.answers import Answers
from kg.serve.description import service_description
from kg.serve.guard import Guard
from kg.serve.jobs import FORMATS, GRAPHS, Map, Query, Reply
from kg.serve.negotiation import choose, named_format
from kg.serve.pool import BusyError, Limits, Pool, StoppedError
from kg.serve.protocol import RefusedError, read_request
from kg.snapshots import current
from kg.vocabulary import ID

REQUEST_BYTES = 2**20  # of a body
PIECE = 256 * 2**10  # of an answer that is sent at once
MAP_FACTS = 20_000
HTML = "text/html"
_STATUS = {"ok": 200, "syntax": 400, "refused": 403, "too-large": 403, "failed": 500}
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Settings:
    """What is served and to whom: the store's folder, the names that requests may be sent to (any where there are none), the token,
    the limits, the language of the pages, what the entities' IRIs begin with, and how many bytes of answers are kept."""

    folder: Path
    hosts: tuple[str, ...] = ()
    token: str | None = None
    limits: Limits = field(default_factory=Limits)
    language: str = "es"
    base: str = ID
    kept: int = 256 * 2**20


def make_app(settings: Settings) -> Starlette:
    """The application. Its workers start and stop with it."""
    server = _Server(settings)

    @contextlib.asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        await server.pool.start()
        try:
            yield
        finally:
            await server.pool.stop()

    reading = ["GET", "HEAD"]
    routes = [
        Route("/", server.start, methods=reading),
        Route("/query", server.query_page, methods=reading),
        Route("/sparql", server.sparql, methods=[*reading, "POST"]),
        Route("/questions", server.questions, methods=reading),
        Route("/questions/{name}", server.question, methods=reading),
        Route("/id/{path:path}", server.entity, methods=reading),
        Route("/assets/{name}", server.asset, methods=reading),
        Route("/robots.txt", _robots, methods=reading),
    ]
    return Starlette(
        routes=routes,
        middleware=[Middleware(Guard, hosts=settings.hosts, token=settings.token)],
        exception_handlers={
            HTTPException: _http_error,
            RefusedError: _refused,
            BusyError: _busy,
            StoppedError: _stopped,
            Exception: _crashed,
        },
        lifespan=lifespan,
    )


class _Server:
    """The answers. A class only so that settings, pool and the finished map need not be globals."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.pool = Pool(settings.folder, settings.limits)
        self.answers = Answers(self.pool, settings.folder, settings.kept)
        self.map: tuple[str, Reply] | None = None
        self.drawing = asyncio.Lock()

    # ---- the endpoint

    async def sparql(self, request: Request) -> Response:
        body = await _body(request)
        headers = {
            name: ", ".join(request.headers.getlist(name)) for name in ("content-type", "accept") if name in request.headers
        }
        asked = read_request(request.method, request.scope.get("query_string", b""), headers, body)
        if asked is None:
            if choose(headers.get("accept"), ("text/turtle", HTML, *_GRAPH_TYPES)) == HTML:
                return await self.query_page(request)
            return self._graph(request, service_description(str(request.url.replace(query=""))))
        reply = self.answers.kept(asked.query)
        if reply is None:
            reply = await _unless_gone(request, self.answers.run(asked.query))
        return _answer(reply, asked.media_type)

    async def ask(self, text: str) -> Results:
        """The answer to a query of our own."""
        return _parsed(await self.answers.run(Query(text, "json")))

    # ---- named questions

    async def questions(self, request: Request) -> Response:
        return JSONResponse(pages.question_list(questions(), self._language(request)))

    async def question(self, request: Request) -> Response:
        loop = asyncio.get_running_loop()

        def ask(text: str) -> Results:  # called in a thread, which its results must not leave
            return _parsed(asyncio.run_coroutine_threadsafe(self.answers.run(Query(text, "json")), loop).result())

        settings = {name: value for name, value in request.query_params.items() if name != "lang" and value}
        try:
            asked = question(request.path_params["name"])
        except InputError as error:
            raise RefusedError(404, str(error)) from error
        try:
            text = await asyncio.to_thread(partial(prepare, asked, settings, ask, language=self._language(request)))
        except InputError as error:
            raise RefusedError(400, str(error).replace("--set ", "")) from error
        return PlainTextResponse(text, media_type="application/sparql-query")

    # ---- pages

    async def start(self, request: Request) -> Response:
        language = self._language(request)
        snapshot = f"{current(self.settings.folder)} {language}"
        async with self.drawing:  # one drawing at a time, and once for each state of the store
            if self.map is None or self.map[0] != snapshot:
                self.map = (snapshot, await self.pool.render_map(Map(language, MAP_FACTS)))
        reply = self.map[1]
        if reply.status == "ok":
            policy = "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
            return Response(reply.body, media_type=f"{HTML}; charset=utf-8", headers={"Content-Security-Policy": policy})
        counts = await self.ask(pages.COUNTS)
        assert isinstance(counts, ox.QuerySolutions)
        return _page(pages.start(counts, reply.message, language))

    async def query_page(self, request: Request) -> Response:
        return _page(pages.query(self._language(request)))

    async def entity(self, request: Request) -> Response:
        iri = self.settings.base + request.path_params["path"]
        if not re.fullmatch(r"[^\x00-\x20<>\"{}|\\^`]+", iri):
            raise RefusedError(404, "no entity of this name")
        wanted = request.query_params.get("format")
        chosen = named_format(wanted, graph=True) if wanted else None
        accept = request.headers.get("accept")
        media_type = chosen.media_type if chosen else choose(accept, (HTML, *_GRAPH_TYPES)) if not wanted else None
        if media_type is None:
            raise RefusedError(406, f"nothing that the request takes; expected one of {HTML}, {', '.join(_GRAPH_TYPES)}")
        if media_type == HTML:
            rows = await self.ask(entity.page_query(iri))
            assert isinstance(rows, ox.QuerySolutions)
            found = entity.read(iri, rows, self.settings.base)
            if not found.statements:
                raise RefusedError(404, f"nothing is known of {iri}")
            return _page(pages.entity(found, self._language(request)))
        format_name = next(known.name for known in FORMATS if known.graph and known.media_type == media_type)
        reply = await self.answers.run(Query(entity.graph_query(iri), format_name))
        exists = Query(entity.exists_query(iri), "csv")
        if reply.status == "ok" and not (await self.answers.run(exists)).body.startswith(b"true"):
            raise RefusedError(404, f"nothing is known of {iri}")
        return _answer(reply, media_type)

    async def asset(self, request: Request) -> Response:
        name = request.path_params["name"]
        if name not in pages.ASSETS:
            raise RefusedError(404, "no such file")
        return Response(pages.asset(name), media_type=pages.ASSETS[name], headers={"Cache-Control": "max-age=3600"})

    def _language(self, request: Request) -> str:
        asked = request.query_params.get("lang", "")
        return asked if asked in pages.LANGUAGES else self.settings.language

    def _graph(self, request: Request, triples: list[ox.Triple]) -> Response:
        media_type = choose(request.headers.get("accept"), _GRAPH_TYPES)
        if media_type is None:
            raise RefusedError(406, f"nothing that the request takes; expected one of {', '.join(_GRAPH_TYPES)}")
        known = next(known for known in FORMATS if known.graph and known.media_type == media_type)
        prefixes = {"sd": "http://www.w3.org/ns/sparql-service-description#"}
        return _answer(Reply("ok", ox.serialize(triples, format=GRAPHS[known.name], prefixes=prefixes) or b""), media_type)


_GRAPH_TYPES = tuple(known.media_type for known in FORMATS if known.graph)


# ---------------------------------------------------------------------------------------------------------------- requests


async def _body(request: Request) -> bytes:
    """The whole body. Raises :class:`RefusedError` for one that is too large, before it is all there."""
    data = bytearray()
    if request.method == "POST":
        async for piece in request.stream():
            data += piece
            if len(data) > REQUEST_BYTES:
                raise RefusedError(413, f"the request is larger than {REQUEST_BYTES:,} bytes; expected a shorter query")
    return bytes(data)


async def _unless_gone(request: Request, work: Awaitable[T]) -> T:
    """The result of ``work``, which is cancelled when the client goes away before it is there."""
    working = asyncio.ensure_future(work)
    watching = asyncio.ensure_future(_gone(request))
    try:
        await asyncio.wait({working, watching}, return_when=asyncio.FIRST_COMPLETED)
        if not working.done():
            raise RefusedError(499, "the client is gone")
        return working.result()
    finally:
        watching.cancel()
        working.cancel()


async def _gone(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass


# ----------------------------------------------------------------------------------------------------------------- answers


def _answer(reply: Reply, media_type: str) -> Response:
    if reply.status != "ok":
        raise RefusedError(_STATUS[reply.status], reply.message)
    charset = "; charset=utf-8" if media_type.startswith("text/") else ""
    # Content-Type as bytes of our own: Starlette would add a charset twice.
    headers = {"Content-Type": media_type + charset, "Vary": "Accept", "Cache-Control": "no-cache"}
    if len(reply.body) <= PIECE:
        return Response(reply.body, headers=headers)
    return StreamingResponse(_pieces(reply.body), headers={**headers, "Content-Length": str(len(reply.body))})


async def _pieces(body: bytes) -> AsyncIterator[bytes]:
    """A body piece by piece, as fast as the client takes it, so that slow clients do not each hold a copy of it."""
    for start in range(0, len(body), PIECE):
        yield body[start : start + PIECE]


def _parsed(reply: Reply) -> Results:
    """Results that were serialized as JSON. They belong to the thread that parses them."""
    if reply.status != "ok":
        raise RefusedError(_STATUS[reply.status], reply.message)
    return ox.parse_query_results(reply.body, format=ox.QueryResultsFormat.JSON)


def _page(text: str) -> Response:
    return Response(text, media_type=f"{HTML}; charset=utf-8", headers={"Vary": "Accept"})


def _error(status: int, message: str, headers: dict[str, str] | None = None) -> Response:
    return JSONResponse({"error": message, "status": status}, status, headers)


def _refused(request: Request, error: Any) -> Response:
    return _error(error.status, str(error), error.headers)


def _busy(request: Request, error: Any) -> Response:
    return _error(503, f"busy: {error}; expected another try later", {"Retry-After": str(error.retry_after)})


def _stopped(request: Request, error: Any) -> Response:
    return _error(503, str(error))


def _http_error(request: Request, error: Any) -> Response:
    return _error(error.status_code, str(error.detail), dict(error.headers or {}))


def _crashed(request: Request, error: Any) -> Response:
    return _error(500, "the server failed; it has written why to its own output")


async def _robots(request: Request) -> Response:
    return PlainTextResponse("User-agent: *\nDisallow: /sparql\nDisallow: /query\n")
