"""Asking a graph: SPARQL on files, on a store on disk, or on a remote endpoint, with values for parameters bound safely.

The way of a question is text → checked text → text with its values → results::

    ask = open_files([Path("exports/graph.ttl")])           # or open_store(folder), or kg.remote.Endpoint(url).query
    text = prepare(question("positions-of"), {"actor": "Claudia Sheinbaum"}, ask)
    for row in ask(text): ...

Local data is answered by Oxigraph (https://www.w3.org/TR/sparql11-query/), in memory or from its files. Everything that was given
stands in the default graph, whatever named graphs it also stands in, so that a question needs no ``GRAPH``. The ontology's classes
and concepts (not its actors, not its words) are added, so that labels and ``skos:broader`` are there to be asked for.
"""

from __future__ import annotations

import gzip
import re
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import BinaryIO, cast

import pyoxigraph as ox

from kg.cells import TERMS
from kg.errors import InputError
from kg.parameters import terms
from kg.questions import Question
from kg.sparql_text import bind, check_query
from kg.vocabulary import ID, PREFIXES, ontology_dir

Results = ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples
Ask = Callable[[str], Results]

#: File name endings and what they hold, besides those that pyoxigraph knows.
FORMATS: Mapping[str, ox.RdfFormat] = {
    "ttl": ox.RdfFormat.TURTLE,
    "nt": ox.RdfFormat.N_TRIPLES,
    "nq": ox.RdfFormat.N_QUADS,
    "trig": ox.RdfFormat.TRIG,
    "n3": ox.RdfFormat.N3,
    "jsonld": ox.RdfFormat.JSON_LD,
    "json": ox.RdfFormat.JSON_LD,
    "rdf": ox.RdfFormat.RDF_XML,
    "owl": ox.RdfFormat.RDF_XML,
    "xml": ox.RdfFormat.RDF_XML,
}
RESULT_FORMATS: Mapping[str, ox.QueryResultsFormat] = {
    "csv": ox.QueryResultsFormat.CSV,
    "tsv": ox.QueryResultsFormat.TSV,
    "json": ox.QueryResultsFormat.JSON,
    "xml": ox.QueryResultsFormat.XML,
}


# ----------------------------------------------------------------------------------------------------------- what is asked


def open_files(
    files: Iterable[str | Path], standard_input: BinaryIO | None = None, *, ontology: bool = True, where: str = "query"
) -> Ask:
    """A function that asks the union of some RDF files, held in memory.

    Args: files of any RDF format, told by their endings (``.ttl``, ``.nt``, ``.nq``, ``.trig``, ``.jsonld``, ``.rdf``, ``.n3``, each
    also with ``.gz``), ``-`` for Turtle or TriG in ``standard_input``; whether the ontology's terms are added; how error messages
    call the query. Raises :class:`InputError` with file and line for a file that is missing or broken.
    """
    store = ox.Store()
    for source in files:
        if str(source) == "-" and standard_input is not None:
            load_stream(store, standard_input, ox.RdfFormat.TRIG, "standard input", ID)
        else:
            load_file(store, Path(source))
    if ontology:
        for name in TERMS:
            load_file(store, ontology_dir() / name)
    return _asker(store, where=where)


def open_store(folder: Path, *, where: str = "query") -> Ask:
    """A function that asks a store on disk: all of its articles and the ontology's terms together. Others may write meanwhile.

    Raises :class:`InputError` where the folder holds no store.
    """
    from kg.store import open_for_reading  # most questions are asked of files

    return _asker(open_for_reading(folder), where=where)


def load_file(store: ox.Store, path: Path) -> None:
    """Add a file's triples to the store's default graph; quads keep their named graphs besides. Raises :class:`InputError`."""
    name = path.name.removesuffix(".gz")
    rdf_format = FORMATS.get(name.rpartition(".")[2].lower() if "." in name else "")
    if rdf_format is None:
        raise InputError(f"{path}: no RDF file by its name; expected one that ends in .{', .'.join(FORMATS)} (or these with .gz)")
    try:
        with gzip.open(path, "rb") if path.suffix == ".gz" else path.open("rb") as file:
            load_stream(store, cast(BinaryIO, file), rdf_format, str(path), path.resolve().as_uri())
    except FileNotFoundError:
        raise InputError(f"{path}: no such file; expected a graph ('kg build' writes exports/graph.ttl)") from None
    except IsADirectoryError:
        raise InputError(f"{path}: is a folder; expected an RDF file") from None
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror or error}); expected a readable file") from None


def load_stream(store: ox.Store, stream: BinaryIO, rdf_format: ox.RdfFormat, where: str, base_iri: str) -> None:
    """Add what a stream holds to the store's default graph; quads keep their named graphs besides.

    ``where`` is what error messages call it. Raises :class:`InputError` with the line for a stream that is not in its format.
    """
    try:
        if rdf_format.supports_datasets:
            store.bulk_extend(_in_both_graphs(ox.parse(stream, format=rdf_format, base_iri=base_iri)))
        else:
            store.bulk_load(input=stream, format=rdf_format, base_iri=base_iri)
    except SyntaxError as error:
        place = f"{where}, line {error.lineno}" if error.lineno else where
        message = re.sub(r"^Parser error at line [^:]*: ", "", error.msg)
        raise InputError(f"{place}: {_one_line(message)}; expected {rdf_format.name}") from error
    except (EOFError, gzip.BadGzipFile, zlib.error) as error:
        raise InputError(
            f"{where}: is no whole gzip file ({_one_line(str(error))}); expected {rdf_format.name} in gzip"
        ) from error


# --------------------------------------------------------------------------------------------------------- what is asked for


def prepare(
    asked: Question | str,
    settings: Mapping[str, str],
    ask: Ask,
    *,
    language: str = "es",
    allow_service: bool = False,
    local: bool = True,
    where: str = "query",
) -> str:
    """The text to be asked: a named question or the user's own SPARQL, checked, with its values in place.

    Args: ``settings``, name of a parameter → the value as the user wrote it (``{"actor": "Claudia Sheinbaum"}``); ``ask``, the data,
    where the names of actors are looked up; ``language`` of the names in a named question's results; ``local``, whether the data is
    here or behind an endpoint. Raises :class:`InputError` for a missing, unknown or impossible value and for what
    :func:`kg.sparql_text.check_query` refuses.
    """
    if isinstance(asked, str):
        check_query(asked, where=where, allow_service=allow_service, local=local)
        return bind(asked, {name: terms(value, None, ask) for name, value in settings.items()}, where=where)
    known = {parameter.name: parameter for parameter in asked.parameters}
    for name in settings:
        if name not in known:
            takes = f"one of: {', '.join(known)}" if known else "none, for it takes no values"
            raise InputError(f"{asked.name}: nothing to set by the name '{name}'; expected {takes}")
    for parameter in asked.parameters:
        if parameter.required and parameter.name not in settings:
            raise InputError(f'{asked.name}: needs a value; expected --set {parameter.name}="{parameter.example}" or the like')
    values = {name: terms(value, known[name].kind, ask) for name, value in settings.items()}
    if "lang" in known:
        values.setdefault("lang", [str(ox.Literal(language))])
    return bind(asked.text, values, where=asked.name)


def solutions(results: ox.QuerySolutions) -> Iterator[tuple[object, ...]]:
    """The rows in their order, each a tuple of RDF terms, ``None`` for an unbound cell.

    Raises :class:`InputError` where the answer breaks off: a remote one that is cut short, a ``SERVICE`` that nobody answers.
    """
    try:
        for solution in results:
            yield tuple(solution)
    except (OSError, RuntimeError, SyntaxError, ValueError) as error:
        raise _breaks_off(error) from error


# ----------------------------------------------------------------------------------------------------------------- results


def write(results: Results, out: BinaryIO, result_format: str) -> None:
    """Write results as they come: ``csv``, ``tsv``, ``json`` or ``xml`` for rows and yes or no, ``ttl`` for a graph.

    The formats are those of the W3C (https://www.w3.org/TR/sparql11-overview/#results), as Oxigraph serializes them. A graph is
    sorted first, so that the same answer has the same bytes. Raises :class:`InputError` where results and format do not go together.
    """
    if isinstance(results, ox.QueryTriples):
        if result_format != "ttl":
            raise InputError(f"query: its result is a graph, not rows; expected --format ttl, not {result_format}")
        triples = sorted(set(results), key=_turtle_order)
        ox.serialize(triples, output=out, format=ox.RdfFormat.TURTLE, prefixes=dict(PREFIXES), base_iri=ID)
        return
    if result_format not in RESULT_FORMATS:
        what = "rows" if isinstance(results, ox.QuerySolutions) else "yes or no"
        raise InputError(f"query: its result is {what}, not a graph; expected --format table, {', '.join(RESULT_FORMATS)}")
    try:
        results.serialize(output=out, format=RESULT_FORMATS[result_format])
    except BrokenPipeError:
        raise
    except (OSError, RuntimeError, SyntaxError, ValueError) as error:
        raise _breaks_off(error) from error


def explain_syntax_error(error: SyntaxError, text: str, where: str = "query") -> str:
    """A parser's complaint in one line: where in the query, what stands there, what was expected."""
    match = re.match(r"error at (\d+):(\d+): (?:expected )?(.*)", error.msg, re.DOTALL)
    if match is None:
        return f"{where}: {_one_line(error.msg)}; expected SPARQL 1.1"
    line, column = int(match[1]), int(match[2])
    lines = text.splitlines() or [""]
    rest = lines[line - 1][column - 1 :].strip() if line <= len(lines) else ""
    here = f"at '{rest[:30]}'" if rest else "at the end of the line" if line < len(lines) else "at the end"
    return f"{where}, line {line}, column {column}: {_expected(match[3], here)}"


# --------------------------------------------------------------------------------------------------------------- internals


def _asker(store: ox.Store, *, where: str) -> Ask:
    def ask(text: str) -> Results:
        try:
            return store.query(text, prefixes=dict(PREFIXES), base_iri=ID)
        except SyntaxError as error:
            raise InputError(explain_syntax_error(error, text, where)) from error
        except (OSError, RuntimeError) as error:
            raise InputError(
                f"{where}: cannot be answered ({_one_line(str(error))}); expected a query that the data can answer"
            ) from error

    return ask


def _breaks_off(error: Exception) -> InputError:
    return InputError(f"query: the answer breaks off ({_one_line(str(error))}); expected all of its rows")


def _in_both_graphs(quads: Iterable[ox.Quad]) -> Iterator[ox.Quad]:
    """The quads, those of a named graph in the default graph too."""
    for quad in quads:
        yield quad
        if not isinstance(quad.graph_name, ox.DefaultGraph):
            yield ox.Quad(quad.subject, quad.predicate, quad.object)


def _turtle_order(triple: ox.Triple) -> tuple[str, bool, str, str]:
    is_type = triple.predicate.value == PREFIXES["rdf"] + "type"
    return str(triple.subject), not is_type, triple.predicate.value, str(triple.object)


def _one_line(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 300 else line[:299] + "…"


def _expected(wanted: str, here: str) -> str:
    """What the parser wanted, in few words: its plain sentences if there are any, else a handful of its tokens."""
    items = [item.strip() for item in re.split(r", (?=[\"'\[A-Z])", wanted.removeprefix("one of "))]
    if any(item == "Prefix not found" for item in items):
        return f"unknown prefix {here}; expected PREFIX … at the top, or one of {', '.join(name + ':' for name in PREFIXES)}"
    sentences = [item for item in items if re.match(r"[A-Z][a-z]* [A-Za-z]", item)]
    if sentences:
        return _one_line(f"{sentences[0]} ({here}); expected SPARQL 1.1")
    tokens = [item.replace('\\"', '"') for item in items if not item.startswith("[")]
    if not tokens:
        return f"not SPARQL {here}; expected SPARQL 1.1"
    shown = ", ".join(tokens[:8]) + (" …" if len(tokens) > 8 else "")
    return _one_line(f"not SPARQL {here}; expected {shown}")
