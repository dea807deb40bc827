"""Any number of articles to build from: paragraphs of the annotated ones in another order, with words that no other has."""

from __future__ import annotations

import random
import re
from pathlib import Path

from conftest import GOLD


def write_articles(folder: Path, number: int, *, paragraphs: int | None = None) -> None:
    """Write ``number`` articles, always the same ones. ``paragraphs`` shortens each to so many lines.

    Each has a name and a figure of its own, because a vocabulary that grows with every new word is part of what is measured.
    """
    rng = random.Random(number)
    sources = []
    for path in sorted(GOLD.rglob("*.md")):
        match = re.match(r"(---\n.*?\n---\n)(.*)", path.read_text(encoding="utf-8"), re.S)
        if match and path.with_suffix(".gold.json").exists():
            sources.append((match.group(1), [line for line in match.group(2).split("\n") if line.strip()]))
    folder.mkdir(parents=True, exist_ok=True)
    for i in range(number):
        head, lines = sources[i % len(sources)]
        chosen = rng.sample(lines, min(paragraphs or len(lines), len(lines)))
        name = "".join(rng.choice("aeioubcdlmnrst") for _ in range(9)).capitalize()
        own = f"El diputado {name} pidió {rng.randint(1000, 10**7)} toneladas de trigo."
        (folder / f"articulo-{i:05d}.md").write_text("\n".join([head.rstrip("\n"), *chosen, own, ""]), encoding="utf-8")
