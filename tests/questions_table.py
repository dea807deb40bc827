"""Write the table of questions into ontology/README.md, between its markers: ``python tests/questions_table.py``."""

from __future__ import annotations

import re
from pathlib import Path

from kg.questions import markdown_table
from kg.writing import write_atomic

README = Path(__file__).resolve().parent.parent / "ontology" / "README.md"
SECTION = re.compile(r"(<!-- queries:begin -->\n).*?(<!-- queries:end -->)", re.DOTALL)


def with_table(text: str) -> str:
    """The README with today's table; what stands outside the markers stays."""
    return SECTION.sub(lambda match: match[1] + markdown_table() + match[2], text)


if __name__ == "__main__":
    write_atomic(README, with_table(README.read_text(encoding="utf-8")).encode("utf-8"))
