"""Proposals that stand in a condition: what a threat asks for ("si no retira las boyas, …"), what a promise is given for ("abrirá si")."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from kg.extract.analysis import Analysis
from kg.extract.attribution import attribution_of
from kg.extract.context import passage
from kg.extract.frame import Frame
from kg.extract.homes import country_of
from kg.extract.offered import Offered, content_lemmas, label, other_side, own_government, same_side
from kg.extract.proposal_parts import condition_alone
from kg.extract.said import Attribution
from kg.extract.subjects import subject_of
from kg.extract.syntax import Tree, is_verb, negated, tense, trim
from kg.extract.words import word_list
from kg.model import Proposal

_STRIKING: Final = frozenset({"complaint", "tariff", "closure", "suspension", "cut-off", "strike", "attack"})
_HOSTILE: Final = ("sanction", "accuse", "coerce", "assault", "threaten", "mobilize", "protest", "reject", "retreat")
#: Nobody is asked to do these: "si en junio no hay avances".
_STATES: Final = frozenset({"haber", "existir", "ser", "estar", "llover", "nevar"})
#: Nobody promises these: "entrará en vigor si las Cortes lo ratifican".
_COMING_ABOUT: Final = _STATES | {"entrar", "regir", "durar", "costar", "quedar", "vencer", "caducar"}
#: What goes on, and is to end: "si siguen los choques".
_GOING_ON: Final = frozenset({"seguir", "continuar", "proseguir", "persistir", "mantener", "repetir"})
#: What a threat would keep from coming: "si la tarifa sube un centavo".
_FEARED: Final = frozenset(
    word_list("subir aumentar aprobar firmar imponer cerrar prohibir cobrar vender entregar ceder recortar")
)
#: Sentences back to what a condition that stands alone is set for.
_AFTER: Final = 2
#: Who can give something for something: states, what governs them, and people.
_GIVING: Final = frozenset({"Country", "Government", "PublicBody", "Person", "InternationalOrganization"})


def from_threats(a: Analysis, frames: tuple[Frame, ...], attributions: tuple[Attribution, ...]) -> Iterator[Offered]:
    """ "si no retira las boyas, …" in a threat asks for what it says is not done; "si siguen los choques" asks for their end."""
    seen: set[tuple[int, int]] = set()
    for f in frames:
        if f.form != "verb" or f.concept not in ("threaten", "warning", "saying", "claiming") or not f.agent:
            continue
        t = a.trees[f.sentence]
        i = next(
            (
                k
                for k in range(len(t.tokens))
                if _set_as_condition(t, k, f.concept in ("threaten", "warning")) and _threatens(a, frames, f, k)
            ),
            None,
        )
        if i is None or (f.sentence, i) in seen:
            continue
        seen.add((f.sentence, i))
        first, end = trim(t, t.left[i], t.right[i])
        fact = Proposal(
            id=f"p{f.sentence}.{first}",
            label=label(a, t, first, end),
            evidence=(passage(a, t.span(first, end), attributions, own=f.agent),),
            proposer=f.agent[:1],
            addressee=f.patient[:1] or _who_is_to(a, t, i, f.agent) or other_side(a, f.agent) or own_government(a, f.agent),
            rule="proposal-in-threat",
            triggers=(t.tokens[f.trigger].text, "si no"),
        )
        yield Offered(fact, f.sentence, first, end, content_lemmas(t, first, end), None)


def _set_as_condition(t: Tree, i: int, threat: bool = False) -> bool:
    """Whether verb ``i`` is what must be done, or must end: "si no retira", "si no hay firma antes del 31", "si siguen"."""
    token = t.tokens[i]
    if not is_verb(token) or not (_unless(t, i) or _if(t, i)):
        return False
    if not negated(t, i):
        coming = token.lemma in _FEARED and threat
        return (coming or token.lemma in _GOING_ON) and bool(t.children(i, "nsubj", "obj", "xcomp"))
    if token.lemma in ("haber", "existir"):
        words = [x.lower for x in t.tokens[t.left[i] : t.right[i]]]
        return "antes" in words and any(t.tokens[k].pos == "NOUN" for k in t.children(i, "obj", "nsubj"))
    return token.lemma not in _STATES


def _who_is_to(a: Analysis, t: Tree, i: int, agent: tuple[str, ...]) -> tuple[str, ...]:
    """Who is to do what the condition at ``i`` says, where it names another side: "si Haití no clausura el canal"."""
    for k in t.children(i, "nsubj"):
        actors = a.actors(t, k)
        if actors and not any(same_side(a, x, y) for x in actors for y in agent):
            return actors[:1] if a.resolution.actors[actors[0]].kind in _GIVING else ()
    return ()


def _threatens(a: Analysis, frames: tuple[Frame, ...], f: Frame, i: int) -> bool:
    """Whether what follows if the condition at ``i`` is not met is a blow, or is told by a verb of threatening."""
    if f.concept in ("threaten", "warning"):
        return True
    token = a.trees[f.sentence].tokens[i]
    return token.dep == "advcl" and any(
        x.concept in _STRIKING or a.lexicon.is_a(x.concept, "sanction") or a.lexicon.is_a(x.concept, "accuse")
        for x in frames
        if x.sentence == f.sentence and x.trigger == token.head
    )


def from_promises(a: Analysis, frames: tuple[Frame, ...], attributions: tuple[Attribution, ...]) -> Iterator[Offered]:
    """ "España abrirá la aduana si Marruecos retira los buques": what one side will do if the other does its part, and that part."""
    for t in a.trees:
        if a.document.article.blocks[t.sentence.block].kind == "heading" or all(x.lower != "si" for x in t.tokens):
            continue
        for i, token in enumerate(t.tokens):
            agreeing = token.lemma == "hacer" and any(
                t.tokens[k].lower == "lo" for k in t.kids[i]
            )  # "lo hará si …": a yes to another
            if token.pos != "VERB" or token.lemma in _COMING_ABOUT or agreeing or not _to_come(t, i) or negated(t, i):
                continue
            # "volverá a abrirse, explica, si …": the parser may hang the condition on the aside
            heads = (i, *t.children(i, "conj", "parataxis", "xcomp"))
            condition = next((k for h in heads for k in t.children(h, "advcl", "ccomp") if _if(t, k)), None)
            if condition is None or negated(t, condition) or _hostile(a, frames, t, i):
                continue
            yield from _promised(a, t, i, condition, attributions)


def from_afterthoughts(a: Analysis, found: list[Offered], attributions: tuple[Attribution, ...]) -> Iterator[Offered]:
    """Conditions that stand alone behind what they are set for: "Todo, eso sí, a condición de que Colombia envíe soldados"."""
    for t in a.trees:
        stretch = condition_alone(t)
        if stretch is None:
            continue
        near = [o for o in found if 0 < t.sentence.index - o.sentence <= _AFTER and o.fact.proposer]
        if not near:
            continue
        last = max(near, key=lambda o: (o.sentence, o.first))
        whole = next((o for o in found if o.fact.id == last.fact.part_of), last)
        fact = Proposal(
            id=f"p{t.sentence.index}.{stretch[0]}.condition",
            label=label(a, t, *stretch),
            evidence=(passage(a, t.span(*stretch), attributions, own=whole.fact.proposer),),
            proposer=whole.fact.proposer,
            addressee=whole.fact.addressee,
            status=whole.fact.status,
            part_of=whole.fact.id,
            rule="proposal-condition",
            triggers=(t.tokens[stretch[0]].text,),
        )
        yield Offered(fact, t.sentence.index, *stretch, content_lemmas(t, *stretch), None)


def _promised(a: Analysis, t: Tree, i: int, condition: int, attributions: tuple[Attribution, ...]) -> Iterator[Offered]:
    """The promise of verb ``i`` and, as its part, the ``condition``, where the two are of different sides."""
    asked = subject_of(a, t, condition).actors
    subject = subject_of(a, t, i)
    source = attribution_of(attributions, t.span(min(i, condition), max(i, condition) + 1))
    giving = subject.actors or (source.source if source is not None else ()) or other_side(a, asked)
    if not asked or not giving or any(same_side(a, x, y) for x in asked for y in giving):
        return
    states = all(a.resolution.actors[x].kind in _GIVING and country_of(a, x) is not None for x in (giving[0], asked[0]))
    if not states:
        return
    first = min(t.left[i], *(t.left[k] for k in t.kids[i] if k != condition), i)
    stretch = trim(t, first, t.left[condition]) if condition > i else trim(t, t.right[condition], t.right[i])
    own = trim(t, t.left[condition], t.right[condition])
    whole = f"p{t.sentence.index}.{stretch[0]}"
    for (begin, end), part_of in ((stretch, None), (own, whole)):
        fact = Proposal(
            id=whole if part_of is None else f"p{t.sentence.index}.{begin}",
            label=label(a, t, begin, end),
            evidence=(passage(a, t.span(begin, end), attributions, own=giving),),
            proposer=giving[:1],
            addressee=asked[:1],
            part_of=part_of,
            rule="proposal-promise-if",
            triggers=(t.tokens[i].text, "si"),
        )
        yield Offered(fact, t.sentence.index, begin, end, content_lemmas(t, begin, end), None)


def _to_come(t: Tree, i: int) -> bool:
    """Whether verb ``i`` speaks of what is still to come: "abrirá", "volverá a abrirse", "va a abrir"."""
    going = any(t.tokens[k].lemma == "ir" and "Tense=Pres" in t.tokens[k].morph for k in t.children(i, "aux"))
    return going or tense(t, i) == "future"


def _hostile(a: Analysis, frames: tuple[Frame, ...], t: Tree, i: int) -> bool:
    """Whether the act of verb ``i`` is one to threaten with."""
    own = {i, *t.children(i, "xcomp", "obj")}
    acts = [x.concept for x in frames if x.sentence == t.sentence.index and x.trigger in own]
    return any(a.lexicon.is_a(c, h) for c in acts for h in _HOSTILE)


def _unless(t: Tree, i: int) -> bool:
    """ "de no eliminarlo antes de noviembre"; "de no hacerlo" asks for nothing new."""
    if "VerbForm=Inf" not in t.tokens[i].morph or t.tokens[i].lemma == "hacer":
        return False
    return [x.lower for x in t.tokens[max(0, i - 2) : i]] == ["de", "no"]


def _if(t: Tree, i: int) -> bool:
    return any(t.tokens[k].lower == "si" and k < i for k in t.kids[i])
