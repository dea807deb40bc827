"""Graphs for the tests of the map: annotated cases, a large graph, and one whose every word is hostile."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

import pyoxigraph as ox

from conftest import CASES, GOLD
from kg.article import read_article
from kg.gold import load_gold
from kg.graph import triples
from kg.model import Actor, Article, Event, Extraction, Fact, Indicator, Passage, Position, Proposal, Statement

MAP_CASES = CASES / "map"
SEED = GOLD / "2026-01-16-mexico-eeuu-tropas.md"
SAMPLES = ("disputa", "un-pais", "sin-propuestas", "tres-paises")
HOSTILE: dict[str, str] = json.loads((MAP_CASES / "hostile.json").read_text("utf-8"))


def stored(found: Iterable[ox.Triple]) -> ox.Store:
    store = ox.Store()
    store.extend([ox.Quad(*triple) for triple in found])
    return store


@lru_cache(maxsize=8)
def annotated(path: Path) -> tuple[ox.Triple, ...]:
    """The triples of an annotated article."""
    return tuple(triples(load_gold(read_article(path), path.with_suffix(".gold.json"))))


def sample(name: str) -> ox.Store:
    """``seed``, ``empty``, ``five`` (all annotated articles), or a case of ``tests/cases/map``."""
    if name == "empty":
        return ox.Store()
    if name == "five":
        return stored(triple for path in sorted(GOLD.glob("*-*.md")) for triple in annotated(path))
    return stored(annotated(SEED if name == "seed" else MAP_CASES / f"{name}.md"))


def many(articles: int = 100, facts: int = 20) -> ox.Store:
    """``articles`` short articles of ``facts`` facts each, about six countries; every third one tells of the same claim."""
    return stored(triple for number in range(articles) for triple in triples(_short_article(number, facts)))


_COUNTRIES = (
    ("mx", "México"),
    ("us", "Estados Unidos"),
    ("co", "Colombia"),
    ("ve", "Venezuela"),
    ("ar", "Argentina"),
    ("br", "Brasil"),
)


def _short_article(number: int, count: int) -> Extraction:
    """Five kinds of facts in turn between two of the countries, each with a sentence of its own."""
    pair = [_COUNTRIES[(number + shift) % len(_COUNTRIES)] for shift in (0, 1 + number % 2)]
    sentences: list[str] = []
    facts: list[Fact] = []
    day = dt.date(2026, 1, 1) + dt.timedelta(days=number)

    def words(text: str) -> tuple[Passage, ...]:
        start = sum(len(sentence) + 1 for sentence in sentences)
        sentences.append(text)
        return (Passage(start, start + len(text), text),)

    for index in range(count):
        one, two = pair if index % 5 == 0 or index % 2 else pair[::-1]
        name = f"{number}-{index}"
        match index % 5:
            case 0:
                label = f"plan número {name} sobre la frontera y el comercio"
                facts.append(
                    Proposal(
                        id=name,
                        label=label,
                        evidence=words(f"{one[1]} propuso el {label}."),
                        proposer=(one[0],),
                        addressee=(two[0],),
                        topics=("trade",),
                    )
                )
            case 1:
                stance = ("opposes", "supports", "conditional")[index % 3]
                facts.append(
                    Position(
                        id=name,
                        label=name,
                        evidence=words(f"{pair[1][1]} respondió al plan {name}."),
                        holder=pair[1][0],
                        stance=stance,
                        target=f"{number}-{index - 1}",
                    )
                )
            case 2:
                facts.append(
                    Event(
                        id=name,
                        label=f"reunión {name} de cancilleres",
                        evidence=words(f"La reunión {name} reunió a los cancilleres."),
                        event_type="consult",
                        agent=(one[0], two[0]),
                        start_date=day,
                        end_date=day,
                    )
                )
            case 3:
                claim, stance = (
                    ("la cosecha fue mala", "affirms" if number % 2 else "denies")
                    if number % 3 == 0
                    else (f"asunto {name}", "affirms")
                )
                facts.append(
                    Position(
                        id=name,
                        label=name,
                        evidence=words(f"Sobre {claim} habló {one[1]} ({name})."),
                        holder=one[0],
                        stance=stance,
                        matter=claim,
                    )
                )
            case _:
                facts.append(
                    Indicator(
                        id=name,
                        label=f"cifra {name}",
                        evidence=words(f"La cifra {name} llegó a {index} toneladas."),
                        measure=f"cifra {name}",
                        value=Decimal(index),
                        unit="tonnes",
                        claimant=(two[0],),
                    )
                )
    article = Article(id=f"nota-{number:03}", text="\n".join(sentences), title=f"Nota {number}", date=day)
    actors = tuple(Actor(id=key, kind="Country", label=label, iso=key.upper()) for key, label in pair)
    return Extraction(article, actors, tuple(facts))


def hostile(text: str, slug: str = "nota") -> ox.Store:
    """Two actors, and one fact of each kind, with ``text`` in every field that comes from an article."""
    body = f"Uno {text} dos. {text}"
    quote = (Passage(4, 4 + len(text), text, attributed_to=("mx-a",), via=("diario",)),)
    article = Article(id=slug, text=body, title=text, publisher=text, source=f"javascript:{text}", date=dt.date(2026, 1, 1))
    actors = (
        Actor(id="mx", kind="Country", label="México", iso="MX"),
        Actor(id="us", kind="Country", label="Estados Unidos", iso="US"),
        Actor(id="mx-a", kind="Person", label=text, alt_labels=(text + " bis",), country="mx", title=text),
        Actor(id="us-b", kind="Person", label="B " + text, country="us", member_of="us"),
        Actor(id="diario", kind="MediaOutlet", label="Diario " + text),
    )
    common = {"label": text, "evidence": quote, "date_text": text}
    facts: tuple[Fact, ...] = (
        Proposal(id="p", proposer=("mx-a",), addressee=("us-b",), topics=("trade",), **common),
        Position(id="s", holder="us-b", stance="opposes", target="p", condition=text, reason=text, **common),
        Position(id="c", holder="us-b", stance="denies", matter=text, **common),
        Position(id="d", holder="mx-a", stance="affirms", matter=text, **common),
        Event(id="e", event_type="threaten", agent=("mx-a",), place_name=text, factuality="possible", **common),
        Statement(id="q", speaker=("mx-a",), quote=text, direct=True, via=("diario",), **common),
        Indicator(id="i", measure=text, value=Decimal("1.5"), unit=text, baseline=text, claimant=("us-b",), **common),
    )  # type: ignore[arg-type]
    return stored(triples(Extraction(article, actors, facts)))
