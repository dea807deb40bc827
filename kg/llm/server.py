"""Asking a server that speaks OpenAI's chat completions protocol, through the ``openai`` client, which is imported on the first request.

The key comes from the environment (``OPENAI_API_KEY``) and from nowhere else; a server on this machine needs none. Structured output is
asked for as a JSON schema, then as a JSON object, then not at all: what the server refuses (400, 422) is not asked for again. Busy or
broken servers (429, 5xx, time-outs, lost connections) are asked again after what ``Retry-After`` says, else after 1, 2, 4 … seconds.
"""

from __future__ import annotations

import datetime as dt
import email.utils
import os
import time
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from kg.errors import InputError, ModelError
from kg.llm import cache
from kg.llm.account import Usage
from kg.llm.cache import Reply
from kg.llm.schema import answer_schema

LONGEST_WAIT = 120.0  # seconds that a server may ask to wait; a longer wait is an error
_FORMATS = ("json_schema", "json_object", "text")
_TOO_LONG = (
    "context_length",
    "context length",
    "context window",
    "context size",
    "maximum context",
    "too many tokens",
    "too long",
)


@dataclass(frozen=True, slots=True)
class Settings:
    """Which model is asked, where, and how. ``portion`` is in characters, ``timeout`` and ``pause`` (the first wait) in seconds."""

    model: str
    base_url: str
    cache: Path | None = None
    portion: int = 4000
    timeout: float = 300.0
    retries: int = 4
    pause: float = 1.0


@dataclass(frozen=True, slots=True)
class Asked:
    """A reply and what it cost."""

    reply: Reply
    usage: Usage


@lru_cache(maxsize=4)
def server(settings: Settings) -> Server:
    """The server of these settings, one per process, so that what it was found not to offer is not asked for again."""
    return Server(settings)


class Server:
    """One server and what is known of it: which output format it takes, whether it takes a temperature, whether it is there at all."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._client: Any = None
        self._format = 0
        self._temperature = True
        self._down: str | None = None

    def ask(self, messages: Sequence[dict[str, str]]) -> Asked:
        """The model's answer to some messages, from the cache where it was given before.

        Raises :class:`ModelError` where the server cannot be reached, refuses the request, or stays busy.
        """
        name = cache.key(self.settings.model, messages, answer_schema())
        kept = cache.load(self.settings.cache, name)
        if kept is not None:
            tokens = {"cached_prompt_tokens": kept.prompt_tokens, "cached_completion_tokens": kept.completion_tokens}
            return Asked(kept, Usage(cached=1, **tokens))
        reply, requests = self._request(messages)
        cache.save(self.settings.cache, name, self.settings.model, reply)
        return Asked(reply, Usage(requests, 0, 0, reply.prompt_tokens, reply.completion_tokens))

    # ---- requests

    def _request(self, messages: Sequence[dict[str, str]]) -> tuple[Reply, int]:
        import_client()
        import openai

        if self._down:
            raise ModelError(self._down)
        requests, failures = 0, 0
        while True:
            requests += 1
            try:
                answer = self._connected().chat.completions.create(**self._arguments(messages))
                return self._reply(answer), requests
            except (openai.BadRequestError, openai.UnprocessableEntityError) as error:
                if _is_too_long(error):
                    return Reply("", "length"), requests
                if "content_filter" in str(error):
                    return Reply("", "refused"), requests
                if not self._asks_less(str(error)):
                    raise self._error(f"refuses the request ({_said(error)})") from None
            except (openai.RateLimitError, openai.InternalServerError) as error:
                failures += 1
                wait = _retry_after(error.response.headers.get("retry-after"))
                self._wait(failures, wait, f"answers {error.status_code} ({_said(error)})")
            except openai.APIStatusError as error:
                raise self._error(f"answers {error.status_code} ({_said(error)})") from None
            except openai.APITimeoutError:
                failures += 1
                self._wait(failures, None, f"does not answer within {self.settings.timeout:g} s", lost=True)
            except openai.APIConnectionError as error:
                failures += 1
                self._wait(failures, None, f"cannot be reached ({error.__cause__ or error})", lost=True)
            except (openai.APIError, ValueError) as error:
                failures += 1
                self._wait(failures, None, f"does not speak the protocol ({_said(error)})")

    def _connected(self) -> Any:
        if self._client is None:
            import openai

            key = os.environ.get("OPENAI_API_KEY") or "none"
            self._client = openai.OpenAI(
                api_key=key, base_url=self.settings.base_url, timeout=self.settings.timeout, max_retries=0
            )
        return self._client

    def _arguments(self, messages: Sequence[dict[str, str]]) -> dict[str, Any]:
        arguments: dict[str, Any] = {"model": self.settings.model, "messages": list(messages)}
        if self._temperature:
            arguments["temperature"] = 0
        wanted = _FORMATS[self._format]
        wanted_output: dict[str, Any] = {"type": wanted}
        if wanted == "json_schema":
            wanted_output["json_schema"] = {"name": "facts", "strict": True, "schema": answer_schema()}
        if wanted != "text":  # not as an argument: the first clients of this interface did not know it
            arguments["extra_body"] = {"response_format": wanted_output}
        return arguments

    def _asks_less(self, said: str) -> bool:
        """Whether there is something left that need not be asked for; what the server complained of goes first."""
        if self._temperature and "temperature" in said:
            self._temperature = False
            return True
        if self._format + 1 < len(_FORMATS):
            self._format += 1
            return True
        return False

    def _wait(self, failures: int, told: float | None, what: str, lost: bool = False) -> None:
        """Wait before the next try; raise where there is none left. A server that is not there is not tried again in this process."""
        if failures > self.settings.retries:
            error = self._error(f"{what}, {failures} times")
            self._down = str(error) if lost else None
            raise error
        if told is not None and told > LONGEST_WAIT:
            raise self._error(f"{what} and asks to wait {told:.0f} s")
        time.sleep(self.settings.pause * 2 ** (failures - 1) if told is None else told)

    def _error(self, what: str) -> ModelError:
        expected = "expected a server that answers chat completions"
        return ModelError(f"model '{self.settings.model}' at {_shown(self.settings.base_url)}: {what}; {expected}")

    def _reply(self, answer: Any) -> Reply:
        """What the client made of the server's answer; ``ValueError`` where it is no chat completion."""
        choices = getattr(answer, "choices", None)
        if not isinstance(choices, list) or not choices or getattr(choices[0], "message", None) is None:
            raise ValueError("an answer without choices")
        choice, usage = choices[0], getattr(answer, "usage", None)
        tokens = [_count(getattr(usage, name, 0)) for name in ("prompt_tokens", "completion_tokens")]
        content = choice.message.content
        text = content.encode("utf-8", "replace").decode("utf-8") if isinstance(content, str) else ""
        if getattr(choice.message, "refusal", None) or choice.finish_reason == "content_filter":
            return Reply(text, "refused", *tokens)
        return Reply(text, "length" if choice.finish_reason == "length" else "stop", *tokens)


def import_client() -> None:
    """Raises :class:`InputError` where the client library is missing."""
    try:
        import openai  # noqa: F401
    except ModuleNotFoundError:
        raise InputError(
            "the openai client is not installed; expected it for a language model: pip install 'bilateral-kg[llm]'"
        ) from None


# ------------------------------------------------------------------------------------------------------------- small parts


def _retry_after(value: str | None) -> float | None:
    """The seconds that a ``Retry-After`` header asks to wait (RFC 9110, 10.2.3: seconds or a date), ``None`` for none."""
    if not value:
        return None
    try:
        return max(0.0, float(value))
    except ValueError:
        pass
    try:
        then = email.utils.parsedate_to_datetime(value)
    except ValueError:
        return None
    aware = then if then.tzinfo else then.replace(tzinfo=dt.timezone.utc)
    return max(0.0, (aware - dt.datetime.now(dt.timezone.utc)).total_seconds())


def _is_too_long(error: Any) -> bool:
    said = str(error).lower()
    return any(words in said for words in _TOO_LONG)


def _said(error: Exception) -> str:
    """What an error says, on one short line; without the key, whoever may have repeated it."""
    text = " ".join(str(error).split())
    if secret := os.environ.get("OPENAI_API_KEY"):
        text = text.replace(secret, "…")
    return text if len(text) <= 160 else text[:159] + "…"


def _shown(url: str) -> str:
    """An URL without the user and password that may stand in it."""
    scheme, separator, rest = url.partition("://")
    host, slash, path = rest.partition("/")
    return f"{scheme}{separator}{host.rpartition('@')[2]}{slash}{path}"


def _count(value: object) -> int:
    return value if isinstance(value, int) else 0
