"""Who is meant where the words leave the subject out and somebody else's words are told.

After "admitió que pidió …" the one who asked is the one who admits; inside a quotation "I" and "we" are its speaker, and a third person
without a name is the other party of the talk, never the speaker (failure case 7 of the pattern catalogue).
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from kg.extract.analysis import Analysis
from kg.extract.frames import Frame
from kg.extract.named_subjects import interposed
from kg.extract.said import COMMUNICATION, Said
from kg.extract.syntax import Tree

#: Moves whose verbs may stand beside a quotation and mean no more than saying; those of them that only complain.
_VOICED: Final = frozenset({"request", "accuse", "opposes"})
_COMPLAINING: Final = frozenset({"quejar", "lamentar"})
#: Verbs by which quoted words demand something.
_NEEDING: Final = frozenset(
    {"deber", "tener", "querer", "necesitar", "exigir", "pedir", "reclamar", "demandar", "solicitar", "esperar"}
)
#: How many characters stand at most between a quotation and the verb behind it: "», se ".
_BEHIND_MARKS: Final = 6
#: Their wordings hold their own object: "aceptar condición", "bloquear acuerdo", "presentar petición".
_ANSWERING: Final = frozenset({"acceptance", "refusal", "offering", "request"})


def settle_reported(a: Analysis, frames: tuple[Frame, ...]) -> tuple[Frame, ...]:
    """Frames whose dropped subject is that of the verb that reports them."""
    governors = {(f.sentence, f.trigger): f for f in frames if f.form == "verb" and f.concept in COMMUNICATION and f.agent}
    governors_of = {(f.sentence, f.trigger): f for f in frames if f.form == "verb" and f.agent and not f.inferred}
    out = []
    for f in frames:
        t = a.trees[f.sentence]
        token = t.tokens[f.trigger]
        above = governors.get((f.sentence, token.head))
        if (
            f.inferred
            and f.form == "verb"
            and token.dep in ("ccomp", "acl:relcl")
            and above is not None
            and above.content == f.trigger
            and _number(t, f.trigger) == _number(t, above.trigger)
        ):
            f = replace(f, agent=above.agent, patient=tuple(p for p in f.patient if p not in above.agent))
        elif f.inferred and f.form == "verb" and token.dep in ("acl:relcl", "advcl") and not interposed(t, f.trigger):
            above = next((governors_of[(f.sentence, j)] for j in t.ancestors(f.trigger) if (f.sentence, j) in governors_of), None)
            if above is not None and _number(t, f.trigger) == _number(t, above.trigger) and not set(above.agent) & set(f.patient):
                f = replace(f, agent=above.agent)
        in_wording = f.theme is not None and f.form == "verb" and f.words > 1 and f.trigger < f.theme < f.trigger + f.words
        if in_wording and f.concept not in _ANSWERING:
            f = replace(f, theme=_behind(t, f))
        out.append(f)
    return tuple(out)


def _behind(t: Tree, f: Frame) -> int | None:
    """What a set wording is about when its own noun was taken for the object: "cerrar filas en torno a la soberanía"."""
    assert f.theme is not None
    for k in (*t.kids[f.theme], *t.kids[f.trigger]):
        if k >= f.trigger + f.words and t.tokens[k].dep in ("nmod", "obl", "obl:arg") and t.tokens[k].pos in ("NOUN", "PROPN"):
            return k
    return None


def _number(t: Tree, i: int) -> str:
    for k in (i, *t.kids[i]):
        token = t.tokens[k]
        if "VerbForm=Fin" in token.morph and (k == i or token.dep == "aux"):
            return token.morph.partition("Number=")[2].partition("|")[0]
    return ""


#: The verb that has no subject.
_THERE_IS: Final = ("haber",)


def settle_quoted(a: Analysis, frames: tuple[Frame, ...], said: tuple[Said, ...]) -> tuple[Frame, ...]:
    """Frames inside direct quotations with their speakers in: first persons are the speaker, nameless third persons somebody else."""
    direct = [s for s in said if s.direct]
    out = []
    for f in frames:
        t = a.trees[f.sentence]
        start = t.tokens[f.trigger].start
        if _only_voices(a, t, f):
            continue
        if f.form != "verb" or f.valency.subject != "AGENT" or not (f.inferred or not f.agent):
            out.append(f)
            continue
        if f.valency.words == _THERE_IS and f.tense == "future":
            # "no habrá bases", says somebody: it is he who will have none
            around = [s for s in said if s.quote.start <= start < s.quote.end]
            teller = next((s for s in around if s.direct), next(iter(around), None))
            out.append(replace(f, agent=teller.speaker if teller is not None else (), inferred=True))
            continue
        speech = next((s for s in direct if s.quote.start <= start < s.quote.end), None)
        if speech is not None:
            person = _person(t, f.trigger)
            if person == "1":
                f = replace(f, agent=speech.speaker, inferred=True)
            elif f.agent and set(f.agent) & set(speech.speaker):
                other = _other_party(a, speech)
                f = replace(f, agent=other, patient=tuple(p for p in f.patient if p not in other))
        out.append(f)
    return tuple(out)


def _only_voices(a: Analysis, t: Tree, f: Frame) -> bool:
    """Whether a verb of complaining or demanding right behind a quotation only tells who speaks: "«No hay agua», reclama el alcalde".

    What is quoted must then demand nothing itself: "«Deben irse», exigió", "«Respeten la ley», pidió" are requests.
    """
    if f.form != "verb" or f.concept not in _VOICED or f.patient or (f.theme is not None and f.theme > f.trigger):
        return False
    quote = next((q for q in a.quotes if 0 <= t.tokens[f.trigger].start - q.outer.end <= _BEHIND_MARKS and not q.depth), None)
    if quote is None:
        return False
    if f.concept in ("accuse", "opposes"):
        return t.tokens[f.trigger].lemma in _COMPLAINING
    inside = [x for x in t.tokens if quote.inner.start <= x.start < quote.inner.end]
    told = any("VerbForm=Fin" in x.morph and "Mood=Ind" in x.morph for x in inside)
    return told and not any(
        x.lemma in _NEEDING or ("VerbForm=Fin" in x.morph and ("Mood=Sub" in x.morph or "Mood=Imp" in x.morph))
        for x in inside
        if x.pos in ("VERB", "AUX")
    )


def _person(t: Tree, i: int) -> str:
    for k in (*t.kids[i], i):
        token = t.tokens[k]
        if "VerbForm=Fin" in token.morph and (k == i or token.dep in ("aux", "cop")):
            return token.morph.partition("Person=")[2].partition("|")[0]
    return ""


def _other_party(a: Analysis, speech: Said) -> tuple[str, ...]:
    """The person named last before a quotation who is not its speaker, in its paragraph or the one before."""
    mentions, ids = a.resolution.mentions, a.resolution.ids
    block = next((b.index for b in a.document.article.blocks if b.start <= speech.quote.start < b.end), 0)
    for m, found in zip(reversed(mentions), reversed(ids), strict=True):
        if m.span.start >= speech.quote.start or not found:
            continue
        if a.document.sentences[m.sentence].block < block - 1:
            return ()
        if a.resolution.actors[found[0]].kind == "Person" and not set(found) & set(speech.speaker):
            return found[:1]
    return ()
