"""``kg store``: many articles in a store on disk."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli import console
from kg.errors import InputError
from kg.vocabulary import ID

if TYPE_CHECKING:
    from kg.intake import Taken
    from kg.model import Article

MANY = 20  # from so many articles on, all processors are used without being asked
STORE = click.argument("store", metavar="STORE", type=click.Path(path_type=Path))


@click.group(name="store", short_help="Keep many articles in a store on disk.")
def command() -> None:
    """Keep many articles in a store on disk.

    STORE is a folder: an Oxigraph store with one named graph for each article and all of them merged in the default graph. One
    process writes at a time, any number reads meanwhile; whatever stops a writer, the store holds whole articles.

    \b
    kg store add archive/ news/                  extract and add a folder of articles
    kg store add archive/ news/                  again: only what is new or changed
    kg store list archive/
    kg query who-proposes-what --store archive/
    kg store remove archive/ 2026-01-16-mexico-eeuu-tropas
    """


@command.command()
@STORE
def init(store: Path) -> int:
    """Make an empty store, with the ontology.

    \b
    kg store init archive/
    """
    from kg.snapshots import is_store
    from kg.store import Writer

    there = is_store(store)
    with Writer(store):
        pass
    console.result(f"{store}: {'is a store already' if there else 'a new store'}")
    return 0


@command.command()
@STORE
@click.argument("inputs", nargs=-1, required=True, metavar="ARTICLE|GRAPH|DIR|-...")
@click.option("--id", "id", metavar="SLUG", help="The id of the article on standard input.")
@click.option(
    "-j", "--jobs", type=click.IntRange(1), help=f"Worker processes.  [default: 1; all processors from {MANY} articles on]"
)
@click.option("--again", is_flag=True, help="Extract unchanged articles too.")
@click.option("--base", default=ID, show_default=True, metavar="IRI", help="What the IRIs of all nodes begin with.")
@click.option("--spacy-model", "model", metavar="NAME", help="An installed spaCy pipeline instead of the one that is shipped.")
def add(store: Path, inputs: tuple[str, ...], id: str | None, jobs: int | None, again: bool, base: str, model: str | None) -> int:
    """Add articles, or graphs that are ready, each in one transaction.

    Articles are read as 'kg build' reads them; graphs are RDF files (.ttl, .nt of one article; .nq, .trig with a named graph for each).
    An article that is there already is replaced; one that has not changed since is not extracted again, so a run that was stopped
    takes up the rest when it is repeated. What cannot be used is told, skipped, and makes the exit code 1.

    \b
    kg store add archive/ news/ --jobs 4
    kg store add archive/ shard-*.nq
    curl -s URL | kg store add archive/ - --id my-article
    """
    from kg import intake
    from kg.article import read_article
    from kg.store import Writer

    stdin = [read_article(console.stdin(), id)] if "-" in inputs else []
    sources: list[Path | Article] = [*stdin, *intake.find(name for name in inputs if name != "-")]
    with Writer(store) as writer, console.progress(len(sources), "articles") as advance:
        processes = jobs or (console.processors() if len(sources) >= MANY else 1)
        taken = intake.add(writer, sources, jobs=processes, base=base, model=model, again=again)
        return _tell(store, taken, advance, "article")


@command.command()
@STORE
@click.argument("files", nargs=-1, required=True, metavar="FILE|DIR|-...")
def load(store: Path, files: tuple[str, ...]) -> int:
    """Add the named graphs of RDF files, such as 'kg store dump' writes.

    FILEs are .nq or .trig (also with .gz), or .ttl and .nt of one article, of a folder all of them; '-' is N-Quads on standard input.
    Each graph is one transaction and replaces the one of its name.

    \b
    kg store dump archive/ | kg store load copy/ -
    kg store load archive/ shards/
    """
    from contextlib import ExitStack

    from kg import intake
    from kg.store import Writer

    code = 0
    named = [one for name in files for one in ([name] if name == "-" else map(str, intake.graph_files(Path(name))))]
    with Writer(store) as writer:
        for name in named:
            with ExitStack() as stack:
                path = stack.enter_context(intake.spooled(console.stdin())) if name == "-" else Path(name)
                number, graphs = stack.enter_context(intake.opened(path))
                advance = stack.enter_context(console.progress(number, "graphs"))
                where = "standard input" if name == "-" else name
                code = max(code, _tell(store, intake.put_graphs(writer, graphs, where), advance, "graph"))
    return code


@command.command()
@STORE
@click.argument("articles", nargs=-1, required=True, metavar="ARTICLE...")
def remove(store: Path, articles: tuple[str, ...]) -> int:
    """Remove articles, by their ids, file names or IRIs, and with each exactly what only it supports.

    \b
    kg store remove archive/ 2026-01-16-mexico-eeuu-tropas
    """
    from kg.snapshots import current
    from kg.store import Writer, names, resolve

    current(store)
    with Writer(store) as writer:
        found = [resolve(names(writer.store), article) for article in articles]
        for name in dict.fromkeys(found):
            triples = writer.remove(name)
            console.result(f"{name.value}  removed, {console.count(triples, 'triple')}")
    return 0


@command.command(name="list")
@STORE
def list_(store: Path) -> int:
    """List the articles of a store.

    \b
    kg store list archive/
    """
    from kg.store import articles, open_for_reading

    rows = [(a.iri.rpartition("/")[2], a.date, a.publisher, a.title, f"{a.triples:,}") for a in articles(open_for_reading(store))]
    console.table(("article", "date", "publisher", "title", "triples"), rows, right=("triples",))
    return 0


@command.command()
@STORE
def info(store: Path) -> int:
    """Tell what a store holds: articles, triples, nodes by class, size.

    \b
    kg store info archive/
    """
    from kg.store import info, open_for_reading

    found = info(open_for_reading(store), store)
    rows = [("articles", f"{found.articles:,}"), ("triples", f"{found.triples:,}"), ("size", f"{found.bytes / 2**20:,.1f} MB")]
    rows += [(name, f"{number:,}") for name, number in sorted(found.nodes.items(), key=lambda item: (-item[1], item[0]))]
    console.table(("what", "number"), [*rows, ("snapshot", found.snapshot)], right=("number",))
    return 0


@command.command()
@STORE
def compact(store: Path) -> int:
    """Rewrite a store's files without what was replaced and removed.

    \b
    kg store compact archive/
    """
    from kg.snapshots import current
    from kg.store import Writer, size_on_disk

    current(store)
    before = size_on_disk(store)
    with Writer(store) as writer:
        writer.compact()
    after = size_on_disk(store)
    console.result(f"{store}: {before / 2**20:,.1f} MB before, {after / 2**20:,.1f} MB now")
    return 0


@command.command()
@STORE
@click.option("-o", "--output", "out", metavar="FILE", default="-", show_default=True, help="Where to write.")
@click.option("--ontology", is_flag=True, help="With the ontology's graphs.")
def dump(store: Path, out: str, ontology: bool) -> int:
    """Write all articles as N-Quads, one named graph each; the same store gives the same bytes.

    \b
    kg store dump archive/ -o archive.nq
    kg store dump archive/ | gzip > archive.nq.gz
    """
    from kg.store import dump, open_for_reading
    from kg.writing import atomic_writer

    pieces = dump(open_for_reading(store), ontology=ontology)
    if out == "-":
        for piece in pieces:
            console.emit(piece, None)
        return 0
    with atomic_writer(out) as file:
        file.writelines(pieces)
    return 0


@command.command()
@STORE
@click.option("--endpoint", required=True, metavar="URL", help="Graph Store Protocol address, such as http://host:7878/store.")
@click.option("--timeout", type=click.FloatRange(min=0.1), default=60.0, show_default=True, metavar="SECONDS")
@click.option("--retries", type=click.IntRange(0), default=5, show_default=True, help="How often to try again.")
@click.option("--only", multiple=True, metavar="ARTICLE", help="Only this article; may be given several times.")
@click.option("--ontology/--no-ontology", default=True, show_default=True, help="With the graph of the ontology's terms.")
def push(store: Path, endpoint: str, timeout: float, retries: int, only: tuple[str, ...], ontology: bool) -> int:
    """Send the articles to another triple store, one named graph each, by the SPARQL 1.1 Graph Store Protocol.

    A graph that is there is replaced, so pushing twice is pushing once. What fails for now (no connection, 429, 5xx) is tried
    again after a while. A name and password in the URL answer a basic or digest challenge.

    \b
    kg store push archive/ --endpoint http://127.0.0.1:7878/store
    kg store push archive/ --endpoint http://dba:PASSWORD@127.0.0.1:8890/sparql-graph-crud-auth
    """
    from kg import push
    from kg.store import names, open_for_reading, resolve

    opened = open_for_reading(store)
    known = names(opened)
    chosen = [resolve(known, article) for article in only] if only else known
    with console.progress(len(chosen) + ontology, "graphs") as advance:
        for name in push.push(opened, chosen, endpoint, ontology=ontology, timeout=timeout, retries=retries):
            advance(name.value)
    console.result(f"{console.count(len(chosen), 'article')} sent")
    return 0


def _tell(store: Path, taken: Iterable[Taken], advance: console.Advance, noun: str) -> int:
    """Show what becomes of each input while it goes in, and the sums at the end; the exit code."""
    numbers: Counter[str] = Counter()
    notices: Counter[str] = Counter()
    last: dict[str, str] = {}
    first_error = ""
    try:
        for one in taken:
            advance(Path(one.name).name)
            numbers[one.change] += 1
            if one.error:
                first_error = first_error or one.error
                console.note(one.error, where="skipped")
            for notice in one.notices:
                notices[notice] += 1
                last[notice] = one.name
    except KeyboardInterrupt:
        done = numbers["added"] + numbers["replaced"]
        console.note(f"{console.count(done, noun)} added, whole; the same command takes up the rest", where="stopped")
        raise
    for notice, times in notices.items():
        console.note(f"{last[notice] if times == 1 else f'{times} {noun}s'}: {notice}", where="notice")
    if numbers.total() == numbers["skipped"]:
        raise InputError(f"{store}: nothing could be added" if numbers.total() != 1 else first_error)
    console.result(
        f"{store}: " + ", ".join(f"{numbers[kind]:,} {kind}" for kind in ("added", "replaced", "unchanged", "skipped"))
    )
    return 1 if numbers["skipped"] else 0
