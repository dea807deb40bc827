"""``kg extract``: what was found in one article, to look at or to feed other programs."""

from __future__ import annotations

import click

from kg.cli import console


@click.command(name="extract", short_help="Show what is found in an article, as JSON Lines.")
@click.argument("article", metavar="ARTICLE|-")
@click.option("--explain", is_flag=True, help="Readable, with the rule that made each fact and the words that triggered it.")
@click.option("--id", "id", metavar="SLUG", help="The article's id; default: its file name or, on standard input, its title.")
@click.option("--spacy-model", "model", metavar="NAME", help="An installed spaCy pipeline instead of the one that is shipped.")
def command(article: str, explain: bool, id: str | None, model: str | None) -> None:
    """Show what is found in an article, as JSON Lines.

    One JSON object per line: the actors, then the facts in the order of their words, each with its "class". Offsets are code points
    of the article's text after the front matter. Empty values are left out.

    \b
    kg extract seeds/2026-01-16-mexico-eeuu-tropas.md | jq 'select(.class == "Position")'
    kg extract seeds/2026-01-16-mexico-eeuu-tropas.md --explain
    """
    from kg import listing
    from kg.article import read_article
    from kg.build import extract, notices

    source = read_article(console.stdin() if article == "-" else article, id)
    found = extract(source, model)
    for notice in notices(source, found):
        console.note(f"{source.path or source.id}: {notice}", where="notice")
    for line in listing.explanation(found) if explain else listing.json_lines(found):
        console.result(line)
