"""What an article costs: processor time, triples, bytes in each form. The figures of ``docs/sizing.md`` come from here.

``KG_BENCH_ARTICLES`` sets how many articles are measured. Processor time and not time on the clock, which other work changes.
"""

from __future__ import annotations

import gzip
import os
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox

from articles import write_articles
from kg import graph, rdf
from kg.article import read_article
from kg.build import extract
from kg.store import Writer, open_for_reading, size_on_disk
from run import Row

ARTICLES = int(os.environ.get("KG_BENCH_ARTICLES", 200))


def bench_sizing() -> Iterator[Row]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_articles(folder / "in", ARTICLES)
        paths = sorted((folder / "in").iterdir())
        extract(read_article(paths[0]))  # load everything first
        words, shards, extracting, putting = 0, [], 0.0, 0.0
        turtle = 0
        with Writer(folder / "s") as store:
            for path in paths:
                begin = time.process_time()
                article = read_article(path)
                extraction = extract(article)
                quads = graph.quads(extraction)
                middle = time.process_time()
                store.put(graph.article_iri(article.id), (quad.triple for quad in quads))
                extracting, putting = extracting + middle - begin, putting + time.process_time() - middle
                words += len(article.text.split())
                shards.append(rdf.nquads(quads))
                turtle += len(rdf.turtle(quad.triple for quad in quads))
            store.compact()
        with Writer(folder / "s"):
            pass  # opening it once more lets the engine drop its logs
        disk = size_on_disk(folder / "s")
        all_lines = b"".join(shards)
        (folder / "all.nq").write_bytes(all_lines)
        begin = time.process_time()
        ox.Store(str(folder / "bulk")).bulk_load(path=str(folder / "all.nq"), format=ox.RdfFormat.N_QUADS)
        bulk = time.process_time() - begin
        count = all_lines.count(b"\n")
        triples = len(open_for_reading(folder / "s"))
    yield Row("articles/s of one processor, extraction", ARTICLES / extracting, "", f"{words / ARTICLES:.0f} words each")
    yield Row("articles/s of one processor, kg store add of ready graphs", ARTICLES / putting, "", "one transaction each")
    yield Row("articles/s of one processor, Oxigraph's bulk loader", ARTICLES / bulk, "", f"{count / bulk:,.0f} quads/s")
    yield Row("quads of an article", count / ARTICLES)
    yield Row(
        "bytes of an article, N-Quads",
        len(all_lines) / ARTICLES,
        "",
        f"{len(gzip.compress(all_lines, 6)) / ARTICLES:.0f} with gzip",
    )
    yield Row("bytes of an article, Turtle", turtle / ARTICLES)
    yield Row(
        "bytes of an article, store on disk", disk / ARTICLES, "", f"{disk / triples:.0f} for each quad and triple of the merge"
    )
