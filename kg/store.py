"""A store of many articles on disk: one named graph per article, and all of them together in the default graph.

The named graph of an article has the article's IRI. The default graph is the merge of all articles' graphs and of the ontology's
terms: a set, so that what ten outlets tell is one triple there, a question needs no ``GRAPH``, and a ``COUNT`` counts facts and not
their copies. (Oxigraph's own union of graphs gives a triple once for each of its graphs.) A triple leaves the merge when the last
graph that supports it does: removing an article removes exactly what only it supports. The known actors of the ontology have a
graph of their own, which is not in the merge: an actor that no article names would only be in the way of a question.

Every change of an article is one transaction. Who writes, who reads and how they keep out of each other's way stands in
:mod:`kg.snapshots`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Literal

import pyoxigraph as ox

from kg import rdf, snapshots
from kg.errors import InputError, OutputError
from kg.identity import slug
from kg.vocabulary import BR, DCTERMS, ID, ONTOLOGY, PREFIXES, ontology_dir

#: The graphs that are not an article's. The digests are what a second run compares, see :meth:`Writer.digest`.
TERMS_GRAPH = ox.NamedNode(ONTOLOGY)
ACTORS_GRAPH = ox.NamedNode(ONTOLOGY + "/actors")
DIGESTS_GRAPH = ox.NamedNode(ID + "store")
RESERVED = frozenset({TERMS_GRAPH, ACTORS_GRAPH, DIGESTS_GRAPH})

_ONTOLOGY_FILES = {TERMS_GRAPH: ("bilateral.ttl", "concepts.ttl"), ACTORS_GRAPH: ("actors.ttl",)}
HELD = 16 * 2**20  # characters of changes after which the engine's memory is emptied to disk; it holds some five times that
_DIGEST = ox.NamedNode("http://spdx.org/rdf/terms#checksumValue")
_OUTSIDE_MERGE = frozenset({ACTORS_GRAPH, DIGESTS_GRAPH})
_DEFAULT = ox.DefaultGraph()

Change = Literal["added", "replaced", "unchanged"]


@dataclass(frozen=True, slots=True)
class Entry:
    """An article in a store: its IRI, which is its graph's name, what it is, and how many triples its graph holds."""

    iri: str
    triples: int
    title: str = ""
    date: str = ""
    publisher: str = ""


@dataclass(frozen=True, slots=True)
class Info:
    """What is in a store. ``nodes`` counts by class what the merge holds; ``bytes`` is the store on disk without snapshots."""

    articles: int
    triples: int
    nodes: dict[str, int]
    bytes: int
    snapshot: str


# ------------------------------------------------------------------------------------------------------------------ writing


class Writer:
    """The one writer of a store: ``with Writer(folder) as store: store.put(…)``. Makes the store where there is none.

    When the block ends, also by an error or by Ctrl-C, what was put is published to readers. Raises
    :class:`~kg.snapshots.StoreBusyError` where another process writes, :class:`InputError` where the folder holds other things,
    and :class:`OutputError` where it cannot be written; what was put before that stays.
    """

    def __init__(self, folder: str | Path) -> None:
        self.folder = Path(folder)
        self._lock = snapshots.locked(self.folder)
        self._store: ox.Store | None = None
        self._changed = False
        self._held = 0  # characters of changes that the engine may still hold in memory

    def __enter__(self) -> Writer:
        self._lock.__enter__()
        try:
            self._store, self._changed = snapshots.open_live(self.folder)
            self._put_ontology()
        except BaseException:
            self._close()
            raise
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        try:
            if self._changed:
                snapshots.publish(self.store, self.folder)
            else:
                snapshots.nothing_to_publish(self.folder)
        except OutputError:
            if error is None:
                raise
        finally:
            self._close()

    def _close(self) -> None:
        self._store = None  # closes the files, for nobody else holds it
        snapshots.drop_logs(self.folder)
        self._lock.__exit__(None, None, None)

    @property
    def store(self) -> ox.Store:
        """The open store. It must not be kept beyond the block."""
        assert self._store is not None, "expected to be used inside its 'with' block"
        return self._store

    def put(self, name: ox.NamedNode, triples: Iterable[ox.Triple], digest: str | None = None) -> Change:
        """Make ``triples`` the graph ``name``, in one transaction; an article's older graph is replaced.

        ``digest`` stands for what the graph was made from and is kept with it. Raises :class:`InputError` for blank nodes (a second
        run would add them again) and for an empty graph, :class:`OutputError` where nothing can be written.
        """
        new = _as_stored(triples, name)
        old = {quad.triple for quad in self.store.quads_for_pattern(None, None, None, name)}
        if not new:
            raise InputError(f"{name.value}: a graph without triples; expected at least one")
        if new == old and (digest is None or digest == self.digest(name)):
            return "unchanged"
        gone, come = old - new, new - old
        update = [_delete(name, gone)]
        if name not in _OUTSIDE_MERGE:
            update += [_delete(None, self._supported_only_by(name, gone)), _insert(None, come)]
        self._change([*update, _insert(name, come), *self._digest_change(name, digest)])
        return "replaced" if old else "added"

    def remove(self, name: ox.NamedNode) -> int:
        """Remove a graph and, from the merge, what no other graph supports, in one transaction; the number of triples it held.

        Raises :class:`InputError` where there is no such article.
        """
        gone = {quad.triple for quad in self.store.quads_for_pattern(None, None, None, name)}
        if not gone or name in RESERVED:
            raise InputError(f"{self.folder}: holds no article {name.value}; 'kg store list' shows them")
        self._change([f"DROP GRAPH {name}", _delete(None, self._supported_only_by(name, gone)), *self._digest_change(name, "")])
        return len(gone)

    def digest(self, name: ox.NamedNode) -> str | None:
        """What :meth:`put` was told the graph was made from."""
        for quad in self.store.quads_for_pattern(name, _DIGEST, None, DIGESTS_GRAPH):
            return str(getattr(quad.object, "value", "")) or None
        return None

    def compact(self) -> None:
        """Rewrite the files without what was replaced and removed."""
        self._changed = True
        try:
            self.store.optimize()
        except OSError as error:
            raise self._not_written(error) from error

    def _supported_only_by(self, name: ox.NamedNode, triples: Iterable[ox.Triple]) -> list[ox.Triple]:
        """Those of the triples that no other graph of the merge holds."""
        find = self.store.quads_for_pattern
        apart = {name, _DEFAULT, *_OUTSIDE_MERGE}
        return [t for t in triples if all(q.graph_name in apart for q in find(t.subject, t.predicate, t.object, None))]

    def _digest_change(self, name: ox.NamedNode, digest: str | None) -> list[str]:
        """The steps that make ``digest`` the one of a graph; ``None`` and ``""`` leave it without one."""
        old = self.digest(name)
        if old == (digest or None):
            return []
        steps = [_delete(DIGESTS_GRAPH, [ox.Triple(name, _DIGEST, ox.Literal(old))])] if old else []
        return [*steps, _insert(DIGESTS_GRAPH, [ox.Triple(name, _DIGEST, ox.Literal(digest))])] if digest else steps

    def _change(self, steps: Sequence[str]) -> None:
        """One SPARQL update, which is one transaction however many steps it has."""
        self._changed = True
        update = " ;\n".join(step for step in steps if step)
        self._held += len(update)
        try:
            self.store.update(update)
            if self._held > HELD:
                self._held = 0
                self.store.flush()
        except OSError as error:
            raise self._not_written(error) from error

    def _not_written(self, error: OSError) -> OutputError:
        said = " ".join(str(error).split())[:200]
        return OutputError(f"{self.folder}: cannot be written ({said}); expected room on the disk; what was added before is kept")

    def _put_ontology(self) -> None:
        """The ontology as it is installed, where the store has none or another one."""
        for name, files in _ONTOLOGY_FILES.items():
            data = b"\n".join((ontology_dir() / file).read_bytes() for file in files)
            digest = hashlib.sha256(data).hexdigest()
            if self.digest(name) != digest:
                quads = ox.parse(data, format=ox.RdfFormat.TURTLE, base_iri=ONTOLOGY)
                self.put(name, (quad.triple for quad in quads), digest)


def _as_stored(triples: Iterable[ox.Triple], name: ox.NamedNode) -> set[ox.Triple]:
    """The triples as a store gives them back: some literals (``"01"^^xsd:integer``) are written in their shortest form."""
    store = ox.Store()
    store.extend(ox.Quad(t.subject, t.predicate, t.object) for t in triples)
    found = {quad.triple for quad in store}
    for triple in found:
        if isinstance(triple.subject, ox.BlankNode) or isinstance(triple.object, ox.BlankNode):
            raise InputError(
                f"{name.value}: holds blank nodes ({triple}); expected IRIs only, so that adding it again adds nothing"
            )
    return found


def _data(keyword: str, graph_name: ox.NamedNode | None, triples: Iterable[ox.Triple]) -> str:
    lines = " .\n".join(str(triple) for triple in triples)
    if not lines:
        return ""
    return f"{keyword} DATA {{ GRAPH {graph_name} {{\n{lines}\n}} }}" if graph_name else f"{keyword} DATA {{\n{lines}\n}}"


def _insert(graph_name: ox.NamedNode | None, triples: Iterable[ox.Triple]) -> str:
    return _data("INSERT", graph_name, triples)


def _delete(graph_name: ox.NamedNode | None, triples: Iterable[ox.Triple]) -> str:
    return _data("DELETE", graph_name, triples)


# ------------------------------------------------------------------------------------------------------------------ reading

_held: list[snapshots.Snapshot] = []


def open_for_reading(folder: str | Path) -> ox.Store:
    """The newest finished state of a store, until this process ends; nobody is kept from writing meanwhile.

    What is asked for stands in its default graph, so no union of graphs is needed. For a longer life see
    :func:`kg.snapshots.open_snapshot`. Raises :class:`InputError` where the folder holds no store.
    """
    snapshot = snapshots.open_snapshot(Path(folder))
    _held.append(snapshot)
    return snapshot.store


def articles(store: ox.Store) -> list[Entry]:
    """The articles of an open store, in order of their IRIs."""
    titles = {name: _texts(store, DCTERMS + name) for name in ("title", "issued", "publisher")}
    found = []
    for row in _solutions(store, "SELECT ?g (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g ORDER BY STR(?g)"):
        name, number = row["g"], row["n"]
        if name not in RESERVED:
            iri = name.value
            found.append(Entry(iri, int(number.value), *(titles[key].get(iri, "") for key in ("title", "issued", "publisher"))))
    return found


def names(store: ox.Store) -> list[ox.NamedNode]:
    """The graphs of the articles, in order of their IRIs."""
    found = [name for name in store.named_graphs() if isinstance(name, ox.NamedNode) and name not in RESERVED]
    return sorted(found, key=lambda name: name.value)


def resolve(known: Iterable[ox.NamedNode], asked: str) -> ox.NamedNode:
    """The article that a user means by its IRI, its id, or its file's name. Raises :class:`InputError` with the nearest ones."""
    ids = {name.value.rpartition("/")[2]: name for name in known}
    for name in ids.values():
        if asked in (name.value, f"<{name.value}>"):
            return name
    wanted = slug(Path(asked).stem) if asked.endswith((".md", ".txt", ".html", ".htm", ".ttl", ".nq")) else asked
    if wanted in ids:
        return ids[wanted]
    import difflib

    near = difflib.get_close_matches(wanted, sorted(ids), n=3, cutoff=0.5)
    hint = f"did you mean {' or '.join(near)}?" if near else "'kg store list' shows them"
    raise InputError(f"{asked}: no such article; {hint}")


def info(store: ox.Store, folder: Path) -> Info:
    """What is in an open store."""
    nodes = {}
    for row in _solutions(store, "SELECT ?c (COUNT(*) AS ?n) WHERE { ?s a ?c } GROUP BY ?c ORDER BY STR(?c)"):
        if row["c"].value.startswith(BR):
            nodes[row["c"].value[len(BR) :]] = int(row["n"].value)
    count = next(iter(_solutions(store, "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }")))["n"]
    return Info(len(names(store)), int(count.value), nodes, size_on_disk(folder), snapshots.current(folder))


def size_on_disk(folder: Path) -> int:
    """The bytes of a store's own files; a snapshot shares most of its files with them."""
    return sum(path.stat().st_size for path in folder.iterdir() if path.is_file())


def dump(store: ox.Store, *, ontology: bool = False) -> Iterator[bytes]:
    """All articles as N-Quads, article by article in order of their IRIs, each sorted: the same store gives the same bytes.

    The merge is left out, for it follows from the rest; the ontology's graphs come along where ``ontology`` says so.
    """
    for name in [*([TERMS_GRAPH, ACTORS_GRAPH] if ontology else []), *names(store)]:
        yield rdf.nquads(store.quads_for_pattern(None, None, None, name))


def turtle(store: ox.Store, name: ox.NamedNode) -> bytes:
    """One graph as Turtle."""
    return rdf.turtle(quad.triple for quad in store.quads_for_pattern(None, None, None, name))


def _texts(store: ox.Store, predicate: str) -> dict[str, str]:
    found = store.quads_for_pattern(None, ox.NamedNode(predicate), None, _DEFAULT)
    return {
        quad.subject.value: quad.object.value
        for quad in found
        if hasattr(quad.subject, "value") and hasattr(quad.object, "value")
    }


def _solutions(store: ox.Store, query: str) -> ox.QuerySolutions:
    results = store.query(query, prefixes=dict(PREFIXES))
    assert isinstance(results, ox.QuerySolutions)
    return results
