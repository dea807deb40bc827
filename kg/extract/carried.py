"""Words without quotation marks that no verb of saying governs: what a clause "como publicó X" vouches for, what stands behind a cue
noun and a colon.
"""

from __future__ import annotations

from collections.abc import Iterator

from kg.extract.analysis import Analysis
from kg.extract.frames import Frame
from kg.extract.lexicon import lemmas_of
from kg.extract.said import Said
from kg.extract.sources import CUE_NOUNS, cited, owner
from kg.extract.syntax import is_verb, trim
from kg.model import Span


def carried(a: Analysis, frames: tuple[Frame, ...]) -> Iterator[Said]:
    """ "…, como publicó la Gazeta citando a dos asesores": what the clause before tells is the sources' word, by the outlet.

    "…, como había advertido el diputado": it is the deputy's.
    """
    seen: set[tuple[int, int]] = set()
    for f in frames:
        t = a.trees[f.sentence]
        tokens = t.tokens
        if f.form != "verb" or f.concept not in ("saying", "warning") or not f.agent or f.inferred:
            continue
        if (f.sentence, f.trigger) in seen:
            continue
        seen.add((f.sentence, f.trigger))
        outlet = a.resolution.actors[f.agent[0]].kind == "MediaOutlet"
        opening = next(
            (k for k in range(f.trigger - 1, max(-1, f.trigger - 4), -1) if tokens[k].lower in ("como", "según")), None
        )
        if opening is None or opening < 2 or tokens[opening - 1].text != ",":
            continue
        if not outlet and (
            tokens[opening].lower != "como" or f.content is not None or f.subject is None or f.subject < f.trigger
        ):
            continue
        end = next((k for k in range(f.trigger, len(tokens)) if tokens[k].text in (";", ".")), len(tokens))
        source = cited(a, t, f.agent[0], f.trigger + 1, end) if outlet else f.agent
        clause = next((k for k in range(opening - 2, -1, -1) if tokens[k].lower == "que" or tokens[k].text in (";", ":")), -1)
        words = t.span(*trim(t, clause + 1, opening - 1)) if opening - 1 > clause + 1 else None
        if not source or words is None or a.quotes_in(words):
            continue
        cue = Span(tokens[f.trigger].start, tokens[f.trigger].end)
        via = f.agent if outlet else ()
        evidence = Span(words.start, tokens[end - 1].end)
        yield Said(source, words, False, evidence, cue, via=via, rule="indirect-carried", trigger=tokens[f.trigger].text)


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
