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

import contextlib
import errno
import io
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import BinaryIO, cast

import pyoxigraph as ox

from kg.cells import TERMS
from kg.errors import InputError
from kg.parameters import terms
from kg.questions import Question
from kg.sparql_text import QUERY_FORMS, Token, bind, check_query, declared_prefixes, first_keyword, spread, tokens
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
#: Bytes up to which a file is read faster by one thread than by the bulk loader's several.
_SMALL = 2_000_000

#: Errors of whoever the results are written to, not of whoever answers.
_NOT_TAKEN = (errno.EPIPE, errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO)


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
    if path.is_dir():
        raise InputError(f"{path}: is a folder; expected an RDF file")
    name = path.name.removesuffix(".gz")
    rdf_format = FORMATS.get(name.rpartition(".")[2].lower() if "." in name else "")
    if rdf_format is None:
        raise InputError(f"{path}: no RDF file by its name; expected one that ends in .{', .'.join(FORMATS)} (or these with .gz)")
    try:
        with _unpacked(path, rdf_format) if path.suffix == ".gz" else path.open("rb") as file:
            small = path.stat().st_size < _SMALL
            load_stream(store, file, rdf_format, str(path), path.resolve().as_uri(), small=small)
    except FileNotFoundError:
        raise InputError(f"{path}: no such file; expected a graph ('kg build' writes exports/graph.ttl)") from None
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror or error}); expected a readable file") from None


@contextlib.contextmanager
def _unpacked(path: Path, rdf_format: ox.RdfFormat) -> Iterator[BinaryIO]:
    """What a gzip file holds. Raises :class:`InputError` where it is none, or not a whole one."""
    import gzip  # few files are packed, and most questions are over before these are imported
    import zlib

    try:
        with gzip.open(path, "rb") as file:
            yield cast(BinaryIO, file)
    except (EOFError, gzip.BadGzipFile, zlib.error) as error:
        message = f"{path}: is no whole gzip file ({_one_line(str(error))}); expected {rdf_format.name} in gzip"
        raise InputError(message) from error


def load_stream(
    store: ox.Store, stream: BinaryIO, rdf_format: ox.RdfFormat, where: str, base_iri: str, *, small: bool = False
) -> None:
    """Add what a stream holds to the store's default graph; quads keep their named graphs besides.

    ``where`` is what error messages call it; ``small`` spares the threads of the bulk loader.
    Raises :class:`InputError` with the line for a stream that is not in its format.
    """
    try:
        if rdf_format == ox.RdfFormat.RDF_XML:
            stream = _well_formed(stream, where)
        if rdf_format.supports_datasets:
            store.bulk_extend(_in_both_graphs(ox.parse(stream, format=rdf_format, base_iri=base_iri)))
        else:
            load = store.load if small else store.bulk_load
            load(input=stream, format=rdf_format, base_iri=base_iri)
    except SyntaxError as error:
        place = f"{where}, line {error.lineno}" if error.lineno else where
        message = re.sub(r"^Parser error (?:at|between) line [^:]*: ", "", error.msg)
        raise InputError(f"{place}: {_one_line(message)}; expected {rdf_format.name}") from error


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
        from kg.rdf import turtle  # most answers are rows

        out.write(turtle(results))
        return
    if result_format not in RESULT_FORMATS:
        what = "rows" if isinstance(results, ox.QuerySolutions) else "yes or no"
        raise InputError(f"query: its result is {what}, not a graph; expected --format table, {', '.join(RESULT_FORMATS)}")
    try:
        results.serialize(output=out, format=RESULT_FORMATS[result_format])
    except (OSError, RuntimeError, SyntaxError, ValueError) as error:
        if isinstance(error, OSError) and error.errno in _NOT_TAKEN:
            raise
        raise _breaks_off(error) from error


def explain_syntax_error(error: SyntaxError, text: str, where: str = "query") -> str:
    """A parser's complaint in one line: where in the query, what stands there, what was expected.

    The parser tells its farthest look ahead, which may lie a keyword's length behind what is wrong; so it is asked again with the
    words of the query far apart, where looking ahead from a word does not reach the next one.
    """
    found = list(tokens(text))
    start, unknown = first_keyword(found), next((token for token in found if _has_unknown_prefix(token, text)), None)
    wide, places = spread(text)
    try:
        ox.Store().query(wide, prefixes=dict(PREFIXES), base_iri=ID)
    except SyntaxError as again:
        error, text_of_error = again, wide
    else:
        text_of_error, places = text, [(0, 0)]
    match = re.match(r"error at (\d+):(\d+): (?:expected )?(?:one of )?(.*)", error.msg, re.DOTALL)
    if match is None:
        return f"{where}: {_one_line(error.msg)}; expected SPARQL 1.1"
    at = sum(len(line) for line in text_of_error.splitlines(keepends=True)[: int(match[1]) - 1]) + int(match[2]) - 1
    place = len(text) if at >= len(text_of_error) else [original for far, original in places if far <= at][-1]
    wanted = [item.strip() for item in re.split(r", (?=[\"'\[A-Z])", match[3])]
    if start is not None and start.keyword not in QUERY_FORMS:
        place, complaint = start.start, "expected SELECT, ASK, CONSTRUCT or DESCRIBE"
    elif "Prefix not found" in wanted and unknown is not None:
        place, complaint = unknown.start, f"expected PREFIX … at the top, or one of {', '.join(name + ':' for name in PREFIXES)}"
    elif sentences := [item for item in wanted if re.match(r"[A-Z][a-z]* [A-Za-z]", item) and item != "Prefix not found"]:
        complaint = f"{sentences[0]}; expected SPARQL 1.1"
    else:
        # Of the keywords that could stand here the parser tells the longest only, which says nothing; a short one is telling.
        words = [item for item in wanted if not item.startswith("[") and not re.fullmatch(r"[A-Za-z_]{6,}", item)]
        if '"?"' in words:  # a term may stand here, which begins in many ways
            words = ["a variable, an IRI or a literal"]
        complaint = f"expected {', '.join(words[:8])}{' …' if len(words) > 8 else ''}" if words else "expected SPARQL 1.1"
    line, column = text.count("\n", 0, place) + 1, place - text.rfind("\n", 0, place)
    rest = text[place:].strip().splitlines()
    here = f"at '{rest[0][:30]}'" if rest else "at the end"
    return f"{where}, line {line}, column {column}: not SPARQL {here}: {_one_line(complaint)}"


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


def _well_formed(stream: BinaryIO, where: str) -> BinaryIO:
    """The same XML, read once to its end: the RDF parser takes a file that is cut off for a whole one, and tells no lines."""
    from xml.parsers import expat

    data, parser = stream.read(), expat.ParserCreate()
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        raise InputError(f"{where}, line {error.lineno}: {expat.ErrorString(error.code)}; expected RDF/XML") from error
    return io.BytesIO(data)


def _in_both_graphs(quads: Iterable[ox.Quad]) -> Iterator[ox.Quad]:
    """The quads, those of a named graph in the default graph too."""
    for quad in quads:
        yield quad
        if not isinstance(quad.graph_name, ox.DefaultGraph):
            yield ox.Quad(quad.subject, quad.predicate, quad.object)


def _one_line(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 300 else line[:299] + "…"


def _has_unknown_prefix(token: Token, text: str) -> bool:
    prefix = token.text.partition(":")[0]
    return token.kind == "name" and prefix not in (*PREFIXES, *declared_prefixes(text), "_") and token.text != f"{prefix}:"
