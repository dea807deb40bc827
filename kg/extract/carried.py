"""Words without quotation marks that no verb of saying governs: what a clause "como publicó X" vouches for, what stands behind a cue
noun and a colon.
"""

from __future__ import annotations

from collections.abc import Iterator

from kg.extract.analysis import Analysis
from kg.extract.frames import Frame
from kg.extract.lexicon import lemmas_of
from kg.extract.said import Said
from kg.extract.sources import CUE_NOUNS, owner
from kg.extract.syntax import Tree, is_verb, trim
from kg.model import Span


def carried(a: Analysis, frames: tuple[Frame, ...]) -> Iterator[Said]:
    """ "…, como publicó la Gazeta citando a dos asesores": what the clause before tells is the sources' word, by the outlet."""
    for f in frames:
        t = a.trees[f.sentence]
        tokens = t.tokens
        if f.form != "verb" or f.concept != "saying" or not f.agent or a.resolution.actors[f.agent[0]].kind != "MediaOutlet":
            continue
        opening = next(
            (k for k in range(f.trigger - 1, max(-1, f.trigger - 3), -1) if tokens[k].lower in ("como", "según")), None
        )
        if opening is None or opening < 2 or tokens[opening - 1].text != ",":
            continue
        end = next((k for k in range(f.trigger, len(tokens)) if tokens[k].text in (";", ".")), len(tokens))
        source = _cited(a, t, f.trigger, end)
        clause = next((k for k in range(opening - 2, -1, -1) if tokens[k].lower == "que" or tokens[k].text in (";", ":")), -1)
        words = t.span(*trim(t, clause + 1, opening - 1)) if opening - 1 > clause + 1 else None
        if not source or words is None or a.quotes_in(words):
            continue
        cue = Span(tokens[f.trigger].start, tokens[f.trigger].end)
        evidence = Span(words.start, tokens[end - 1].end)
        yield Said(source, words, False, evidence, cue, via=f.agent, rule="indirect-carried", trigger=tokens[f.trigger].text)


def _cited(a: Analysis, t: Tree, first: int, end: int) -> tuple[str, ...]:
    """Whom an outlet cites: "citando a X", "con base en el testimonio de X", "que cita a X"."""
    for k in range(first + 1, end):
        token = t.tokens[k]
        if token.lemma == "citar" or token.lower.startswith("citando") or token.lower in ("base", "testimonio", "basándose"):
            for j in range(k + 1, end):
                found = a.resolution.of(t.sentence.index, j)
                if found and a.resolution.actors[found[0]].kind != "MediaOutlet":
                    return found
    return ()


def after_colon(a: Analysis, quoted: list[Span]) -> Iterator[Said]:
    """ "La respuesta de X ha sido categórica: la soberanía no se negocia": a cue noun, a colon, and words without marks."""
    says = lemmas_of(a.document.article.language, "saying", "verb")
    for t in a.trees:
        colon = next((i for i, x in enumerate(t.tokens) if x.text == ":"), None)
        if colon is None or colon + 2 >= len(t.tokens) or t.tokens[-1].text == ":":
            continue
        noun = next((i for i, x in enumerate(t.tokens[:colon]) if x.lemma in CUE_NOUNS and x.pos == "NOUN"), None)
        if noun is None or not any(is_verb(x) for x in t.tokens[colon + 1 :]):
            continue
        words = t.span(*trim(t, colon + 1, len(t.tokens)))
        speaker = owner(a, t, noun)
        if (
            speaker
            and not any(q.overlaps(words) for q in quoted)
            and not a.quotes_in(words)
            and not any(x.lemma in says and x.pos == "VERB" for x in t.tokens[colon + 1 :])
        ):
            yield Said(
                speaker,
                words,
                False,
                Span(t.tokens[0].start, words.end),
                Span(t.tokens[noun].start, t.tokens[noun].end),
                rule="indirect-colon",
                trigger=t.tokens[noun].text,
            )
