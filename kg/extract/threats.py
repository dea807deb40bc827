"""Threats: warnings that are one, and the acts that are threatened.

A warning threatens by a condition ("advirtió de que cerrará el paso si …"), also where it stands in the middle ("si no pagan, avisó,
cortará el gas", "de lo contrario, avisó, …"), or by naming a hostile act of the one who warns ("avisa de que puede cerrar el paso").
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from kg.extract.analysis import Analysis
from kg.extract.context import passage
from kg.extract.dating import UNDATED, Dated, dated
from kg.extract.frames import Frame
from kg.extract.happenings import MOVES
from kg.extract.homes import above
from kg.extract.named_subjects import agree
from kg.extract.offered import state_of
from kg.extract.retelling import Told
from kg.extract.said import Attribution
from kg.extract.syntax import Tree, clause_span, finite_morph, has_se, is_finite, negated, tense
from kg.extract.words import word_list
from kg.model import Event, Passage
from kg.vocabulary import event_types, plover_type

#: What a warning that somebody "can" do it makes a threat.
_HOSTILE: Final = frozenset({"sanction", "coerce", "assault", "mobilize", "protest"})
#: "de lo contrario, avisó, …": ways to say "if not" without a verb.
_OR_ELSE: Final = (
    ("de", "lo", "contrario"),
    ("caso", "contrario"),
    ("de", "otro", "modo"),
    ("de", "otra", "forma"),
    ("si", "no"),
)
_DAY_BEHIND: Final = 6  # tokens of a day right behind the words of what is threatened
#: An interposed verb is followed by its subject and a comma within this many tokens.
_ASIDE: Final = 12


def threat(a: Analysis, f: Frame, frames: tuple[Frame, ...]) -> Frame | None:
    """The frame of a warning as a threat, with what is threatened as its content; ``None`` for a warning that is none."""
    if _conditioned(a, f) or _own_deed(a, f, frames):
        return f
    head = _interposed(a.trees[f.sentence], f)
    if head is None or not f.agent:
        return None
    t = a.trees[f.sentence]
    return replace(f, content=head, first=_clause_before(t, f.trigger), end=max(f.end, clause_span(t, head)[1]))


def _clause_before(t: Tree, i: int) -> int:
    """Where the clause in front of the interposed verb ``i`` begins: behind the last semicolon, or with the sentence."""
    return next((k + 1 for k in range(i - 1, -1, -1) if t.tokens[k].text in ";:"), 0)


def _interposed(t: Tree, f: Frame) -> int | None:
    """The verb of the threatened clause behind a warning that stands between commas, behind its condition."""
    tokens, i = t.tokens, f.trigger
    if f.negated or not i or tokens[i - 1].text != ",":
        return None
    first = _clause_before(t, i)
    low = [x.lower for x in tokens[first:i]]
    if not (
        "si" in low or _begins(low) or (low[0] == "de" and any("VerbForm=Inf" in x.morph for x in tokens[first + 1 : first + 4]))
    ):
        return None
    comma = next((k for k in range(i + 1, min(i + _ASIDE, len(tokens))) if tokens[k].text == ","), None)
    if comma is None or any(x.lower == "que" for x in tokens[i + 1 : comma]):
        return None
    return next(
        (
            k
            for k in range(comma + 1, len(tokens))
            if tokens[k].pos == "VERB"
            and tense(t, k) in ("future", "conditional", "present")
            and (is_finite(tokens[k]) or t.children(k, "aux"))
        ),
        None,
    )


def _begins(low: list[str]) -> bool:
    return any(tuple(low[: len(words)]) == words for words in _OR_ELSE)


def _own_deed(a: Analysis, f: Frame, frames: tuple[Frame, ...]) -> bool:
    """ "avisa de que puede cerrar el paso", "avisó de que cerrará el paso": a hostile act that who warns can do, or will."""
    t = a.trees[f.sentence]
    if f.content is None or f.negated or not f.agent or has_se(t, f.content) or negated(t, f.content):
        return False
    if any(k < f.content or a.actors(t, k) for k in t.children(f.content, "nsubj", "nsubj:pass")):
        return False  # "avisa de que Quito cerrará …"; what stands bare behind the verb is its object
    can = any(t.tokens[k].lemma == "poder" for k in t.children(f.content, "aux"))
    will = tense(t, f.content) == "future"
    if not (can or will) or not agree(finite_morph(t, f.content), finite_morph(t, f.trigger)):
        return False
    types = event_types()
    return any(
        x.sentence == f.sentence
        and (x.trigger == f.content or (t.tokens[x.trigger].head == f.content and t.tokens[x.trigger].dep == "xcomp"))
        and x.concept in types
        and plover_type(x.concept) in _HOSTILE
        for x in frames
    )


def _conditioned(a: Analysis, f: Frame) -> bool:
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
    if head > f.trigger:
        left = max(left, f.trigger + 1)
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
    named = own if not set(own) <= set(threat.fact.agent) and not _members(a, own) else ()
    agent = named or tuple(dict.fromkeys(_body_of(a, x) for x in threat.fact.agent))
    spared = plover_type(kind) == "protest"  # "volcarán la carga delante de la aduana" is done to nobody
    patient = inner.patient if inner is not None and inner.patient else () if spared else threat.fact.patient
    target = next(
        (
            x
            for k in range(first, end)
            for x in a.resolution.of(f.sentence, k)
            if a.resolution.actors[x].kind in ("Country", "InternationalOrganization") and x not in agent
        ),
        None,
    )
    if target is not None and target not in threat.fact.agent and not (inner is not None and inner.patient):
        patient = (target,)
    when = _day_of_act(a, t, head, first, end)
    event = Event(
        id=f"e{count + 1}",
        label=words.quote[:120],
        evidence=(words,),
        event_type=kind,
        agent=agent,
        patient=tuple(p for p in patient if p not in agent),
        start_date=when.begin,
        end_date=when.end,
        date_text=when.text,
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


def _day_of_act(a: Analysis, t: Tree, head: int, first: int, end: int) -> Dated:
    """The day of the threatened act in tokens ``first`` to ``end`` under ``head``, or right behind: "un paro | desde el lunes 25"."""
    for day in a.dates_in(t.span(first, min(end + _DAY_BEHIND, len(t.tokens)))):
        inside = next((k for k in range(max(first, head), end) if day.span.start <= t.tokens[k].start), None)
        near = day.span.start == t.tokens[end - 1].end + 1 if inside is None else not _aside(t, inside, head)
        when = dated(a, day, "future")
        published = a.document.article.date
        last = when.end or when.begin
        if (
            day.kind == "date"
            and near
            and day.span.start > t.tokens[head].start
            and (last is None or not published or last >= published)
        ):
            return when
    return UNDATED


def _aside(t: Tree, i: int, head: int) -> bool:
    """Whether token ``i`` stands in a clause of its own below ``head``: a relative one, a condition."""
    while i != head and t.tokens[i].head != i:
        if t.tokens[i].dep in ("acl:relcl", "advcl", "acl"):
            return True
        i = t.tokens[i].head
    return False


#: Who belongs to whoever threatens: "sus afiliados acamparán frente al Palacio".
_MEMBERS: Final = frozenset(word_list("afiliados asociados agremiados socios miembros militantes afiliadas asociadas socias"))


def _members(a: Analysis, actors: tuple[str, ...]) -> bool:
    return bool(actors) and all(a.resolution.actors[x].label.lower().split()[0] in _MEMBERS for x in actors)


def _body_of(a: Analysis, actor: str) -> str:
    """Whose act it is that somebody threatens with: the state's, the company's, the union's whose head he is."""
    body = above(a, a.resolution.actors[actor])
    if body is not None and body.kind in ("Company", "CivilOrganization") and body.id in a.resolution.actors:
        return body.id
    return state_of(a, actor)


def _kind_of_threatener(a: Analysis, agent: tuple[str, ...], kind: str) -> str:
    """What kind of act an unlisted one is when it is threatened: a people's protest ("derramar leche"), a state's sanction."""
    kinds = {a.resolution.actors[x].kind for x in agent}
    if kinds and kinds <= {"Group", "CivilOrganization"}:
        return "protest"
    return "sanction" if kinds and kinds <= {"Country", "Government"} else kind


def _conditional(t: Tree, i: int) -> bool:
    """Whether a clause with "si" hangs on ``i``; below an infinitive parsers call it a complement ("tomarla si se extrae agua")."""
    return t.tokens[i].dep in ("advcl", "ccomp") and any(t.tokens[k].lower == "si" and k < i for k in t.kids[i])
