"""Whose stance it is: the subject, who speaks, who is named behind the verb, whose red line it is, whom a proposal is put to."""

from __future__ import annotations

from typing import Final

from kg.extract.frame import Frame
from kg.extract.known import Known
from kg.extract.stance_pronouns import Target
from kg.extract.syntax import Tree, finite_morph, negated, predicate_above, trim
from kg.model import Span

#: Concepts whose clause is their evidence, even where an aside parts it from the verb: "sostuvo, en una carta, que …".
_WITH_CLAUSE: Final = frozenset({"claiming", "confirming", "denies", "saying"})
#: A subject that begins further away than this many tokens, with a comma between, is not in the evidence.
_FAR: Final = 8
#: A holder behind his verb begins within this many tokens.
_NEAR: Final = 3
#: "Para X," has its comma within this many tokens.
_OPENING: Final = 12
#: A quotation up to this long is the evidence of what a set phrase in it says.
_LONGEST_QUOTE: Final = 200


def holders_of(known: Known, f: Frame) -> tuple[tuple[str, ...], Span]:
    """Whose stance it is, and the words that tell it."""
    t = known.tree(f)
    token = t.tokens[f.trigger]
    last = max(f.end, t.right[f.content]) if f.content is not None and f.concept in _WITH_CLAUSE else f.end
    span = t.span(*trim(t, _without_apposition(t, f), last))
    speech = known.speech(token.start)
    if f.form == "verb" and f.valency.subject == "THEME":  # "nos parece bien", "le gusta"
        ours = speech is not None and any(t.tokens[k].lower in ("nos", "me") for k in t.kids[f.trigger])
        return (speech.speaker if ours and speech is not None else f.agent or f.patient), span
    if f.form == "verb" and not f.agent and f.valency.subject == "AGENT" and not f.passive:
        behind = _holder_behind(known, t, f)
        if behind:
            return behind, span
    if f.form != "phrase":
        mine = "Person=1" in finite_morph(t, f.trigger) or (
            f.form == "verb" and token.pos in ("NOUN", "PROPN")
        )  # "rechazo esa oferta", taken for a noun
        first_person = known.a.quote_at(token.start) is not None and speech is not None and mine
        return (speech.speaker if first_person and speech is not None else f.agent), span
    if f.valency.words[0] != "no" and negated(t, predicate_above(t, f.trigger)):
        return (), span  # "ya no es una línea roja"
    if speech is None:  # "Para X, la amenaza es poco creíble", "una línea roja para X"
        return known.source(span) or _beside(known, t, f) or opinion_of(known, t), span
    return speech.speaker, (speech.quote if speech.quote.end - speech.quote.start < _LONGEST_QUOTE else span)


def opinion_of(known: Known, t: Tree) -> tuple[str, ...]:
    """Whose opinion a sentence is that opens so: "Para la Cámara de Comercio, el arancel es un despropósito", "A juicio de Lima, …"."""
    words = [x.lower for x in t.tokens[:3]]
    first = (
        1
        if words[:1] == ["para"]
        else 3
        if words in (["a", "juicio", "de"], ["en", "opinión", "de"], ["a", "ojos", "de"])
        else None
    )
    if first is None:
        return ()
    comma = next((k for k in range(first, min(first + _OPENING, len(t.tokens))) if t.tokens[k].text == ","), None)
    return (
        ()
        if comma is None
        else next((found for k in range(first, comma) if (found := known.a.resolution.of(t.sentence.index, k))), ())
    )


def _holder_behind(known: Known, t: Tree, f: Frame) -> tuple[str, ...]:
    """Who is named right behind a verb without a subject: "una idea a la que se opone la Hacienda brasileña"."""
    for k in range(f.trigger + f.words, min(f.trigger + f.words + _NEAR, len(t.tokens))):
        token = t.tokens[k]
        if token.pos in ("ADP", "PUNCT", "SCONJ", "VERB", "AUX", "CCONJ"):
            return ()
        found = known.a.resolution.of(t.sentence.index, k)
        if found:
            return found
    return ()


def _without_apposition(t: Tree, f: Frame) -> int:
    """Where the words of a stance begin: at its subject, or behind what explains the subject at length."""
    commas = [k for k in range(f.first, f.trigger) if t.tokens[k].text == ","]
    around = f.content is not None and f.content < f.trigger  # "ningún caso, alega, se ha hallado"
    return commas[-1] + 1 if f.form == "verb" and commas and f.trigger - f.first > _FAR and not around else f.first


def _beside(known: Known, t: Tree, f: Frame) -> tuple[str, ...]:
    """Whose red line it is: the actor behind "para", "de" or a demonym right after the phrase."""
    end = f.trigger + f.words
    if end < len(t.tokens):
        country = known.a.gazetteer.demonyms.get(t.tokens[end].lower)
        if country:
            return (known.a.government(country),)
        if t.tokens[end].lower in ("para", "de", "del"):
            for k in range(end + 1, min(end + 4, len(t.tokens))):
                if t.tokens[k].pos in ("VERB", "AUX"):
                    return ()
                found = known.a.resolution.of(t.sentence.index, k)
                if found:
                    return found
    return ()


def addressed(known: Known, f: Frame, targets: list[Target]) -> tuple[str, ...]:
    """Who answered where the words leave it out: the one side that the proposal is addressed to."""
    if f.concept not in ("acceptance", "refusal") or f.form != "verb" or f.negated:
        return ()
    found = [o.fact.addressee for o in known.offered for x in targets if o.fact.id == x.fact]
    return found[0] if found and len(found[0]) == 1 else ()
