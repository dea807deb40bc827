"""Events that a frame tells beside its own: what is threatened, the second half of a gapped designation, acts on a known proposal."""

from __future__ import annotations

from dataclasses import replace

from kg.extract.analysis import Analysis
from kg.extract.context import date_of, passage
from kg.extract.frames import Frame
from kg.extract.happenings import MOVES
from kg.extract.offered import PROPOSAL_NOUNS, Offered, state_of
from kg.extract.retelling import Told
from kg.extract.said import Attribution
from kg.extract.syntax import Tree, clause_span, has_se, is_verb, tense, trim
from kg.model import Event, Passage
from kg.vocabulary import plover_type


def conditioned(a: Analysis, f: Frame) -> bool:
    """ "advirtió de que la flota quedará amarrada si el ministro la firma": a warning with a condition is a threat."""
    t = a.trees[f.sentence]
    if f.content is None:
        head = t.tokens[f.trigger].head  # "De no hacerlo, advirtió, se impondrá un arancel"
        if t.tokens[f.trigger].dep != "parataxis":
            return False
    else:
        head = f.content
    if tense(t, head) not in ("future", "conditional", "present"):
        return False
    low = [x.lower for x in t.tokens]
    inside = range(t.left[head], t.right[head])
    return any(low[i] == "si" or (low[i] in ("de", "en") and low[i + 1 : i + 2] in (["no"], ["caso"])) for i in inside)


def theme_words(t: Tree, f: Frame) -> frozenset[str]:
    head = f.content if f.content is not None else f.theme
    if head is None:
        return frozenset()
    left, right = t.left[head], t.right[head]
    return frozenset(x.lemma[:6] for x in t.tokens[left:right] if x.pos in ("NOUN", "VERB", "PROPN") and len(x.lemma) > 3)


def event_label(a: Analysis, t: Tree, f: Frame) -> str:
    first, end = trim(t, f.first, f.end)
    words = a.text[t.tokens[first].start : t.tokens[end - 1].end].strip(" ,;:")
    return words if len(words) <= 120 else words[:117].rsplit(" ", 1)[0] + "…"


_PUT_FORWARD = {"plantear", "presentar", "renovar", "reiterar", "reactivar", "formular", "resucitar", "retomar", "repetir"}

_TAKEN_BACK = {"abandonar", "retirar", "archivar", "aparcar"}


def of_proposals(
    a: Analysis, frames: tuple[Frame, ...], offered: tuple[Offered, ...], attributions: tuple[Attribution, ...]
) -> list[Told]:
    """ "La propuesta se planteó en 2025 y luego fue abandonada": acts on a proposal that is known are its proposer's."""
    out: list[Told] = []
    for t in a.trees:
        for i, token in enumerate(t.tokens):
            if (
                token.lemma not in _PUT_FORWARD | _TAKEN_BACK
                or not is_verb(token)
                or a.document.article.blocks[t.sentence.block].kind == "heading"
            ):
                continue
            noun = next(
                (k for k in t.kids[i] if t.tokens[k].dep in ("nsubj", "nsubj:pass") and t.tokens[k].lemma in PROPOSAL_NOUNS), None
            )
            if noun is None and token.dep == "conj":
                noun = next(
                    (
                        k
                        for k in t.kids[token.head]
                        if t.tokens[k].dep in ("nsubj", "nsubj:pass") and t.tokens[k].lemma in PROPOSAL_NOUNS
                    ),
                    None,
                )
            passive = has_se(t, i) or any(t.tokens[k].lemma == "ser" for k in t.kids[i])
            known = next(
                (o for o in reversed(offered) if o.sentence < t.sentence.index and o.fact.proposer and o.fact.part_of is None),
                None,
            )
            if noun is None or not passive or known is None:
                continue
            kind = "request" if token.lemma in _PUT_FORWARD else "withdrawal"
            first, end = clause_span(t, i)
            f = next((x for x in frames if x.sentence == t.sentence.index and x.trigger == i), None)
            if f is None:
                continue
            when = date_of(a, replace(f, first=first, end=end), "actual")
            patient = known.fact.addressee if kind == "request" else ()
            words = passage(a, t.span(first, end), attributions)
            fact = Event(
                id=f"e0{len(out) + 1}",
                label=words.quote[:120],
                evidence=(words,),
                event_type=kind,
                agent=known.fact.proposer,
                patient=patient,
                start_date=when.begin,
                end_date=when.end,
                date_text=when.text,
                rule=f"event-of-proposal-{kind}",
                triggers=(token.text,),
            )
            out.append(Told(fact, t.sentence.index, plover_type(kind), frozenset({f"{kind}{i}{t.sentence.index}"}), "verb", f))
    return out


def gapped(a: Analysis, f: Frame, first: Told, attributions: tuple[Attribution, ...], count: int) -> list[Told]:
    """ "designó X como A y a Y como B": the second object takes the verb of the first (H1 of the pattern catalogue)."""
    t = a.trees[f.sentence]
    tokens = t.tokens
    for i in range(f.trigger + 1, len(tokens) - 3):
        if (
            tokens[i].lower != "y"
            or tokens[i + 1].lower not in ("a", "al")
            or not any(x.lower == "como" for x in tokens[i + 2 : i + 10])
        ):
            continue
        like = next(j for j in range(i + 2, i + 10) if tokens[j].lower == "como")
        end = next((j for j in range(like, len(tokens)) if tokens[j].text in ",.;"), len(tokens))
        words = passage(a, t.span(i + 1, end), attributions)
        patient = tuple(dict.fromkeys(x for j in range(i + 2, like) for x in a.resolution.of(f.sentence, j)))
        fact = replace(
            first.fact,
            id=f"e{count + 1}",
            label=words.quote[:120],
            evidence=(words,),
            patient=patient,
            rule="event-designation-gapped",
        )
        return [Told(fact, f.sentence, first.plover, frozenset(x.lemma[:6] for x in tokens[i:end] if x.pos == "NOUN"), "verb", f)]
    return []


def threatened_act(
    a: Analysis,
    f: Frame,
    threat: Told,
    attributions: tuple[Attribution, ...],
    types: frozenset[str],
    frames: tuple[Frame, ...],
    count: int,
) -> Told | None:
    """ "amenazó con cerrar el puerto": the closing, possible, in the words and on the word of who threatens."""
    t = a.trees[f.sentence]
    head = f.content if f.content is not None else f.theme
    if head is None and t.tokens[f.trigger].dep == "parataxis":
        head = t.tokens[f.trigger].head
    if head is None or f.negated or threat.fact.factuality != "actual":
        return None
    left, right = t.left[head], t.right[head]
    conditions = [(t.left[i], t.right[i]) for i in range(left, right) if i != head and _conditional(t, i)]
    opening = next((i for i in range(max(head, f.trigger) + 1, right) if t.tokens[i].lower == "si"), None)
    if opening is not None and t.tokens[opening].pos == "SCONJ":  # wherever the parser hung its verb: "si el ministro la firma"
        stop = next((k for k in range(opening, right) if t.tokens[k].text in ",;"), right)
        conditions.append((opening, stop))
    inner = next(
        (
            x
            for x in frames
            if x.sentence == f.sentence
            and left <= x.trigger < right
            and not any(low <= x.trigger < high for low, high in conditions)
            and MOVES.get(x.concept, x.concept) in types
            and x.trigger != f.trigger
        ),
        None,
    )
    kind = MOVES.get(inner.concept, inner.concept) if inner is not None else "other"
    if plover_type(kind) == "other":
        kind = _kind_of_threatener(a, threat.fact.agent, kind)
    first, end = clause_span(t, head)
    if end <= f.trigger or first <= f.trigger:
        first = max(first, f.trigger + 1)
    while first < end - 1 and t.tokens[first].lower in ("con", "de", "a"):
        first += 1
    for low, _ in conditions:  # the condition is another matter
        end = min(end, low) if low > head else end
    if end <= first:
        return None
    words = passage(a, t.span(first, end), attributions)
    words = Passage(words.start, words.end, words.quote, threat.fact.agent, words.via)
    own = inner.agent if inner is not None and inner.subject is not None and not inner.inferred else ()
    # what a minister threatens with, the state does; "advirtió que su país cerrará …" names who
    named = own if not set(own) <= set(threat.fact.agent) else ()
    agent = named or tuple(dict.fromkeys(state_of(a, x) for x in threat.fact.agent))
    patient = inner.patient if inner is not None and inner.patient else threat.fact.patient
    target = next(
        (
            x
            for k in range(first, end)
            for x in a.resolution.of(f.sentence, k)
            if a.resolution.actors[x].kind in ("Country", "InternationalOrganization")
        ),
        None,
    )
    if target is not None and target not in threat.fact.agent and not (inner is not None and inner.patient):
        patient = (target,)
    event = Event(
        id=f"e{count + 1}",
        label=words.quote[:120],
        evidence=(words,),
        event_type=kind,
        agent=agent,
        patient=tuple(p for p in patient if p not in agent),
        factuality="possible",
        rule="event-threatened",
        triggers=(t.tokens[f.trigger].text,),
    )
    return Told(
        event,
        f.sentence,
        plover_type(kind),
        frozenset(x.lemma[:6] for x in t.tokens[first:end] if x.pos in ("NOUN", "VERB")),
        "verb",
        inner or f,
    )


def _kind_of_threatener(a: Analysis, agent: tuple[str, ...], kind: str) -> str:
    """What kind of act an unlisted one is when it is threatened: a people's protest ("derramar leche"), a state's sanction."""
    kinds = {a.resolution.actors[x].kind for x in agent}
    if kinds and kinds <= {"Group", "CivilOrganization"}:
        return "protest"
    return "sanction" if kinds and kinds <= {"Country", "Government"} else kind


def _conditional(t: Tree, i: int) -> bool:
    """Whether a clause with "si" hangs on ``i``; below an infinitive parsers call it a complement ("tomarla si se extrae agua")."""
    return t.tokens[i].dep in ("advcl", "ccomp") and any(t.tokens[k].lower == "si" and k < i for k in t.kids[i])
