"""What happened, happens, is planned or threatened: frames of event concepts → events, and the same event told again → one event.

Nothing that is only proposed is an event (its asking or offering is); what is threatened is a ``possible`` event and the word of who
threatens; what a denial is about is none. Speech acts that are political moves (asking, refusing, accepting, threatening, accusing)
are events of their types.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from kg.extract.analysis import Analysis
from kg.extract.context import UNDATED, Dated, compared, dated, date_of, factuality, passage
from kg.extract.frames import LIGHT, Frame
from kg.extract.offered import PROPOSAL_NOUNS, Offered, other_side
from kg.extract.positions import denies_a_state
from kg.extract.proposals import NO_PROPOSAL, NORMS
from kg.extract.statements import Attribution
from kg.extract.syntax import Tree, case, clause_span, has_se, is_verb, tense, trim
from kg.model import Event, Passage, Span
from kg.vocabulary import event_types, plover_type

#: lexical classes that are not event types, and the event type that they are when they are a political move
MOVES = {"acceptance": "acceptance", "refusal": "refusal"}
_JOINT = {"consult", "agree", "cooperate"}
_SILENT_NOUNS = {"acuerdo", "cooperación", "colaboración", "coordinación", "compromiso", "arancel", "impuesto", "salida", "retiro", "elección", "cita", "ayuda", "marcha", "refuerzo", "plan", "crédito", "registro", "sesión", "firma", "decreto", "contacto", "intervención", "fallo", "apoyo", "multa", "consulta", "operación", "entendimiento", "ocupación", "gravamen", "cambio", "sentencia", "anuncio", "paro", "demanda", "vigilancia"}  # fmt: skip
_MODAL = {"poder", "deber", "ir", "querer", "soler", "haber"}
_COMMITTING = {"ir", "comprometer", "acordar", "prometer", "pactar", "anunciar", "decidir", "convenir", "lograr", "conseguir", "empezar", "comenzar", "volver", "amenazar", "seguir"}


@dataclass(frozen=True, slots=True)
class Told:
    """An event as one frame tells it, with what merging needs: its theme words and the order of its words in the text."""

    fact: Event
    sentence: int
    plover: str
    theme: frozenset[str]
    form: str
    frame: Frame


def find_events(a: Analysis, frames: tuple[Frame, ...], attributions: tuple[Attribution, ...], proposed: Iterable[tuple[int, int, int]], offered: tuple[Offered, ...]) -> tuple[Event, ...]:
    """The document's events in order, each once. ``proposed`` are (sentence, first, end) of proposals' contents."""
    contents = list(proposed)
    types = frozenset(event_types())
    told: list[Told] = list(_of_proposals(a, frames, offered, attributions))
    taken: set[tuple[int, int]] = set()
    # a noun that another act is done to is that act's object: "reanudar las patrullas" tells no patrol
    handled = {(f.sentence, f.theme) for f in frames if f.form in ("verb", "participle") and f.theme is not None and f.concept in types and f.concept not in ("postponement", "other", "announcement")}
    for f in frames:
        kind = MOVES.get(f.concept, f.concept)
        if f.concept == "warning" and _conditioned(a, f):
            kind = "threaten"
        if kind not in types or (f.sentence, f.trigger) in taken:
            continue
        if f.form == "noun" and ((f.sentence, f.trigger) in handled) and not f.agent:
            continue
        made = _event(a, f, kind, attributions, contents, len(told))
        if made is not None:
            taken.add((f.sentence, f.trigger))
            told.append(made)
            if kind == "designation" and f.form == "verb":
                told.extend(_gapped(a, f, made, attributions, len(told)))
            if plover_type(kind) == "threaten":
                threatened = _threatened(a, f, made, attributions, types, frames, len(told))
                if threatened is not None:
                    told.append(threatened)
                    taken.add((f.sentence, threatened.frame.trigger))
    return tuple(merge(a, told))


# ---------------------------------------------------------------------------------------------------------------- one event


def _event(a: Analysis, f: Frame, kind: str, attributions: tuple[Attribution, ...], contents: list[tuple[int, int, int]], count: int) -> Told | None:
    t = a.trees[f.sentence]
    token = t.tokens[f.trigger]
    plover = plover_type(kind)
    block = a.document.article.blocks[t.sentence.block]
    if block.kind == "heading" or _question(t) or f.form == "phrase":
        return None
    if _inside(contents, f, t):
        return None
    if f.form == "noun" and (f.sentence, f.trigger) in a.resolution.at:
        return None  # "el ministro de Defensa" names somebody
    if token.lemma == "llamar" and plover == "request" and f.content is None:
        return None  # "lo llamo una puerta entornada"
    if f.form == "noun" and case(t, f.trigger) == "sin":
        return None
    if f.agent and a.resolution.actors[f.agent[0]].label.split()[0].lower() in NORMS:
        return None
    if f.subject is not None and f.subject < len(t.tokens) and t.tokens[f.subject].lower in NORMS:
        return None  # what the Constitution demands is a norm
    if plover == "request" and f.theme is not None and t.tokens[f.theme].lemma in NO_PROPOSAL:
        return None
    if f.form == "verb" and (compared(t, f.trigger) or (f.negated and _until(t, f.trigger))):
        return None
    if f.theme is not None and any(q.unit == "percent" and (q.span.start <= t.tokens[f.theme].start < q.span.end or q.span.start <= t.tokens[t.left[f.theme]].start < q.span.end) for q in a.quantities_in(t.span(0, len(t.tokens)))):
        return None  # "hemos eliminado el 97 por ciento" is a figure
    if _denied(a, f) or _in_purpose(t, f, plover):
        return None
    fact = factuality(a, f)
    if kind == "acceptance" and f.form == "verb" and f.tense == "conditional":
        return None  # "aceptaría" is a position
    if kind == "refusal" and f.content is not None and denies_a_state(t, f.content):
        return None  # "descartó que pueda revertirse" denies
    circumstance = f.form == "noun" and token.dep == "obl" and case(t, f.trigger) not in ("", "a", "de", "con", "sin")
    if circumstance and fact in ("possible", "negated"):
        fact = "actual"  # "solicitó la llamada tras las amenazas": the threats were made
    if kind == "no-comment":
        fact = "negated"  # what did not come is the comment
    agent, patient = f.agent, f.patient
    if circumstance and f.subject is not None:
        agent = ()
    if f.form == "noun" and f.inferred and t.tokens[token.head].lemma == "haber":
        agent = a.resolution.pair if plover in ("agree", "consult", "cooperate") else ()  # "habrá un acuerdo" has no subject
    if f.form in ("verb", "noun") and not agent and not patient:
        agent = _demonym_subject(a, t, f)
    agent, patient = _sides(a, f, kind, plover, agent, patient)
    when = date_of(a, f, fact)
    if when == UNDATED and f.form == "verb" and f.tense in ("infinitive", "gerund") and fact == "actual":
        when = _date_above(a, f, attributions)
    if when == UNDATED and f.form == "verb" and any(t.tokens[k].lower == "cuando" for k in t.kids[f.trigger]):
        when = _date_before_when(a, t, f)
        if f.tense == "subjunctive" and when != UNDATED:
            fact = "planned"
    if kind == "postponement" and when.text is not None and when.text.split()[0].lower() in ("a", "al", "hasta", "para"):
        when = UNDATED  # the day it is put off to is the other event's
    if not _worth(a, t, f, plover, kind, agent, patient, when, fact):
        return None
    end = next((i for i in range(f.trigger + 1, f.end) if t.tokens[i].text == ";"), f.end)
    span = t.span(f.first, max(end, f.trigger + 1))
    own = agent if plover in ("request", "reject", "threaten", "accuse") else ()
    evidence = passage(a, span, attributions, own=own)
    place, place_name = place_of(a, t, f)
    told = Event(
        id=f"e{count + 1}", label=_label(a, t, f), evidence=(evidence,), event_type=kind, agent=agent, patient=patient, place=place, place_name=place_name, factuality=fact,
        start_date=when.begin, end_date=when.end, date_text=when.text, rule=f"event-{kind}-{f.form}", triggers=(token.text,),
    )  # fmt: skip
    return Told(told, f.sentence, plover, _theme(t, f), f.form, f)


def _date_before_when(a: Analysis, t: Tree, f: Frame) -> Dated:
    """"la próxima semana, cuando los gabinetes se reúnan": the date that the clause explains."""
    start = t.tokens[t.left[f.trigger]].start
    near = [d for d in a.dates_in(Span(t.tokens[0].start, start)) if d.kind == "date" and start - d.span.end <= 4]
    return dated(a, near[-1], "future" if f.tense == "subjunctive" else "past") if near else UNDATED


def _until(t: Tree, i: int) -> bool:
    """"no rebajará el arancel mientras no se pague": a refusal on a condition, which is a position."""
    return "Tense=Fut" in t.tokens[i].morph and any(x.lower in ("mientras", "hasta", "si") for x in t.tokens[max(0, t.left[i] - 8) : t.right[i]])


def _date_above(a: Analysis, f: Frame, attributions: tuple[Attribution, ...]) -> Dated:
    """"habló el domingo para reclamar …": what is done in doing something else is done on its day."""
    t = a.trees[f.sentence]
    head = t.tokens[f.trigger].head
    if not is_verb(t.tokens[head]) or head == f.trigger:
        return UNDATED
    first, end = clause_span(t, head)
    return date_of(a, replace(f, trigger=head, first=first, end=end, content=f.trigger), "actual")


def _conditioned(a: Analysis, f: Frame) -> bool:
    """"advirtió de que la flota quedará amarrada si el ministro la firma": a warning with a condition is a threat."""
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


def _question(t: Tree) -> bool:
    return any(x.text == "?" for x in t.tokens[-2:])


def _inside(contents: list[tuple[int, int, int]], f: Frame, t: Tree) -> bool:
    """Whether the frame is only proposed. What a relative clause or a participle tells of a proposed thing has happened all the same."""
    if _told_aside(t, f):
        return False
    return any(s == f.sentence and first <= f.trigger < end for s, first, end in contents)


def _told_aside(t: Tree, f: Frame) -> bool:
    """A participle or a relative clause in the past: what it tells has happened, whatever is said of its noun."""
    asked = f.concept in ("request", "demand", "petition") and f.tense in ("present", "past") and t.tokens[f.trigger].dep == "acl:relcl"
    return f.form == "participle" or asked or (f.form == "verb" and f.tense == "past" and t.tokens[f.trigger].dep in ("acl:relcl", "acl", "advcl"))


def _denied(a: Analysis, f: Frame) -> bool:
    """Whether the frame stands in what somebody denies, doubts, refuses or accepts: that is the matter of a position."""
    t = a.trees[f.sentence]
    if _told_aside(t, f):
        return False
    j, steps = f.trigger, 0
    while t.tokens[j].head != j and steps < 8:
        dep, head = t.tokens[j].dep, t.tokens[j].head
        lemma = t.tokens[head].lemma
        if dep == "obl" and case(t, j) not in ("a", "de", "con", "en", "sobre", ""):
            return False  # "solicitó la llamada tras las amenazas": a circumstance is told
        if dep in ("ccomp", "xcomp", "obj", "obl", "acl:relcl", "acl", "advcl") and is_verb(t.tokens[head]) and lemma in _NOT_TOLD and j > head:
            return not (dep in ("advcl", "acl:relcl") and t.tokens[t.left[j]].text == ",")
        if t.tokens[head].pos == "NOUN" and t.tokens[head].lemma in ("negativa", "rechazo", "oposición", "amenaza", "exigencia", "petición") and j > head:
            return True
        j = head
        steps += 1
    return False


_NOT_TOLD = {"negar", "desmentir", "descartar", "rechazar", "dudar", "oponer", "aceptar", "evitar", "impedir", "exigir", "pedir", "reclamar", "solicitar", "proponer", "instar", "respaldar", "apoyar", "defender", "sugerir", "rehusar", "requerir", "temer", "evaluar", "estudiar", "considerar", "criticar", "lamentar"}  # fmt: skip


def _in_purpose(t: Tree, f: Frame, plover: str) -> bool:
    """"para" + infinitive tells what something is for, not that it happens — unless it is itself something said."""
    token = t.tokens[f.trigger]
    if f.form != "verb" or "VerbForm=Inf" not in token.morph or any("VerbForm=Fin" in t.tokens[k].morph and t.tokens[k].lemma in _MODAL for k in t.kids[f.trigger]):
        return False
    marks = {t.tokens[k].lower for k in t.kids[f.trigger] if k < f.trigger and t.tokens[k].dep in ("mark", "case")}
    if "para" in marks:
        return plover not in ("request", "threaten", "accuse")
    governor = t.tokens[token.head]
    if token.dep in ("xcomp", "ccomp", "advcl", "acl", "obj", "csubj", "nmod", "conj", "ROOT"):
        return governor.lemma not in _COMMITTING and not marks & {"tras", "después"} and plover not in ("threaten",)
    return False


def _demonym_subject(a: Analysis, t: Tree, f: Frame) -> tuple[str, ...]:
    """"drones estadounidenses rastrean …": a thing with a country acts for it."""
    if f.subject is None or f.passive:
        return ()
    country = a.demonym(t, f.subject)
    return (a.government(country),) if country and t.tokens[f.subject].pos == "NOUN" else ()


def _sides(a: Analysis, f: Frame, kind: str, plover: str, agent: tuple[str, ...], patient: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Who is on which side, where the words leave it to be understood: what one side refuses or asks, it refuses the other."""
    if plover == "consult" and len(agent) == 1 and not patient and agent == a.resolution.pair:
        return agent, patient
    if plover in ("request", "reject", "sanction", "threaten", "concede", "accuse") or kind == "acceptance":
        if agent and not patient:
            patient = _thing_of(a, f, agent) or (other_side(a, agent) if kind != "designation" else ())
    elif plover in ("coerce", "assault", "aid") and not patient:
        patient = _thing_of(a, f, agent)
    if plover == "consult" and not agent and not patient and not f.negated and f.tense in ("future", "past", "subjunctive") and _both_meet(a.trees[f.sentence], f):
        agent = a.resolution.pair
    if kind == "break-of-relations" and not agent:
        agent = a.resolution.pair
    if plover in _JOINT and kind != "extradition":
        patient = tuple(p for p in patient if p not in agent)
    return agent, tuple(p for p in patient if p not in agent)


_MEETING = {"gabinete", "delegación", "equipo", "ministro", "canciller", "presidente", "mandatario", "gobierno", "cancillería", "parte", "negociador", "vecino", "país", "técnico", "comitiva", "homólogo"}


def _both_meet(t: Tree, f: Frame) -> bool:
    """"los cancilleres se reunirán", "se discutirá en …": in an article about two sides, both of them."""
    if f.form != "verb":
        return False
    if f.subject is not None and t.tokens[f.subject].pos == "NOUN":
        plural = "Number=Plur" in t.tokens[f.subject].morph
        return (plural and t.tokens[f.subject].lemma in _MEETING) or (has_se(t, f.trigger) and t.tokens[f.subject].lemma not in _MEETING)
    return has_se(t, f.trigger) and f.theme is not None


def _thing_of(a: Analysis, f: Frame, agent: tuple[str, ...]) -> tuple[str, ...]:
    """Whose the thing is that an act strikes: "170 camiones argentinos", "partes de México", "los vuelos a Cuba"."""
    if f.theme is None:
        return ()
    t = a.trees[f.sentence]
    country = a.demonym(t, f.theme)
    found = (country,) if country else ()
    for k in range(f.theme, min(max(t.right[f.theme], f.end), f.theme + 8)):
        found = found or tuple(x for x in a.resolution.of(f.sentence, k) if a.resolution.actors[x].kind in ("Country", "Government"))
    if found and found[0] not in a.resolution.actors:
        return ()
    mine = {_country(a, x) for x in agent}
    return tuple(x for x in found if _country(a, x) not in mine)[:1]


def _worth(a: Analysis, t: Tree, f: Frame, plover: str, kind: str, agent: tuple[str, ...], patient: tuple[str, ...], when: Dated, fact: str) -> bool:
    """Whether the words tell enough to be an event: somebody who acts or suffers, or at least a day."""
    token = t.tokens[f.trigger]
    if f.form == "noun":
        head = t.tokens[token.head]
        if token.lemma in _SILENT_NOUNS and not (agent and (patient or when.begin)) and not (head.lemma in ("haber", "alcanzar", "firmar", "existir") and token.dep in ("obj", "nsubj")):
            return False
        if not (agent or patient) and when.begin is None and not (plover in ("assault", "coerce", "protest") and f.place is not None):
            return False
        if "Number=Plur" in token.morph and not agent and not when.begin:
            return False
        if plover == "request" and not (patient and f.patient) and when.begin is None and head.lemma not in LIGHT:
            return False
        return bool(agent or patient or plover in ("assault", "coerce", "protest") or kind in ("expiry", "natural-event", "election", "summit", "ruling", "vote", "closure"))
    if f.form == "participle":
        return bool(agent) or when.begin is not None or when.end is not None or f.cause is not None
    if f.pronoun and plover not in ("reject", "agree", "request") and not patient and not agent:
        return False
    if not agent and not patient:
        return (f.theme is not None and (when.begin is not None or when.end is not None)) or kind in ("expiry",)
    if plover == "accuse" and f.form == "verb" and not patient:
        return False
    if f.inferred and not patient and f.theme is None and f.content is None and plover not in ("reject",):
        return False
    if kind == "other" and (f.tense == "infinitive" or not (f.theme is not None or f.content is not None)):
        return False
    return True


def _theme(t: Tree, f: Frame) -> frozenset[str]:
    head = f.content if f.content is not None else f.theme
    if head is None:
        return frozenset()
    left, right = t.left[head], t.right[head]
    return frozenset(x.lemma[:6] for x in t.tokens[left:right] if x.pos in ("NOUN", "VERB", "PROPN") and len(x.lemma) > 3)


def _label(a: Analysis, t: Tree, f: Frame) -> str:
    first, end = trim(t, f.first, f.end)
    words = a.text[t.tokens[first].start : t.tokens[end - 1].end].strip(" ,;:")
    return words if len(words) <= 120 else words[:117].rsplit(" ", 1)[0] + "…"


def place_of(a: Analysis, t: Tree, f: Frame) -> tuple[str | None, str | None]:
    """Where: the first "en" + name inside the frame's words; a country by id, any other place by name."""
    for i in range(f.first, f.end - 1):
        if t.tokens[i].lower == "en" and t.tokens[i].pos == "ADP":
            j = i + 1
            while j < f.end and t.tokens[j].lower in ("el", "la", "los", "las", "territorio"):
                j += 1
            if j < f.end and t.tokens[j].text[:1].isupper() and t.tokens[j].pos == "PROPN":
                found = a.resolution.of(t.sentence.index, j)
                if found and a.resolution.actors[found[0]].kind == "Country":
                    return found[0], None
                end = j + 1
                while end < f.end and t.tokens[end].pos == "PROPN" and t.tokens[end].text[:1].isupper():
                    end += 1
                return None, a.text[t.tokens[j].start : t.tokens[end - 1].end]
    return None, None


# ---------------------------------------------------------------------------------------------------------------- what is threatened


_PUT_FORWARD = {"plantear", "presentar", "renovar", "reiterar", "reactivar", "formular", "resucitar", "retomar", "repetir"}
_TAKEN_BACK = {"abandonar", "retirar", "archivar", "aparcar"}


def _of_proposals(a: Analysis, frames: tuple[Frame, ...], offered: tuple[Offered, ...], attributions: tuple[Attribution, ...]) -> list[Told]:
    """"La propuesta se planteó en 2025 y luego fue abandonada": acts on a proposal that is known are its proposer's."""
    out: list[Told] = []
    for t in a.trees:
        for i, token in enumerate(t.tokens):
            if token.lemma not in _PUT_FORWARD | _TAKEN_BACK or not is_verb(token) or a.document.article.blocks[t.sentence.block].kind == "heading":
                continue
            noun = next((k for k in t.kids[i] if t.tokens[k].dep in ("nsubj", "nsubj:pass") and t.tokens[k].lemma in PROPOSAL_NOUNS), None)
            if noun is None and token.dep == "conj":
                noun = next((k for k in t.kids[token.head] if t.tokens[k].dep in ("nsubj", "nsubj:pass") and t.tokens[k].lemma in PROPOSAL_NOUNS), None)
            passive = has_se(t, i) or any(t.tokens[k].lemma == "ser" for k in t.kids[i])
            known = next((o for o in reversed(offered) if o.sentence < t.sentence.index and o.fact.proposer and o.fact.part_of is None), None)
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


def _gapped(a: Analysis, f: Frame, first: Told, attributions: tuple[Attribution, ...], count: int) -> list[Told]:
    """"designó X como A y a Y como B": the second object takes the verb of the first (H1 of the pattern catalogue)."""
    t = a.trees[f.sentence]
    tokens = t.tokens
    for i in range(f.trigger + 1, len(tokens) - 3):
        if tokens[i].lower != "y" or tokens[i + 1].lower not in ("a", "al") or not any(x.lower == "como" for x in tokens[i + 2 : i + 10]):
            continue
        like = next(j for j in range(i + 2, i + 10) if tokens[j].lower == "como")
        end = next((j for j in range(like, len(tokens)) if tokens[j].text in ",.;"), len(tokens))
        words = passage(a, t.span(i + 1, end), attributions)
        patient = tuple(dict.fromkeys(x for j in range(i + 2, like) for x in a.resolution.of(f.sentence, j)))
        fact = replace(first.fact, id=f"e{count + 1}", label=words.quote[:120], evidence=(words,), patient=patient, rule="event-designation-gapped")
        return [Told(fact, f.sentence, first.plover, frozenset(x.lemma[:6] for x in tokens[i:end] if x.pos == "NOUN"), "verb", f)]
    return []


def _threatened(a: Analysis, f: Frame, threat: Told, attributions: tuple[Attribution, ...], types: frozenset[str], frames: tuple[Frame, ...], count: int) -> Told | None:
    """"amenazó con cerrar el puerto": the closing, possible, in the words and on the word of who threatens."""
    t = a.trees[f.sentence]
    head = f.content if f.content is not None else f.theme
    if head is None and t.tokens[f.trigger].dep == "parataxis":
        head = t.tokens[f.trigger].head
    if head is None or f.negated or threat.fact.factuality != "actual":
        return None
    left, right = t.left[head], t.right[head]
    inner = next((x for x in frames if x.sentence == f.sentence and left <= x.trigger < right and MOVES.get(x.concept, x.concept) in types and x.trigger != f.trigger), None)
    kind = MOVES.get(inner.concept, inner.concept) if inner is not None else "other"
    first, end = clause_span(t, head)
    if end <= f.trigger or first <= f.trigger:
        first = max(first, f.trigger + 1)
    while first < end - 1 and t.tokens[first].lower in ("con", "de", "a"):
        first += 1
    for k in t.kids[head]:  # the condition is another matter
        if t.tokens[k].dep == "advcl" and k > head and any(t.tokens[m].lower == "si" for m in t.kids[k]):
            end = min(end, t.left[k]) if t.left[k] > head else end
    if end <= first:
        return None
    words = passage(a, t.span(first, end), attributions)
    words = Passage(words.start, words.end, words.quote, threat.fact.agent, words.via)
    patient = inner.patient if inner is not None and inner.patient else threat.fact.patient
    target = next((x for k in range(first, end) for x in a.resolution.of(f.sentence, k) if a.resolution.actors[x].kind in ("Country", "InternationalOrganization")), None)
    if target is not None and target not in threat.fact.agent and not (inner is not None and inner.patient):
        patient = (target,)
    event = Event(
        id=f"e{count + 1}", label=words.quote[:120], evidence=(words,), event_type=kind, agent=threat.fact.agent, patient=tuple(p for p in patient if p not in threat.fact.agent), factuality="possible",
        rule="event-threatened", triggers=(t.tokens[f.trigger].text,),
    )  # fmt: skip
    return Told(event, f.sentence, plover_type(kind), frozenset(x.lemma[:6] for x in t.tokens[first:end] if x.pos in ("NOUN", "VERB")), "verb", inner or f)


# ---------------------------------------------------------------------------------------------------------------- the same event again


def merge(a: Analysis, told: list[Told]) -> list[Event]:
    """One event for all tellings of it: same kind of action, no actor or date that contradicts, and a sign that it is the same."""
    groups: list[list[Told]] = []
    for x in told:
        for group in groups:
            if _same(a, group, x):
                group.append(x)
                break
        else:
            groups.append([x])
    return [_union(group) for group in groups]


def _same(a: Analysis, group: list[Told], x: Told) -> bool:
    first = group[0]
    if first.plover != x.plover or (first.fact.factuality == "negated") != (x.fact.factuality == "negated"):
        return False
    if first.plover == "other" and first.fact.event_type != x.fact.event_type:
        return False
    if x.plover == "consult" and _taken_up(a, x) and 0 <= x.sentence - group[-1].sentence <= 6 and not (x.fact.start_date and any(g.fact.start_date and g.fact.start_date != x.fact.start_date for g in group)):
        return True  # "la conversación" after "una llamada"
    if not _compatible(a, first.fact.agent, x.fact.agent) or not _compatible(a, first.fact.patient, x.fact.patient):
        return False
    dates = [g.fact for g in group if g.fact.start_date or g.fact.end_date]
    if dates and (x.fact.start_date or x.fact.end_date) and not _same_days(dates[0], x.fact):
        return False
    same_type = first.fact.event_type == x.fact.event_type
    shared = bool(first.theme & x.theme)
    dated_alike = bool(dates) and bool(x.fact.start_date or x.fact.end_date)
    if first.plover in ("request", "reject", "agree", "threaten", "accuse", "sanction", "other"):
        return shared and (same_type or dated_alike)
    if first.plover in _JOINT and not dated_alike and not shared and min(abs(x.sentence - g.sentence) for g in group) > 4:
        return False  # two talks far apart are two
    if x.sentence == first.sentence and x.fact.agent == first.fact.agent and same_type and x.frame.trigger != first.frame.trigger and first.theme and x.theme:
        return shared
    overlap = _meet(a, first.fact.agent, x.fact.agent) or bool(set(first.fact.patient) & set(x.fact.patient))
    return (same_type and (overlap or shared)) or (dated_alike and overlap)


def _taken_up(a: Analysis, x: Told) -> bool:
    """Whether a talk is spoken of as known: a definite noun without participants of its own."""
    t = a.trees[x.sentence]
    definite = any(t.tokens[k].lower in ("el", "la", "esa", "ese", "esta", "este") for k in t.kids[x.frame.trigger])
    return x.form == "noun" and definite and not x.frame.patient and (not x.frame.agent or x.fact.agent == a.resolution.pair)


def _compatible(a: Analysis, one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    if not one or not other or set(one) & set(other):
        return True
    return bool({_country(a, x) for x in one} & {_country(a, x) for x in other} - {None}) and not (
        {a.resolution.actors[x].kind for x in (*one, *other)} <= {"Person"}
    )


def _meet(a: Analysis, one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether two sets of agents share one, or one is the other's country or government."""
    if set(one) & set(other):
        return True
    official = {"Country", "Government"}
    return any(
        _country(a, x) is not None and _country(a, x) == _country(a, y) and {a.resolution.actors[x].kind, a.resolution.actors[y].kind} & official for x in one for y in other
    )


def _country(a: Analysis, actor: str) -> str | None:
    known = a.resolution.actors[actor]
    return known.id if known.kind == "Country" else known.country


def _same_days(one: Event, other: Event) -> bool:
    begin = max(x for x in (one.start_date, other.start_date, one.end_date) if x) if (one.start_date and other.start_date) else None
    if begin is None:
        return True
    ends = [e.end_date or e.start_date for e in (one, other)]
    return all(e is None or begin <= e for e in ends)


def _union(group: list[Told]) -> Event:
    """One event with all passages; actors and date from the telling that says most."""
    best = max(group, key=lambda g: (g.form == "verb", bool(g.fact.agent) + bool(g.fact.patient) + bool(g.fact.start_date)))
    fact = best.fact
    seen: dict[tuple[int, int], Passage] = {}
    for g in group:
        for p in g.fact.evidence:
            seen.setdefault((p.start, p.end), p)
    dated = next((g.fact for g in (best, *group) if g.fact.start_date or g.fact.end_date), fact)
    agent = fact.agent or next((g.fact.agent for g in group if g.fact.agent), ())
    patient = fact.patient or next((g.fact.patient for g in group if g.fact.patient), ())
    return replace(
        fact, id=group[0].fact.id, evidence=tuple(seen[k] for k in sorted(seen)), start_date=dated.start_date, end_date=dated.end_date, date_text=dated.date_text, agent=agent,
        patient=tuple(p for p in patient if p not in agent), place=fact.place or next((g.fact.place for g in group if g.fact.place), None),
        place_name=fact.place_name or next((g.fact.place_name for g in group if g.fact.place_name), None),
    )  # fmt: skip


def span_of(fact: Event) -> Span:
    return Span(fact.evidence[0].start, fact.evidence[-1].end)
