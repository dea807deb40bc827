"""What happened, happens, is planned or threatened: frames of event concepts → events, and the same event told again → one event.

Nothing that is only proposed is an event (its asking or offering is); what is threatened is a ``possible`` event and the word of who
threatens; what a denial is about is none. Speech acts that are political moves (asking, refusing, accepting, threatening, accusing)
are events of their types.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from kg.extract.accusations import accused_act
from kg.extract.analysis import Analysis
from kg.extract.attribution import attribution_of, said_at
from kg.extract.context import compared, factuality, passage
from kg.extract.derived_events import event_label, gapped, of_proposals, theme_words
from kg.extract.embedding import TAKING_UP, denied, inside, presupposed, vouched
from kg.extract.event_days import backing, day_of
from kg.extract.event_kinds import kind_of
from kg.extract.event_places import place_of
from kg.extract.frames import Frame
from kg.extract.happenings import MOVES, at_request, bare_talk, put_forward, question, supposed, until, worth
from kg.extract.implied_moves import again, answered_no, as_refusal, quoted_threats
from kg.extract.meetings import judged, natural, no_meeting, vague_meeting
from kg.extract.named_subjects import interposed
from kg.extract.noun_complements import carries_out
from kg.extract.offered import Offered
from kg.extract.participants import demonym_subject, killed_in, sides, unit_subject
from kg.extract.proposal_verbs import NORMS, no_proposal
from kg.extract.purposes import awaited, in_purpose
from kg.extract.retelling import Told, merge
from kg.extract.said import Attribution
from kg.extract.stances import denies_a_state
from kg.extract.syntax import Tree, case, finite_morph
from kg.extract.threats import threat, threatened_act
from kg.extract.words import word_list
from kg.model import Event
from kg.vocabulary import event_types, plover_type


def find_events(
    a: Analysis,
    frames: tuple[Frame, ...],
    attributions: tuple[Attribution, ...],
    proposed: Iterable[tuple[int, int, int]],
    offered: tuple[Offered, ...],
) -> tuple[Event, ...]:
    """The document's events in order, each once. ``proposed`` are (sentence, first, end) of proposals' contents."""
    contents = list(proposed)
    types = frozenset(event_types())
    asked_of = {(o.sentence, o.frame.trigger): o.fact.addressee for o in reversed(offered) if o.frame is not None}
    told: list[Told] = list(of_proposals(a, frames, offered, attributions))
    taken = {(told_.sentence, told_.frame.trigger) for told_ in told}
    refused = {(f.sentence, f.theme) for f in frames if f.concept == "refusal" and f.form == "verb" and f.theme is not None}
    within: set[tuple[int, int]] = set()  # the further words of nouns of several words
    closing: set[tuple[int, int]] = set()  # the last words of wordings
    worded: dict[tuple[int, int], str] = {}  # the kind that a token was told as within a verb's wording
    # a noun that another act is done to is that act's object: "reanudar las patrullas" tells no patrol
    handled = {
        (f.sentence, f.theme)
        for f in frames
        if f.form in ("verb", "participle")
        and f.theme is not None
        and f.concept in types
        and f.concept not in ("postponement", "other", "announcement", "law")
    }
    for f in frames:
        if f.concept in ("wanting", "denies"):
            f = as_refusal(a.trees[f.sentence], f)
        elif f.concept == "deedless" and (repeated := again(a, f, told, attributions, len(told))) is not None:
            told.append(repeated)
        kind = MOVES.get(f.concept, f.concept)
        if f.concept == "warning" and (menacing := threat(a, f, frames)) is not None:
            f, kind = menacing, "threaten"
        if kind not in types or (f.sentence, f.trigger) in taken:
            continue
        if f.form == "participle" and (f.sentence, f.theme) in taken and carries_out(a.trees[f.sentence], f.trigger):
            continue  # "el arancel impuesto por Chile" is told with its noun
        lasting = (
            f.form == "noun" and f.subject == f.trigger and f.tense == "past"
        )  # "levantaron el bloqueo, que duró nueve días"
        if f.form == "noun" and (f.sentence, f.trigger) in handled and not f.agent and not lasting and not presupposed(a, f):
            continue
        lightly = f.form == "noun" and f.subject is not None and (f.sentence, f.trigger) in refused
        if lightly or (f.form == "noun" and (f.sentence, f.trigger) in within):
            continue  # "cerró la puerta a una negociación", "orden de captura"
        if f.form != "noun" and (f.sentence, f.trigger) in closing:
            continue  # "tiene retenidos a dos": the participle is part of the wording
        if f.form == "noun" and worded.get((f.sentence, f.trigger)) == plover_type(kind):
            continue  # "celebra elecciones": the noun of a wording is told with it
        if plover_type(kind) == "request" and asked_of.get((f.sentence, f.trigger)):
            f = replace(f, patient=asked_of[f.sentence, f.trigger])
        made = _event(a, f, kind, attributions, contents, len(told))
        if made is not None and made.plover == "assault" and not made.fact.agent and f.form == "verb":
            attack = killed_in(a, f, frames)
            if attack is not None:
                taken.add((attack.sentence, attack.trigger))
                made = replace(made, fact=replace(made.fact, agent=attack.agent))
        if made is not None:
            made = backing(a, told, made)
            taken.add((f.sentence, f.trigger))
            if f.form == "noun":
                within.update((f.sentence, k) for k in range(f.trigger + 1, f.trigger + f.words))
            if f.form == "verb":
                worded.update(((f.sentence, k), made.plover) for k in range(f.trigger + 1, f.trigger + f.words))
                closing.add((f.sentence, f.trigger + f.words - 1))
            told.append(made)
            if kind == "designation" and f.form == "verb":
                told.extend(gapped(a, f, made, attributions, len(told)))
            if plover_type(kind) == "accuse" and f.form == "verb":
                deed = accused_act(a, f, made, attributions, frames, len(told))
                if deed is not None and (f.sentence, deed.frame.trigger) not in taken:
                    told.append(deed)
                    taken.add((f.sentence, deed.frame.trigger))
            if plover_type(kind) == "threaten":
                threatened = threatened_act(a, f, made, attributions, types, frames, len(told))
                if threatened is not None:
                    told.append(threatened)
                    taken.add((f.sentence, threatened.frame.trigger))
    told.extend(quoted_threats(a, frames, attributions, len(told)))
    told.extend(answered_no(a, frames, offered, told, attributions, len(told)))
    return tuple(merge(a, told))


def _event(
    a: Analysis,
    f: Frame,
    kind: str,
    attributions: tuple[Attribution, ...],
    contents: list[tuple[int, int, int]],
    count: int,
) -> Told | None:
    t = a.trees[f.sentence]
    token = t.tokens[f.trigger]
    plover = plover_type(kind)
    block = a.document.article.blocks[t.sentence.block]
    if block.kind == "heading" or question(t) or f.form == "phrase":
        return None
    asking = f.form == "verb" and token.dep == "ROOT" and "Mood=Ind" in finite_morph(t, f.trigger)
    known = presupposed(a, f)
    if inside(contents, f, t) and not known and not (plover == "request" and (asking or put_forward(t, f) or at_request(t, f))):
        return None
    if f.form == "noun" and (f.sentence, f.trigger) in a.resolution.at:
        return None  # "el ministro de Defensa" names somebody
    if token.lemma == "llamar" and plover == "request" and f.content is None:
        return None  # "lo llamo una puerta entornada"
    if f.form == "noun" and case(t, f.trigger) == "sin":
        return None
    if token.lemma == "integrar" and f.agent and all(a.resolution.actors[x].kind == "Person" for x in f.agent):
        return None  # "el diputado, que integra la comisión": he is one of it
    if f.form == "noun" and kind == "vote" and case(t, f.trigger) == "con":
        return None  # "el Senado, con el voto de Morena, exhortó a …"
    if kind == "summons" and f.agent and a.resolution.actors[f.agent[0]].kind == "MediaOutlet":
        return None  # whom a newspaper "cita" it quotes
    if f.agent and a.resolution.actors[f.agent[0]].label.split()[0].lower() in NORMS:
        return None
    acting = f.subject is not None and not f.passive and f.valency.subject == "AGENT"
    if acting and f.subject is not None and t.tokens[f.subject].lower in NORMS:
        return None  # what the Constitution demands is a norm; "el protocolo fue firmado", "el tratado caduca" are none
    if plover == "request" and f.theme is not None and no_proposal(kind, token.lemma, t.tokens[f.theme].lemma):
        return None
    if f.form == "verb" and (compared(t, f.trigger) or (f.negated and until(t, f.trigger))):
        return None
    if f.theme is not None and any(
        q.unit == "percent"
        and (q.span.start <= t.tokens[f.theme].start < q.span.end or q.span.start <= t.tokens[t.left[f.theme]].start < q.span.end)
        for q in a.quantities_in(t.span(0, len(t.tokens)))
    ):
        return None  # "hemos eliminado el 97 por ciento" is a figure
    if (denied(a, f) and not known) or in_purpose(t, f, plover) or awaited(t, f) or supposed(t, f, plover):
        return None
    if f.form == "verb" and f.negated and f.tense == "future" and "Person=1" in finite_morph(t, f.trigger):
        return None  # "no vamos a negociar con …" refuses
    if plover == "consult" and no_meeting(a, t, f, kind):
        return None
    if kind == "ruling" and "razón" in f.valency.words and all(a.resolution.actors[x].kind == "Person" for x in f.agent):
        return None  # who "da la razón" to somebody and is no court sides with him
    fact = factuality(a, f)
    if known or (
        fact in ("negated", "possible") and f.tense == "subjunctive" and f.form == "verb" and not f.negated and vouched(a, t, f)
    ):
        fact = "actual"  # what is denied has somebody else's word for it
    if kind == "refusal" and fact == "negated":
        return None  # who has not refused has done nothing
    if kind == "acceptance" and f.form == "verb" and f.tense == "conditional":
        return None  # "aceptaría" is a position
    if kind == "refusal" and f.content is not None and denies_a_state(t, f.content):
        return None  # "descartó que pueda revertirse" denies
    if bare_talk(t, f, kind, fact):
        return None
    if (
        kind == "protest"
        and f.form == "verb"
        and (token.dep == "parataxis" or a.text[token.start - 2 : token.start] in ('" ', "» ", "” "))
    ):
        return None  # "…", protestó: a verb of saying
    if plover not in _SPOKEN_MOVES and _said_behind_quote(a, t, f):
        return None
    if kind == "closure" and f.theme is not None and (t.tokens[f.theme].lemma in _CONCLUDED or t.tokens[f.theme].pos == "NUM"):
        return None  # "cerró el año", "cerró filas"
    kind = kind_of(a, t, f, kind)
    plover = plover_type(kind)
    circumstance = f.form == "noun" and token.dep == "obl" and case(t, f.trigger) not in ("", "a", "de", "con", "sin")
    if circumstance and fact in ("possible", "negated"):
        fact = "actual"  # "solicitó la llamada tras las amenazas": the threats were made
    if kind == "no-comment":
        fact = "negated"  # what did not come is the comment
    agent, patient = f.agent, f.patient
    if circumstance and f.subject is not None:
        agent = ()
    passive = _passive_infinitive(t, f)
    if passive:
        agent = ()
    if f.form == "noun" and f.inferred and t.tokens[token.head].lemma == "haber":
        agent = a.resolution.pair if plover in ("agree", "consult", "cooperate") else ()  # "habrá un acuerdo" has no subject
    if f.form == "verb" and not agent:
        agent = unit_subject(a, t, f)
    if f.form in ("verb", "noun") and not agent and not patient:
        agent = demonym_subject(a, t, f)
    agent, patient = sides(a, f, kind, plover, agent, patient)
    when, fact = day_of(a, t, f, kind, plover, fact, passive)
    today = a.document.article.date
    if f.form == "noun" and fact == "actual" and today is not None and when.begin is not None and when.begin > today:
        fact = "planned"
    if kind == "refusal" and fact == "planned" and f.valency.words[0] == "no":
        fact = "actual"  # "no aceptará la mediación" refuses it
    if token.lemma == "rechazar" and f.tense == "present" and token.dep == "acl:relcl" and not _takes_up(t, f.trigger):
        return None  # "la propuesta que el Gobierno rechaza": a stance
    if plover == "consult" and vague_meeting(a, t, f, agent, patient, when):
        return None
    if kind == "ruling" and f.form == "verb" and not judged(t, f):
        return None
    if plover in _OF_SOMEBODY and f.form == "verb" and natural(a, t, f):
        return None  # "el apagón dejó a oscuras a Tacna": the accident is told with its noun
    if not worth(a, t, f, plover, kind, f.agent if passive else agent, patient, when, fact):
        return None
    end = next((i for i in range(f.trigger + 1, f.end) if t.tokens[i].text == ";"), f.end)
    span = t.span(f.first, max(end, f.trigger + 1))
    source = attribution_of(attributions, span)
    # whoever asks or promises is no source of it, except where the asking itself is in their words: "«le pedí que se retractara»"
    told = source is not None and source.span.start <= token.start < source.span.end and not interposed(t, f.trigger)
    theirs = told and f.concept != "warning" and (a.quote_at(token.start) is not None or not _beside_what_is_said(t, f.trigger))
    own = agent if plover in ("request", "reject", "threaten", "accuse", "agree") and not theirs else ()
    evidence = passage(a, span, attributions, own=own)
    if not evidence.attributed_to and (whose := said_at(attributions, token.start)) is not None:
        evidence = replace(evidence, attributed_to=tuple(x for x in whose.source if x not in own), via=whose.via)
    if evidence.attributed_to and _known_besides(a, t, f, said_at(attributions, token.start)):
        evidence = replace(evidence, attributed_to=(), via=())
    place, place_name = place_of(a, t, f)
    event = Event(
        id=f"e{count + 1}",
        label=event_label(a, t, f),
        evidence=(evidence,),
        event_type=kind,
        agent=agent,
        patient=patient,
        place=place,
        place_name=place_name,
        factuality=fact,
        start_date=when.begin,
        end_date=when.end,
        date_text=when.text,
        rule=f"event-{kind}-{f.form}",
        triggers=(token.text,),
    )
    return Told(event, f.sentence, plover, theme_words(t, f), f.form, f)


#: What people and states do, and no earthquake.
_OF_SOMEBODY = frozenset({"sanction", "coerce", "assault", "mobilize", "protest"})
#: Moves that are made by saying them: "«…», amenazó el ministro".
_SPOKEN_MOVES = frozenset({"request", "reject", "threaten", "accuse", "agree", "support"})
#: What is closed by coming to its end.
_CONCLUDED = frozenset(
    word_list(
        "año ejercicio filas fila jornada semana mes gira visita cumbre sesión cobertura edición programa capítulo trimestre"
    )
)


def _beside_what_is_said(t: Tree, i: int) -> bool:
    """Whether a verb goes on from the verb of saying, and not from what is said: "aseguró que … y exigió a Colombia", "…, quien instó"."""
    token = t.tokens[i]
    if token.dep == "acl:relcl":
        return True
    joiner = next((k for k in t.children(i, "cc") if k < i), None)
    return token.dep == "conj" and joiner is not None and not any(x.lower == "que" for x in t.tokens[joiner:i])


def _said_behind_quote(a: Analysis, t: Tree, f: Frame) -> bool:
    """Whether a verb right behind closing quotation marks only says what stands in them: "«Dragamos nosotros», soltó el vocero"."""
    start = t.tokens[f.trigger].start
    if f.form != "verb" or f.theme is not None or (f.content is not None and f.content > f.trigger):
        return False
    behind = a.text[max(0, start - 3) : start].endswith(('", ', "», ", "”, "))
    return behind and f.subject is not None and f.subject > f.trigger and not case(t, f.trigger) and not _object(a, t, f.subject)


def _object(a: Analysis, t: Tree, k: int) -> bool:
    """Whether a "subject" is a thing, which nobody quotes: "lo llamó «robo», suspendió los vuelos"."""
    people = any(t.tokens[k].lemma in a.lexicon.classes[c] for c in ("group-noun", "person-role", "government-role"))
    return t.tokens[k].pos == "NOUN" and not a.actors(t, k) and not people


def _passive_infinitive(t: Tree, f: Frame) -> bool:
    """ "tras detectarse un caso": nobody is said to have done it, least of all the subject of the clause above."""
    token = t.tokens[f.trigger]
    if f.form != "verb" or "VerbForm=Inf" not in token.morph or not token.lower.endswith("se"):
        return False
    return any(t.tokens[k].pos == "NOUN" and not case(t, k) for k in t.children(f.trigger, "obj", "nsubj", "nsubj:pass"))


def _known_besides(a: Analysis, t: Tree, f: Frame, source: Attribution | None) -> bool:
    """Whether a clause tells what is known besides what is said: "dijo que cerrará el centro, que ya fue clausurado en 2003"."""
    token = t.tokens[f.trigger]
    if a.quote_at(token.start) is not None:
        return False
    if f.form == "participle":
        return True
    relative = f.form == "verb" and f.tense == "past" and token.dep == "acl:relcl"
    if relative and source is not None and source.span.start >= t.tokens[t.left[f.trigger]].start:
        return False  # "adelantó el sábado que exigió …": what is said itself, hung on the day
    return relative and t.tokens[token.head].lemma != "hecho"  # "es un hecho que aceptó"


def _takes_up(t: Tree, i: int) -> bool:
    """Whether the relative clause of verb ``i`` is about what was just told: "cosa que la Prefectura rechaza"."""
    return t.tokens[t.tokens[i].head].lemma in TAKING_UP
