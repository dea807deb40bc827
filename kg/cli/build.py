"""``kg build``: the main job."""

from __future__ import annotations

import contextlib
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli import console, extractors
from kg.vocabulary import ID

if TYPE_CHECKING:
    from kg.llm.account import Account

MANY = 20  # from so many articles on, all processors are used without being asked


@click.command(name="build", short_help="Read articles and write graph.ttl and map.html.")
@click.argument("inputs", nargs=-1, metavar="[ARTICLE|DIR|-]...")
@click.option("-o", "--output", "out", default="exports", show_default=True, metavar="DIR", help="Where the results go.")
@click.option("--id", "id", metavar="SLUG", help="The id of the article on standard input.")
@click.option(
    "-j", "--jobs", type=click.IntRange(1), help=f"Worker processes.  [default: 1; all processors from {MANY} articles on]"
)
@click.option("--base", default=ID, show_default=True, metavar="IRI", help="What the IRIs of all nodes begin with.")
@click.option("--spacy-model", "model", metavar="NAME", help="An installed spaCy pipeline instead of the one that is shipped.")
@click.option("--lang", type=click.Choice(["es", "en"]), default="es", show_default=True, help="Language of the map's interface.")
@click.option("--no-map", is_flag=True, help="Write the graph only.")
@click.option("--engine", type=click.Choice(["local", "spark"]), default="local", show_default=True, help="What runs the work.")
@click.option("--master", metavar="MASTER", help="Spark's master, such as local[2] or spark://host:7077.  [default: local[*]]")
@extractors.options()
@click.option("--report", metavar="FILE.json", help="Write what the model cost, and what of its answers was dropped and why.")
def command(
    inputs: tuple[str, ...],
    out: str,
    id: str | None,
    jobs: int | None,
    base: str,
    model: str | None,
    lang: str,
    no_map: bool,
    engine: str,
    master: str | None,
    extractor: str,
    llm_model: str | None,
    llm_base_url: str | None,
    llm_cache: Path | None,
    report: str | None,
) -> int:
    """Read articles and write graph.ttl and map.html.

    Articles are Markdown or plain text in UTF-8, with YAML front matter (title, date, language, publisher, source, countries) or
    without, or HTML pages; of a folder every .md, .txt and .html file below it. A bad article is told, skipped, and makes the exit
    code 1. The same articles give the same bytes, with any number of jobs.

    With --engine spark the input is folders of articles, or Parquet with the columns id and text (and title, date, publisher,
    language, countries, source); what comes out is N-Quads shards, part-*.nq, for 'kg store load' or any triple store, and
    skipped.jsonl.

    \b
    kg build                                  seeds/ -> exports/
    kg build news/ -o out/ --jobs 4           a folder, four processes
    curl -s URL | kg build - --id my-article  a page from standard input
    kg build --engine spark --master 'local[4]' articles.parquet -o shards/
    kg build --extractor both --llm-model qwen3:8b --llm-base-url http://localhost:11434/v1 --report llm.json
    """
    if engine == "spark":
        if extractor != "rules" or report or id or jobs or "-" in inputs:
            raise click.UsageError(
                "--engine spark takes folders and Parquet by the rules; expected no --extractor, --id, --jobs, -"
            )
        return _on_spark(inputs or ("seeds",), out, master, base, model)
    if master:
        raise click.UsageError("--master is Spark's; expected --engine spark")
    from kg.article import read_article
    from kg.build import Outcome, build, find_articles

    named: list[str | Path] = list(inputs or ("seeds",))
    stdin = [read_article(console.stdin(), id)] if "-" in named else []
    sources = [*stdin, *find_articles(name for name in named if name != "-")]
    notices: Counter[str] = Counter()
    last: dict[str, str] = {}
    way = extractors.way(extractor, llm_model, llm_base_url, llm_cache)
    if report and way.settings is None:
        raise click.UsageError("--report tells of a language model; expected --extractor llm or both")
    accounts: list[Account] = []

    with console.progress(len(sources), "articles") as advance:

        def tell(outcome: Outcome) -> None:
            advance(Path(outcome.name).name)
            if outcome.error and len(sources) > 1:
                console.note(outcome.error, where="skipped")
            for notice in outcome.notices:
                notices[notice] += 1
                last[notice] = outcome.name
            if outcome.account:
                accounts.append(outcome.account)

        built = build(
            sources,
            out,
            jobs=jobs or (console.processors() if len(sources) >= MANY else 1),
            base=base,
            model=model,
            lang=lang,
            with_map=not no_map,
            progress=tell,
            way=way,
        )
    if report and way.settings:
        from kg.llm.account import report as written

        console.emit(written(accounts, extractor, way.settings.model), report)
    for notice, times in notices.items():
        console.note(f"{last[notice] if times == 1 else f'{times} articles'}: {notice}", where="notice")
    counts = (
        (built.articles, "article"),
        (built.nodes.get("Passage", 0), "passage"),
        (built.facts, "fact"),
        (built.triples, "triple"),
    )
    console.result(f"{built.graph}  {', '.join(console.count(n, noun) for n, noun in counts)}")
    if built.map:
        console.result(str(built.map))
    elif not no_map:
        console.note("no map: too many facts for one page; make one of a part with 'kg map'", where="notice")
    if built.skipped:
        console.note(f"{console.count(len(built.skipped), 'article')} of {len(sources)} skipped")
    return 1 if built.skipped else 0


def _on_spark(inputs: tuple[str, ...], out: str, master: str | None, base: str, model: str | None) -> int:
    from kg.spark import MASTER, SKIPPED, build_on_spark

    before = 0
    with contextlib.ExitStack() as stack:
        shown: list[console.Advance] = []

        def tell(done: int, total: int) -> None:
            nonlocal before
            if not shown:
                shown.append(stack.enter_context(console.progress(total, "tasks")))
            for _ in range(done - before):
                shown[0]("")
            before = max(before, done)

        built = build_on_spark(inputs, out, master=master or MASTER, base=base, model=model, progress=tell)
    for notice, times in sorted(built.notices.items()):
        console.note(f"{console.count(times, 'article')}: {notice}", where="notice")
    console.result(
        f"{built.folder}  {console.count(built.shards, 'shard')}, {console.count(built.articles, 'article')}, "
        f"{console.count(built.quads, 'quad')}"
    )
    if built.skipped:
        console.note(f"{console.count(built.skipped, 'article')} skipped, see {built.folder / SKIPPED}")
    return 1 if built.skipped else 0
