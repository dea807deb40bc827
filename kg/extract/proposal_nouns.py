"""Proposals told by a noun or a participle: "la petición danesa de una prórroga", "una mediación sugerida por Quito"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from kg.extract.analysis import Analysis
from kg.extract.frame import Frame
from kg.extract.offered import PROPOSAL_NOUNS, Offered
from kg.extract.proposal_parts import Stretch, items_behind_colon
from kg.extract.subjects import subject_of
from kg.extract.syntax import Tree, case, is_verb, negated, predicate_above, tense, trim
from kg.extract.triggers import participle_lemma
from kg.extract.words import word_list

#: Verbs that answer a proposal: its noun beside them means one, however short it is told.
_ANSWERING: Final = frozenset(
    word_list(
        "aceptar rechazar descartar apoyar respaldar estudiar evaluar analizar ignorar desoír vetar aprobar criticar aplaudir avalar"
        " desechar acoger desestimar examinar agradecer sopesar secundar votar debatir discutir"
    )
)
#: Nouns that are asked or planned without anybody having to agree: "la demanda de gas", "el plan de pensiones".
_EVERYDAY: Final = frozenset({"demanda", "plan", "alternativa", "idea", "fórmula", "medida", "compromiso"})
_TIMES: Final = frozenset(word_list("hora momento día semana mes año minuto siempre"))
_DENYING: Final = frozenset({"negar", "desmentir", "descartar"})
#: Verbs of containing whose object has a preposition.
_OF_WHAT: Final = {"consistir": ("en",), "constar": ("de",), "estribar": ("en",), "pasar": ("por",)}
_INDEFINITE: Final = frozenset({"un", "una", "unos", "unas"})
#: An infinitive between commas is no longer than this, in tokens.
_LONGEST_ASIDE: Final = 10
_BEFORE_APPOSITION: Final = frozenset({",", "—", "–", "("})


@dataclass(frozen=True, slots=True)
class Told:
    """What a noun tells of a proposal: the stretch of its content, the parts it is made of, and the stretch of its evidence."""

    content: Stretch
    parts: tuple[Stretch, ...]
    evidence: Stretch


def as_participle(a: Analysis, f: Frame) -> Frame:
    """A noun frame as one of the participle that it is: "la mediación de Brasil, propuesta ayer por Ecuador, …"."""
    t = a.trees[f.sentence]
    i = f.trigger
    bare = f.form == "noun" and t.tokens[i].dep in ("appos", "amod", "acl") and t.tokens[i - 1].text == ","
    if not bare or any(t.tokens[k].pos == "DET" for k in t.kids[i]) or participle_lemma(t.tokens[i].lower) is None:
        return f
    agent = next((a.actors(t, k) for k in t.kids[i] if case(t, k) == "por" and a.actors(t, k)), ())
    return replace(f, form="participle", theme=t.tokens[i].head, agent=agent, end=t.right[i]) if agent else f


def conveyed(a: Analysis, f: Frame) -> Frame:
    """A noun frame with who sends the petition, and to whom: "Lima cursó a Quito una solicitud para …", "hizo llegar una oferta"."""
    t = a.trees[f.sentence]
    verb = t.tokens[f.trigger].head
    if t.tokens[verb].pos == "PROPN":  # "entregó al ministro Raimundo Cortés | un petitorio", hung on the name
        verb = predicate_above(t, f.trigger)
    mine = any(t.tokens[k].lower in ("su", "sus") for k in t.kids[f.trigger])
    if (
        f.form == "noun"
        and mine
        and f.inferred
        and t.tokens[f.trigger].dep in ("obj", "obl", "obl:arg")
        and is_verb(t.tokens[verb])
    ):
        return replace(f, agent=subject_of(a, t, verb).actors or f.agent)  # "Perú insistió en su propuesta de …"
    if f.form != "noun" or t.tokens[f.trigger].dep not in ("obj", "nsubj:pass") or not is_verb(t.tokens[verb]):
        return f
    sent = t.tokens[verb].lemma in a.lexicon.classes["conveying"] or "hacer" in (
        t.tokens[k].lemma for k in (verb, t.tokens[verb].head)
    )
    # "elevó la reclamación a condición": made into something else, and sent to nobody
    behind = t.tokens[f.trigger + 1 : f.trigger + 3]
    turned = len(behind) > 1 and behind[0].lower == "a" and behind[1].pos == "NOUN"
    if not sent or turned or negated(t, verb):
        return f
    sender = f.agent
    if not sender and t.tokens[f.trigger].dep == "obj":
        sender = subject_of(a, t, verb).actors
    elif not sender:
        sender = next((a.actors(t, k) for k in t.kids[verb] if case(t, k) == "por" and a.actors(t, k)), ())
    told = next((a.actors(t, k) for k in t.kids[verb] if case(t, k) == "a" and a.actors(t, k)), ())
    return replace(f, agent=sender, patient=f.patient or tuple(x for x in told if x not in sender))


def told_by_noun(a: Analysis, f: Frame) -> Told | None:
    """What is put forward by the noun or participle of frame ``f``; None where it only points back or tells no content."""
    t = a.trees[f.sentence]
    if f.negated or _denied(t, f.trigger) or not (f.agent or shelved(a, f)):
        return None
    if f.form == "participle":
        return _by_participle(a, t, f)
    i = f.trigger
    above = t.tokens[i].head
    if above != i and is_verb(t.tokens[above]) and t.tokens[above].lemma in ("haber", "tener") and negated(t, above):
        return None
    whole = trim(t, t.left[i], _end_of_phrase(t, i))
    held = tuple(_contained(a, t, i))
    spelt = tuple(items_behind_colon(t, whole[1]))
    own = _content(a, t, f) or _apposition(a, t, i)
    if own is not None:
        return Told(own, spelt or held, (min(whole[0], own[0]), max(whole[1], own[1])))
    parts = held or spelt
    if not parts:
        return None
    if len(parts) == 1:
        return Told(parts[0], (), (whole[0], parts[0][1]))
    return Told(whole, parts, (whole[0], max(whole[1], parts[0][1])))


def shelved(a: Analysis, f: Frame) -> bool:
    """Whether the noun's verb says that it came to nothing: "la alternativa, un gasoducto, quedó descartada"."""
    t = a.trees[f.sentence]
    verb = t.tokens[f.trigger].head
    if f.form != "noun" or t.tokens[f.trigger].dep not in ("nsubj", "nsubj:pass") or negated(t, verb):
        return False
    words = {t.tokens[verb].lemma, *(participle_lemma(t.tokens[k].lower) or "" for k in (verb, *t.kids[verb]))}
    active = "VerbForm=Part" not in t.tokens[verb].morph and t.tokens[verb].lemma not in ("quedar", "estar", "ser")
    return not active and bool(words & (a.lexicon.classes["shelving"] | {"abandonar"}))


def _content(a: Analysis, t: Tree, f: Frame) -> Stretch | None:
    """The complement of the noun: an infinitive or "que" clause, or a noun phrase that says enough."""
    i = f.trigger
    content = f.content if f.content is not None else _infinitive_behind(t, i)
    if content is not None and _told_of(t, content):
        return None  # "contraoferta que PDVSA todavía estudia": what becomes of it
    if content is not None:
        return _clean(t, t.left[content], _until_comma(t, content))
    if f.theme is None or a.actors(t, f.theme) or t.tokens[f.theme].lemma in _TIMES:
        return None
    above = t.tokens[i].head
    answered = t.tokens[above].lemma in _ANSWERING and t.tokens[i].dep in ("obj", "nsubj", "nsubj:pass", "obl", "obl:arg")
    told = any(t.tokens[k].dep in ("det", "nummod", "amod", "nmod", "acl") for k in t.kids[f.theme])
    if not answered and (not told or t.tokens[i].lemma in _EVERYDAY):
        return None
    return _clean(t, t.left[f.theme], _until_comma(t, f.theme))


def _told_of(t: Tree, content: int) -> bool:
    """Whether a clause is a relative one that tells something of the noun, and not what the noun puts forward."""
    told = t.tokens[content].dep == "acl:relcl" and tense(t, content) in ("present", "past", "future")
    return told and t.tokens[t.left[content]].lower not in ("de",)


def _infinitive_behind(t: Tree, i: int) -> int | None:
    """The infinitive or clause behind the noun that the parser hung on its verb: "conocerá un proyecto de X para levantar …"."""
    k, tokens = t.right[i], t.tokens
    if k + 2 < len(tokens) and tokens[k].lower == "para" and tokens[k + 1].lower == "que":
        head = tokens[k + 1].head  # "un petitorio para que el paso se abra"
        beside = tokens[head].head in (tokens[i].head, predicate_above(t, i))
        return head if head > k + 1 and beside and is_verb(tokens[head]) else None
    if k + 1 < len(tokens) and tokens[k].lower in ("para", "de") and "VerbForm=Inf" in tokens[k + 1].morph:
        return k + 1 if tokens[k + 1].head == tokens[i].head else None
    return None


def _by_participle(a: Analysis, t: Tree, f: Frame) -> Told | None:
    """ "la mediación de la OIM, sugerida el jueves por la Defensoría": the noun is what was put forward."""
    if f.theme is None or f.theme > f.trigger or t.tokens[f.theme].pos != "NOUN":
        return None
    whole = trim(t, t.left[f.theme], t.left[f.trigger])
    held = tuple(_contained(a, t, f.theme))
    complement = any(t.tokens[k].dep in ("nmod", "acl") and k < f.trigger for k in t.kids[f.theme])
    if whole[1] <= whole[0] or (t.tokens[f.theme].lemma in PROPOSAL_NOUNS and not (complement or held)):
        return None
    return Told(whole, held if len(held) > 1 else (), (whole[0], f.end))


def _contained(a: Analysis, t: Tree, noun: int) -> Iterator[Stretch]:
    """What the noun's verb of containing says is in it: "contempla un congelamiento y la creación de un grupo"."""
    relative = next(
        (
            k
            for k in t.children(noun, "acl:relcl")
            if any(t.tokens[m].lower == "que" and t.tokens[m].dep == "nsubj" for m in t.kids[k])
        ),
        None,
    )
    verb = t.tokens[noun].head
    being = _being(t, noun)
    if being is not None:
        yield being
        return
    holds = t.tokens[verb].lemma in a.lexicon.classes["containing"] and t.tokens[noun].dep in ("nsubj", "csubj")
    if not holds and relative is not None and t.tokens[relative].lemma in a.lexicon.classes["containing"]:
        verb, holds = relative, True  # "presentó un borrador que prevé la retirada de las boyas"
    if not holds or negated(t, verb):
        return
    for k in t.kids[verb]:
        told = t.tokens[k].dep in ("obj", "ccomp", "xcomp", "obl:arg")
        told = told or (t.tokens[k].dep in ("obl", "advcl") and case(t, k) in _OF_WHAT.get(t.tokens[verb].lemma, ()))
        if k > verb and told and t.tokens[k].pos in ("NOUN", "VERB", "PROPN"):
            heads = [k, *(c for c in t.kids[k] if t.tokens[c].dep == "conj" and c > k)]
            starts = [t.left[k], *(t.left[c] for c in heads[1:])]
            for first, end in zip(starts, [*starts[1:], t.right[k]], strict=True):
                yield _clean(t, first, end)
            return


def _being(t: Tree, noun: int) -> Stretch | None:
    """What the noun is said to be, in a clause: "la idea de Lima es que los camiones paguen un solo peaje", "el plan es abrir …"."""
    above = t.tokens[noun].head
    if t.tokens[noun].dep != "nsubj" or negated(t, above):
        return None
    copula = (
        above
        if t.tokens[above].lemma == "ser"
        else next((k for k in t.children(above, "cop") if t.tokens[k].lemma == "ser"), None)
    )
    if copula is None or copula < noun:
        return None
    head = above if copula != above else next((k for k in t.children(above, "ccomp", "xcomp", "csubj") if k > above), None)
    if head is None or not is_verb(t.tokens[head]):
        return None
    asked = "VerbForm=Inf" in t.tokens[head].morph or tense(t, head) == "subjunctive"
    return _clean(t, copula + 1, t.right[head]) if asked else None


def _apposition(a: Analysis, t: Tree, i: int) -> Stretch | None:
    """ "La oferta chilena, un fondo de 20 millones, …", "La exigencia de X —derogación del arancel— …"."""
    for k in sorted(k for above in (i, *t.kids[i]) for k in t.children(above, "appos", "parataxis")):
        named = (t.sentence.index, k) in a.resolution.at or a.actors(t, k)
        opens = (t.left[k] > i and t.tokens[t.left[k] - 1].text in _BEFORE_APPOSITION) or t.tokens[
            t.left[k]
        ].text in _BEFORE_APPOSITION
        comment = t.children(k, "acl:relcl") and not t.children(k, "det")  # "…, acusación que Bogotá rechaza"
        if opens and not named and not comment and t.tokens[k].pos == "NOUN":
            return _clean(t, t.left[k], _until_comma(t, k))
    return _set_off(t, i, ("—", "–")) or _set_off(t, i, (",",))


def _set_off(t: Tree, i: int, marks: tuple[str, ...]) -> Stretch | None:
    """A noun phrase between two ``marks`` right behind the noun and its owner, whatever the parser hung it on."""
    places = [k for k in range(i + 1, len(t.tokens)) if t.tokens[k].text in marks]
    if len(places) < 2 or any(x.pos in ("VERB", "AUX", "PUNCT") for x in t.tokens[i + 1 : places[0]]):
        return None
    inside = t.tokens[places[0] + 1 : places[1]]
    nominal = any(x.pos == "NOUN" for x in inside[:3]) and not any("VerbForm=Fin" in x.morph for x in inside)
    if inside and "VerbForm=Inf" in inside[0].morph and len(inside) < _LONGEST_ASIDE:
        return _clean(t, places[0] + 1, places[1])  # "el plan de la OEA, patrullar juntos, …"
    if "," in marks:  # between commas only what introduces itself: "la oferta chilena, un fondo de 20 millones, …"
        nominal = nominal and inside[0].lower in _INDEFINITE
    return _clean(t, places[0] + 1, places[1]) if nominal else None


def _end_of_phrase(t: Tree, i: int) -> int:
    """Where the noun phrase ends without what follows a comma, a dash or a colon."""
    return next((k for k in range(i + 1, t.right[i]) if t.tokens[k].text in (",", "—", "–", ":", ";", "(")), t.right[i])


def _until_comma(t: Tree, i: int) -> int:
    """The end of what ``i`` heads without asides behind a comma."""
    end = t.right[i]
    for k in t.kids[i]:
        if (
            k > i
            and t.tokens[k].dep in ("acl:relcl", "advcl", "parataxis", "appos", "acl")
            and t.tokens[t.left[k]].text in (",", "—", "–")
        ):
            end = min(end, t.left[k])
    return end


def _clean(t: Tree, first: int, end: int) -> Stretch:
    """A stretch without the dash, preposition or conjunction in front of it."""
    first, end = trim(t, first, end)
    while first < end - 1 and t.tokens[first].lower in ("de", "del", "para", "a", "que", "en", "—", "–"):
        first += 1
    return trim(t, first, end)


def _denied(t: Tree, i: int) -> bool:
    """Whether what stands at ``i`` is denied by a verb above it: "negó que haya una iniciativa para …"."""
    return any(t.tokens[j].lemma in _DENYING and j < i and t.tokens[j].pos == "VERB" for j in t.ancestors(i))


def overlaps(found: list[Offered], sentence: int, stretch: Stretch) -> bool:
    """Whether a proposal of the sentence already stands in these words."""
    return any(o.sentence == sentence and o.first < stretch[1] and stretch[0] < o.end for o in found)
