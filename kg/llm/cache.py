"""Answers on disk, so that a run can be repeated without the model and gives the same bytes.

The key is a digest of the model's name, the messages (which hold the instructions and the words of the article) and the schema. Only
answers are kept: what a server says when it is busy, down or misused is not. A file is readable JSON, written whole or not at all.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from kg.llm.schema import digest
from kg.writing import write_atomic

FORMAT = 1


@dataclass(frozen=True, slots=True)
class Reply:
    """A model's answer. ``ended`` is ``stop``, ``length`` (it was cut off, or did not fit) or ``refused``; tokens as the server tells."""

    text: str
    ended: str
    prompt_tokens: int = 0
    completion_tokens: int = 0


def default_folder() -> Path:
    """``bilateral-kg/llm`` in the user's folder for caches (``XDG_CACHE_HOME``)."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "bilateral-kg" / "llm"


def key(model: str, messages: Sequence[Mapping[str, str]], schema: Mapping[str, Any]) -> str:
    return digest({"format": FORMAT, "model": model, "messages": list(messages), "schema": digest(schema)})


def load(folder: Path | None, name: str) -> Reply | None:
    """The reply of that key, ``None`` where there is none (or a file that is no such thing, which is then written anew)."""
    if folder is None:
        return None
    try:
        kept = json.loads(_path(folder, name).read_text(encoding="utf-8"))
        return Reply(**kept["reply"])
    except (OSError, ValueError, TypeError, KeyError):
        return None


def save(folder: Path | None, name: str, model: str, reply: Reply) -> None:
    """Keep a reply. Raises :class:`kg.errors.OutputError` where the folder cannot be written."""
    if folder is not None:
        kept = {"model": model, "reply": asdict(reply)}
        write_atomic(_path(folder, name), (json.dumps(kept, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode())


def _path(folder: Path, name: str) -> Path:
    return folder / name[:2] / f"{name}.json"
