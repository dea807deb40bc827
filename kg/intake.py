"""What goes into a store: articles, which are extracted first, and graphs that are ready.

An article that the store holds already, made from the same bytes by the same version with the same ontology, is not extracted
again; so a run that was stopped takes up the rest when it is repeated. Every graph is one transaction of :mod:`kg.store`.
"""

from __future__ import annotations

import contextlib
import hashlib
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import BinaryIO, Literal

import pyoxigraph as ox

from kg import __version__, ntriples
from kg.article import SUFFIXES, slug
from kg.build import Outcome, Source, find_articles, outcomes
from kg.errors import InputError
from kg.graph import article_iri
from kg.model import Article
from kg.query import load_file
from kg.rdf import TYPE, br
from kg.store import RESERVED, Change, Writer
from kg.vocabulary import ID, ontology_files

GRAPH_SUFFIXES = (".ttl", ".nt", ".nq", ".trig", ".jsonld", ".rdf", ".n3")  # what a folder is searched for
IN_MEMORY = 32 * 2**20  # bytes of a file of graphs; a larger one is sorted into its graphs on disk


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of one article or graph."""

    name: str
    change: Change | Literal["skipped"]
    error: str | None = None
    notices: tuple[str, ...] = ()


Progress = Callable[[Taken], None]


# ----------------------------------------------------------------------------------------------------------------- articles


def find(inputs: Iterable[str | Path]) -> list[Path]:
    """The files that ``inputs`` name, each once: of a folder all articles and graphs below it, sorted.

    Raises :class:`InputError` for a folder without any.
    """
    found: list[Path] = []
    for source in map(Path, inputs):
        if not source.is_dir():
            found.append(source)
            continue
        graphs = sorted(p for p in source.rglob("*") if is_graph(p) and p.is_file())
        try:
            found += [path for path in find_articles([source]) if isinstance(path, Path)]
        except InputError:
            if not graphs:
                expected = ", ".join((*SUFFIXES, *GRAPH_SUFFIXES))
                raise InputError(
                    f"{source}: neither articles nor graphs in this folder; expected files ending in {expected}"
                ) from None
        found += graphs
    return list(dict.fromkeys(found))


def graph_files(source: Path) -> list[Path]:
    """The file ``source``, or of a folder the graphs below it, sorted. Raises :class:`InputError` for a folder without any."""
    if not source.is_dir():
        return [source]
    found = sorted(path for path in source.rglob("*") if is_graph(path) and path.is_file())
    if not found:
        raise InputError(f"{source}: no graphs in this folder; expected files ending in {', '.join(GRAPH_SUFFIXES)}")
    return found


def is_graph(path: Path) -> bool:
    """Whether the file is RDF by its name."""
    return path.name.removesuffix(".gz").endswith(GRAPH_SUFFIXES)


def add(
    store: Writer,
    sources: Sequence[Source],
    *,
    jobs: int = 1,
    base: str = ID,
    model: str | None = None,
    again: bool = False,
) -> Iterator[Taken]:
    """Put articles and files of graphs into a store; tells what became of each, in their order, graphs first.

    ``jobs``, ``base`` and ``model`` are those of :func:`kg.build.build`; ``again`` extracts unchanged articles too. What cannot be
    used is skipped and told. Raises :class:`kg.errors.OutputError` where the store cannot be written.
    """
    articles: list[Source] = []
    for source in sources:
        if isinstance(source, Path) and is_graph(source):
            yield from _add_file(store, source)
        else:
            articles.append(source)
    yield from _add_articles(store, articles, jobs=jobs, base=base, model=model, again=again)


def _add_articles(
    store: Writer, sources: Sequence[Source], *, jobs: int, base: str, model: str | None, again: bool
) -> Iterator[Taken]:
    todo: list[tuple[Source, str]] = []
    claimed: dict[str, str] = {}
    for source in sources:
        own, name = _id(source), _name(source)
        if claimed.setdefault(own, name) is not name:
            yield Taken(name, "skipped", f"{name}: has the id '{own}', as {claimed[own]} has; expected another file name")
            continue
        digest = _digest(source, base, model)
        if not again and digest and store.digest(article_iri(own, base)) == digest:
            yield Taken(name, "unchanged")
        else:
            todo.append((source, digest))
    results = outcomes([source for source, _ in todo], jobs=jobs, base=base, model=model)
    for (_, digest), outcome in zip(todo, results, strict=True):
        yield _put_outcome(store, outcome, digest)


def _put_outcome(store: Writer, outcome: Outcome, digest: str) -> Taken:
    if outcome.error:
        return Taken(outcome.name, "skipped", outcome.error)
    triples = ntriples.triples(outcome.lines.decode("utf-8"))
    change = store.put(_article_of(triples, outcome.name), triples, digest)
    return Taken(outcome.name, change, notices=outcome.notices)


def _id(source: Source) -> str:
    return source.id if isinstance(source, Article) else slug(source.stem)


def _name(source: Source) -> str:
    return (source.path or source.id) if isinstance(source, Article) else str(source)


def _digest(source: Source, base: str, model: str | None) -> str:
    """What an article's graph is made from, as a digest; empty where the file cannot be read (which is told when its turn comes)."""
    try:
        data = repr(replace(source, path=None)).encode() if isinstance(source, Article) else source.read_bytes()
    except OSError:
        return ""
    return hashlib.sha256(b"\0".join((data, base.encode(), (model or "").encode(), _recipe()))).hexdigest()


@lru_cache(maxsize=1)
def _recipe() -> bytes:
    """What turns articles into graphs: this version, and the words and concepts of the ontology."""
    digest = hashlib.sha256(__version__.encode())
    for path in ontology_files():
        digest.update(path.read_bytes())
    return digest.digest()


# ------------------------------------------------------------------------------------------------------------------- graphs


@contextlib.contextmanager
def opened(path: Path) -> Iterator[tuple[int, Iterator[tuple[ox.NamedNode, list[ox.Triple]]]]]:
    """The graphs of an RDF file: how many, and one after the other with its name.

    Named graphs keep their names; triples without one (Turtle, N-Triples) must be those of one article and get its IRI. The graphs of
    the ontology and of a store's own notes are left out. A large file is sorted into its graphs in a temporary store beside it.
    Raises :class:`InputError` with the place for a file that is missing, broken, or of several articles without named graphs.
    """
    with contextlib.ExitStack() as stack:
        large = path.is_file() and path.stat().st_size > IN_MEMORY
        folder = stack.enter_context(tempfile.TemporaryDirectory(dir=path.parent, prefix=".kg-")) if large else None
        store = ox.Store(folder) if folder else ox.Store()
        load_file(store, path)
        names = _names(store, path)
        graphs = ((name, [q.triple for q in store.quads_for_pattern(None, None, None, part)]) for name, part in names)
        yield len(names), graphs
        del store


@contextlib.contextmanager
def spooled(stream: BinaryIO) -> Iterator[Path]:
    """N-Quads from a stream as a file, for as long as the block runs."""
    with tempfile.NamedTemporaryFile(suffix=".nq") as file:
        for piece in iter(lambda: stream.read(2**20), b""):
            file.write(piece)
        file.flush()
        yield Path(file.name)


def put_graphs(store: Writer, graphs: Iterable[tuple[ox.NamedNode, list[ox.Triple]]], path: Path | str) -> Iterator[Taken]:
    """Put the graphs of :func:`opened` into a store; tells what became of each. ``path`` is how messages call their file."""
    for name, triples in graphs:
        try:
            yield Taken(name.value, store.put(name, triples))
        except InputError as error:
            yield Taken(name.value, "skipped", f"{path}: {error}")


def _add_file(store: Writer, path: Path) -> Iterator[Taken]:
    try:
        with opened(path) as (_, graphs):
            taken = list(put_graphs(store, graphs, path))
    except InputError as error:
        yield Taken(str(path), "skipped", str(error))
        return
    yield from taken


def _names(store: ox.Store, path: Path) -> list[tuple[ox.NamedNode, ox.NamedNode | ox.DefaultGraph]]:
    """The graphs' names in order, and where their triples stand."""
    graphs = list(store.named_graphs())
    if not graphs:
        triples = (q.triple for q in store.quads_for_pattern(None, TYPE, br("Article"), ox.DefaultGraph()))
        return [(_article_of(triples, str(path)), ox.DefaultGraph())]
    alone = next((q for q in store.quads_for_pattern(None, None, None, ox.DefaultGraph()) if _only_there(store, q)), None)
    if alone is not None:
        raise InputError(f"{path}: holds triples in no named graph ({alone.triple}); expected each in the graph of its article")
    named = [name for name in graphs if isinstance(name, ox.NamedNode)]
    if len(named) < len(graphs):
        raise InputError(f"{path}: a graph's name is a blank node; expected the article's IRI")
    return [(name, name) for name in sorted(named, key=lambda name: name.value) if name not in RESERVED]


def _only_there(store: ox.Store, quad: ox.Quad) -> bool:
    found = store.quads_for_pattern(quad.subject, quad.predicate, quad.object, None)
    return all(isinstance(other.graph_name, ox.DefaultGraph) for other in found)


def _article_of(triples: Iterable[ox.Triple], where: str) -> ox.NamedNode:
    """The one article that a graph tells of."""
    found = {
        t.subject for t in triples if t.predicate == TYPE and t.object == br("Article") and isinstance(t.subject, ox.NamedNode)
    }
    if len(found) != 1:
        hint = ": 'kg export --format nq' gives each article a graph of its own" if found else ""
        raise InputError(f"{where}: a graph of {len(found) or 'no'} articles; expected one, or named graphs{hint}")
    (article,) = found
    assert isinstance(article, ox.NamedNode)
    return article
