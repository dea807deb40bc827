"""``kg query``: a named question, a file or a SPARQL query, asked of files, of a store, or of a remote endpoint."""

from __future__ import annotations

import contextlib
import itertools
import os
import signal
import sys
import threading
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.errors import InputError

if TYPE_CHECKING:
    import pyoxigraph as ox

    from kg.query import Ask, Results
    from kg.questions import Question

DEFAULT_DATA = "exports/graph.ttl"
FORMATS = ("table", "csv", "tsv", "json", "xml", "ttl")

#: A table's columns are measured on so many rows; what comes after them streams past at these widths.
MEASURED = 1000
WIDEST = 60


@click.command(context_settings={"max_content_width": 110})
@click.argument("what", required=False, metavar="[NAME|FILE.rq|SPARQL|-]")
@click.option(
    "--data",
    multiple=True,
    metavar="FILE",
    help="RDF file to ask, - for standard input; repeatable [default: exports/graph.ttl].",
)
@click.option("--store", type=click.Path(path_type=Path), metavar="DIR", help="Ask a store made by 'kg store add'.")
@click.option("--endpoint", metavar="URL", help="Ask a remote SPARQL 1.1 endpoint.")
@click.option(
    "--timeout",
    type=click.FloatRange(min=0.1),
    default=60.0,
    show_default=True,
    metavar="SECONDS",
    help="How long to wait for the endpoint.",
)
@click.option(
    "--set", "settings", multiple=True, metavar="NAME=VALUE", help="A value for a parameter; may be given several times."
)
@click.option(
    "--format", "result_format", type=click.Choice(FORMATS), help="How to write the result [default: table; ttl for a graph]."
)
@click.option("--lang", type=click.Choice(["es", "en"]), default="es", show_default=True, help="Language of names and headings.")
@click.option("--no-ontology", is_flag=True, help="Ask the data alone, without the ontology's classes and concepts.")
@click.option("--allow-service", is_flag=True, help="Let SERVICE in a query ask other machines.")
@click.option("--list", "list_all", is_flag=True, help="List the named questions.")
@click.option("--show", metavar="NAME", help="Show the SPARQL of a named question.")
def command(
    what: str | None,
    data: tuple[str, ...],
    store: Path | None,
    endpoint: str | None,
    timeout: float,
    settings: tuple[str, ...],
    result_format: str | None,
    lang: str,
    no_ontology: bool,
    allow_service: bool,
    list_all: bool,
    show: str | None,
) -> None:
    """Ask a graph a named question or a SPARQL query.

    The prefixes br:, dcterms:, nif:, owl:, prov:, rdf:, rdfs:, skos: and xsd: need no declaration.

    \b
    kg query --list
    kg query who-proposes-what
    kg query positions-of --set actor="Claudia Sheinbaum" --format csv
    kg query 'SELECT ?who WHERE { ?position br:holder ?who ; br:stance br:opposes }'
    kg query my.rq --data one.ttl --data two.nt
    """
    if list_all or show is not None:
        _describe(list_all, show, lang)
        return
    if what is None:
        raise click.UsageError(
            "nothing to ask; expected a question's name ('kg query --list'), a .rq file, a query, or - for standard input"
        )
    if sum((bool(data), store is not None, endpoint is not None)) > 1:
        raise click.UsageError("several sources; expected one of --data, --store, --endpoint")
    if what == "-" and "-" in data:
        raise click.UsageError("standard input is both the query and the data; expected one of them in a file")
    if store is not None and no_ontology:
        raise click.UsageError("a store holds the ontology's terms with its articles; expected --no-ontology with --data only")
    asked, where = _asked(what)
    values = _values(settings)
    from kg import query
    from kg.sparql_text import with_prefixes
    from kg.vocabulary import ID, PREFIXES

    ask: Ask
    if endpoint is not None:
        from kg.remote import Endpoint

        ask = Endpoint(endpoint, timeout=timeout).query
    elif store is not None:
        ask = query.open_store(store, where=where)
    else:
        from kg.cli import console

        files = data or (DEFAULT_DATA,)
        ask = query.open_files(files, console.stdin() if "-" in files else None, ontology=not no_ontology, where=where)
    text = query.prepare(asked, values, ask, language=lang, allow_service=allow_service, local=endpoint is None, where=where)
    if endpoint is not None:
        text = with_prefixes(text, PREFIXES, base=ID)
    with _stopped_at_once(local=endpoint is None):
        _write(ask(text), result_format, lang, None if endpoint is not None or no_ontology else ask)


@contextlib.contextmanager
def _stopped_at_once(*, local: bool) -> Iterator[None]:
    """Let Ctrl-C end the program while the engine works: an answer in the making is one long call that Python cannot interrupt."""
    before = signal.getsignal(signal.SIGINT)
    if not local or threading.current_thread() is not threading.main_thread() or before is None:
        yield
        return
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


# ------------------------------------------------------------------------------------------------------------------- input


def _describe(list_all: bool, show: str | None, lang: str) -> None:
    from kg.questions import GROUPS, question, questions

    if show is not None:
        click.echo(question(show).text, nl=False)
    if list_all:
        from kg.cli import console

        place = 0 if lang == "es" else 1
        rows = [(q.name, GROUPS[q.group][place], q.in_language(lang), _takes(q)) for q in questions()]
        console.table(("nombre", "grupo", "pregunta", "--set") if lang == "es" else ("name", "group", "question", "--set"), rows)


def _takes(question: Question) -> str:
    """A question's parameters, those it can do without in brackets; the language has an option of its own."""
    shown = (f"{p.name}=…" if p.required else f"[{p.name}=…]" for p in question.parameters if p.name != "lang")
    return " ".join(shown)


def _asked(what: str) -> tuple[Question | str, str]:
    """The named question or the text that the argument stands for, and how messages call it."""
    from kg.cli import console
    from kg.questions import question
    from kg.sparql_text import begins_as_sparql

    if what == "-":
        return _decoded(console.read("-"), "standard input"), "standard input"
    if what.endswith((".rq", ".sparql")):
        return _decoded(console.read(what), what), what
    if "{" in what or not what.strip() or begins_as_sparql(what):  # DESCRIBE and LOAD have no braces, and slashes in their IRIs
        return what, "query"
    if os.sep in what:
        return _decoded(console.read(what), what), what
    return (what, "query") if " " in what.strip() else (question(what), what)


def _decoded(data: bytes, where: str) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(f"{where}: byte {error.start} is not UTF-8; expected a SPARQL query in UTF-8") from error


def _values(settings: Sequence[str]) -> dict[str, str]:
    values: dict[str, str] = {}
    for setting in settings:
        name, equals, value = setting.partition("=")
        if not equals or not name.strip() or not value:
            raise click.UsageError(f'--set {setting}: no value; expected NAME=VALUE, for example actor="Claudia Sheinbaum"')
        if name.strip() in values:
            raise click.UsageError(f"--set {setting}: '{name.strip()}' is set twice; expected one value")
        values[name.strip().lstrip("?$")] = value
    return values


# ------------------------------------------------------------------------------------------------------------------ output


def _write(results: Results, result_format: str | None, lang: str, terms: Ask | None) -> None:
    """Write results in the format asked for; without one, a graph as Turtle and everything else as a table."""
    import pyoxigraph as ox

    from kg import query

    graph = isinstance(results, ox.QueryTriples)
    if result_format is None:
        result_format = "ttl" if graph else "table"
    if result_format != "table" or graph:
        query.write(results, sys.stdout.buffer, result_format)
        sys.stdout.buffer.flush()
    elif isinstance(results, ox.QueryBoolean):
        yes, no = ("sí", "no") if lang == "es" else ("yes", "no")
        click.echo(yes if results else no)
    else:
        assert isinstance(results, ox.QuerySolutions)
        _table(results, lang, terms)


def _table(results: ox.QuerySolutions, lang: str, terms: Ask | None) -> None:
    """Rows as a table. The first thousand decide how wide the columns are; more than these stream past as plain lines."""
    from kg import query
    from kg.cells import Cells
    from kg.cli import console

    cells = Cells(lang, terms)
    columns = [variable.value for variable in results.variables]
    rows: Iterator[tuple[str, ...]] = (tuple(cells.text(term) for term in row) for row in query.solutions(results))
    first = list(itertools.islice(rows, MEASURED))
    following = next(rows, None)
    if following is None:
        console.table(columns, first, right=cells.numeric(columns, first))
        return
    widths = [min(WIDEST, max(len(row[i]) for row in (columns, *first))) for i in range(len(columns))]
    for line in _plain(itertools.chain([tuple(columns)], first, [following], rows), widths):
        sys.stdout.write(line)


def _plain(rows: Iterable[Sequence[str]], widths: Sequence[int]) -> Iterator[str]:
    for row in rows:
        yield "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() + "\n"
