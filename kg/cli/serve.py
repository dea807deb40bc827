"""``kg serve``: a SPARQL endpoint and the map, on this machine."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli import console
from kg.errors import KgError

DEFAULT_DATA = Path("exports/graph.ttl")
MB = 2**20


@click.command(name="serve", short_help="Serve a SPARQL endpoint and the map on this machine.")
@click.option(
    "--store", type=click.Path(path_type=Path), metavar="DIR", help="Serve a store made by 'kg store add', as it grows."
)
@click.option(
    "--data",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar="FILE",
    help=f"Serve an RDF file; may be given several times.  [default: {DEFAULT_DATA}]",
)
@click.option("--host", default="127.0.0.1", show_default=True, metavar="ADDRESS", help="Address to listen on.")
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="Port; 0 takes a free one.")
@click.option("--name", "names", multiple=True, metavar="HOST", help="A further name that requests may be sent to.")
@click.option("--token", envvar="KG_TOKEN", metavar="SECRET", help="Answer only who has this token (also KG_TOKEN).")
@click.option(
    "--timeout",
    type=click.FloatRange(min=0.1),
    default=10.0,
    show_default=True,
    metavar="SECONDS",
    help="After which a query is stopped.",
)
@click.option("--places", type=click.IntRange(1), help="Quick queries at once.  [default: processors + 2]")
@click.option("--long-places", type=click.IntRange(1), default=4, show_default=True, help="Long queries beside them.")
@click.option("--queue", type=click.IntRange(0), default=200, show_default=True, help="Queries that may wait for a place.")
@click.option("--max-result", type=click.IntRange(1), default=64, show_default=True, metavar="MB", help="Largest result.")
@click.option(
    "--max-memory", type=click.IntRange(256), default=1024, show_default=True, metavar="MB", help="Memory of one query."
)
@click.option("--cache", type=click.IntRange(0), default=256, show_default=True, metavar="MB", help="Of answers kept for others.")
@click.option("--lang", type=click.Choice(["es", "en"]), default="es", show_default=True, help="Language of the pages.")
def command(
    store: Path | None,
    data: tuple[Path, ...],
    host: str,
    port: int,
    names: tuple[str, ...],
    token: str | None,
    timeout: float,
    places: int | None,
    long_places: int,
    queue: int,
    max_result: int,
    max_memory: int,
    cache: int,
    lang: str,
) -> int:
    """Serve a SPARQL endpoint and the map on this machine.

    /sparql is a SPARQL 1.1 endpoint, read-only; / the map; /query a page to ask questions with; /id/… tells of an entity, as a page or
    as RDF. Endless queries are stopped. Ctrl-C ends it.

    \b
    kg serve
    kg serve --store archive/ --port 8080
    curl 'http://127.0.0.1:8000/sparql' --data-urlencode 'query=SELECT * {?s ?p ?o} LIMIT 5' -H 'Accept: text/csv'
    """
    if store is not None and data:
        raise click.UsageError("several sources; expected --store or --data")
    try:
        from kg.serve.listen import listen
    except ModuleNotFoundError as error:
        raise KgError(
            f"serve: needs {error.name}, which is not installed; expected: pip install 'bilateral-kg[serve]'"
        ) from error
    from kg.serve.app import Settings, make_app
    from kg.serve.guard import LOOPBACK, is_loopback
    from kg.serve.pool import Limits
    from kg.serve.source import served

    hosts: tuple[str, ...] = (*LOOPBACK, host, *names) if is_loopback(host) or names else ()
    if not is_loopback(host):
        whom = "whoever has the token" if token else "EVERYBODY who can reach it may ask, for there is no --token"
        console.note(f"{host} is not only this machine: {whom}; nothing is encrypted", where="warning")
    limits = Limits(
        timeout=timeout,
        result=max_result * MB,
        memory=max_memory * MB,
        places=places or console.processors() + 2,
        long_places=long_places,
        queue=queue,
    )
    with served(store, data or (DEFAULT_DATA,)) as folder:
        app = make_app(Settings(folder, hosts, token or None, limits, lang, kept=cache * MB))
        listen(
            app,
            host,
            port,
            lambda address: console.note(f"{address}  (endpoint: {address}sparql; Ctrl-C ends it)", where="serving"),
        )
    return 0
