"""The options that say what makes the facts, shared by the commands that make them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from kg.llm.ways import Way

F = TypeVar("F", bound=Callable[..., Any])
NAMES = ("rules", "llm", "both")


def options(*more: str) -> Callable[[F], F]:
    """``--extractor`` (with ``more`` choices) and the options of the model that it may ask."""

    def add(command: F) -> F:
        for option in reversed(
            (
                click.option(
                    "--extractor",
                    type=click.Choice([*NAMES, *more]),
                    default="rules",
                    show_default=True,
                    help="What makes the facts.",
                ),
                click.option("--llm-model", metavar="NAME", help="The language model to ask, as its server calls it."),
                click.option(
                    "--llm-base-url",
                    metavar="URL",
                    envvar="OPENAI_BASE_URL",
                    help="Its server, which speaks OpenAI's protocol. A key comes from the environment (OPENAI_API_KEY).",
                ),
                click.option(
                    "--llm-cache",
                    metavar="DIR",
                    type=click.Path(path_type=Path, file_okay=False),
                    help="Where its answers are kept.  [default: bilateral-kg/llm in your cache folder]",
                ),
            )
        ):
            command = option(command)
        return command

    return add


def way(extractor: str, model: str | None, base_url: str | None, cache: Path | None) -> Way:
    """The way that the options ask for. Raises a usage error where one is missing, or asked for in vain."""
    from kg.llm.cache import default_folder
    from kg.llm.server import Settings
    from kg.llm.ways import WAYS, Way, WayName

    name: WayName = next((known for known in WAYS if known == extractor), "both")
    if name == "rules":
        if model or cache:
            raise click.UsageError("the rules ask no model; expected --extractor llm or both with --llm-model")
        return Way()
    if not model or not base_url:
        missing = "--llm-model" if not model else "--llm-base-url"
        raise click.UsageError(f"--extractor {extractor} asks a language model; expected {missing} too")
    if not base_url.startswith(("http://", "https://")):
        raise click.UsageError(f"--llm-base-url {base_url}: is no such URL; expected one like http://localhost:11434/v1")
    return Way(name, Settings(model, base_url, cache or default_folder()))
