"""Who takes which stance on what: frames of stance concepts → positions, their targets found among the facts already made."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from kg.extract.analysis import Analysis
from kg.extract.attribution import attribution_of
from kg.extract.context import compared, factuality, passage
from kg.extract.frames import Frame
from kg.extract.offered import Offered, other_side
from kg.extract.said import Attribution, Said
from kg.extract.stance_forms import VERB, but_not, from_conditions, from_judgements, from_slogans
from kg.extract.stance_targets import target_of
from kg.extract.syntax import Tree, negated, trim
from kg.model import Event, Indicator, Passage, Position, Span

#: concept of a frame → stance when affirmed, stance when negated (None: no position)
STANCES: dict[str, tuple[str | None, str | None]] = {
    "supports": ("supports", "opposes"),
    "opposes": ("opposes", None),
    "doubts": ("doubts", None),
    "denies": ("denies", None),
    "affirms": ("affirms", None),
    "claiming": ("affirms", None),
    "confirming": ("affirms", "denies"),
    "acceptance": ("supports", "opposes"),
    "refusal": ("opposes", None),
    "wanting": (None, "opposes"),
    "tolerating": (None, "opposes"),
}


@dataclass(frozen=True, slots=True)
class Taken:
    """A position with where it stands and the words of its target."""

    fact: Position
    sentence: int
    proposal: str | None


def find_positions(
    a: Analysis,
    frames: tuple[Frame, ...],
    said: tuple[Said, ...],
    attributions: tuple[Attribution, ...],
    offered: tuple[Offered, ...],
    events: tuple[Event, ...],
    indicators: tuple[Indicator, ...],
) -> tuple[Position, ...]:
    """The document's positions in order, one for each holder, stance and target, with all their passages."""
    out: list[Position] = []
    seen: set[tuple[int, int]] = set()
    asked = [
        (f.sentence, a.trees[f.sentence].left[f.content], a.trees[f.sentence].right[f.content])
        for f in frames
        if f.content is not None
        and f.form == "verb"
        and f.content > f.trigger
        and (f.concept in ("wanting", "offering") or a.lexicon.is_a(f.concept, "request"))
    ]
    for f in frames:
        if (
            f.concept not in STANCES
            or (f.sentence, f.trigger) in seen
            or any(s == f.sentence and first <= f.trigger < end for s, first, end in asked)
        ):
            continue
        for position in _from_frame(a, f, said, attributions, offered, events, indicators):
            seen.add((f.sentence, f.trigger))
            out.append(position)
    out.extend(from_judgements(a, frames, said, attributions, offered, events, indicators))
    out.extend(from_conditions(a, frames, attributions, offered))
    for slogan in from_slogans(a, said):
        mine = next(
            (
                k
                for k, p in enumerate(out)
                if slogan.stance == "opposes" and p.stance == "opposes" and p.holder == slogan.holder and p.target
            ),
            None,
        )
        if mine is not None:
            out[mine] = replace(out[mine], evidence=(*out[mine].evidence, *slogan.evidence))
        else:
            out.append(slogan)
    return tuple(_merge(out))


def _from_frame(
    a: Analysis,
    f: Frame,
    said: tuple[Said, ...],
    attributions: tuple[Attribution, ...],
    offered: tuple[Offered, ...],
    events: tuple[Event, ...],
    indicators: tuple[Indicator, ...],
) -> Iterator[Position]:
    t = a.trees[f.sentence]
    token = t.tokens[f.trigger]
    if a.document.article.blocks[t.sentence.block].kind == "heading" or any(x.text == "?" for x in t.tokens[-2:]):
        return
    affirmed, denied = STANCES[f.concept]
    stance = denied if f.negated else affirmed
    if stance is None:
        return
    holders = f.agent
    span = t.span(f.first, f.end)
    if f.form == "phrase":
        speaker = next((s for s in said if s.quote.start <= token.start < s.quote.end), None)
        if speaker is None:  # "Para X, la amenaza es poco creíble", "una línea roja para X"
            source = attribution_of(attributions, span)
            holders = source.source if source is not None else _beside(a, t, f)
            if not holders:
                return
        else:
            holders = speaker.speaker
            span = speaker.quote if speaker.quote.end - speaker.quote.start < 200 else span
    if not holders:
        return
    if f.form == "participle" or (f.form == "noun" and (f.sentence, f.trigger) in a.resolution.at):
        return
    quoted = a.quote_at(token.start)
    if quoted is not None and f.form != "phrase":
        speaker = next((s for s in said if s.quote.start <= token.start < s.quote.end), None)
        if speaker is not None and "Person=1" in token.morph:
            holders = speaker.speaker
    head = f.content if f.content is not None else f.theme
    if f.form == "verb" and compared(t, f.trigger):
        return
    if (
        f.form == "verb"
        and (f.tense == "subjunctive" or (f.tense == "infinitive" and factuality(a, f) != "actual"))
        and f.concept not in ("denies", "doubts")
    ):
        return  # what is asked for, planned or meant is no stance taken
    if f.concept == "tolerating" and not _speaks_for_itself(a, t, f, quoted is not None):
        return
    if f.concept == "confirming" and f.negated:
        if token.lemma not in ("reconocer", "admitir") or (head is None and f.pronoun is None):
            return  # "no lo confirma" is nothing
        stance = "denies"
    elif f.concept in ("claiming", "confirming"):
        if f.content is None or "VerbForm=Fin" not in _finite(t, f.content):
            return
        inner = t.span(t.left[f.content], t.right[f.content])
        if a.quantities_in(inner) and f.concept == "claiming":
            return  # a source's own figure has only its claimant
        if negated(t, f.content) and f.concept == "claiming":
            stance = "denies"
    if f.concept == "refusal" and f.content is not None and "Mood=Sub" in _finite(t, f.content):
        stance = "denies" if token.lemma in ("descartar", "rechazar", "negar") and denies_a_state(t, f.content) else "opposes"
    if (
        f.concept == "supports"
        and f.content is not None
        and token.lemma == "insistir"
        and "VerbForm=Fin" in _finite(t, f.content)
    ):
        stance = "affirms"
    if f.concept == "refusal" and head is not None and t.tokens[head].lemma in _CLAIMS:
        stance = "denies"
    if (
        f.concept == "affirms"
        and head is not None
        and t.tokens[head].lemma in ("frase", "palabra", "expresión", "declaración", "cita", "autoría")
    ):
        return
    if head is None and f.form == "noun" and not f.patient and f.concept != "refusal":
        return
    if f.concept == "opposes" and token.lemma in ("tildar", "tachar", "calificar", "motejar", "catalogar"):
        return  # what something is called is read by from_judgements
    bare = head is None and f.pronoun is None and not f.patient and f.form == "verb"
    if bare and (
        f.concept not in ("refusal", "acceptance", "supports", "opposes")
        or not any(0 <= f.sentence - o.sentence <= 1 and (o.sentence, o.end) <= (f.sentence, f.trigger) for o in offered)
    ):
        return  # "…, pero el ministro se opuso" needs something just put forward
    if stance == "supports" and _has_condition(t, f):
        stance = "conditional"
    f = replace(f, agent=holders)
    bargained = False
    if f.form == "phrase" and any(w.startswith(("negoci", "innegoci")) for w in f.valency.words):
        # "la soberanía no se negocia" refuses what was put forward; with nothing put forward, to negotiate its subject
        put_forward, _, _ = target_of(a, replace(f, theme=None), None, offered, (), ())
        bargained = put_forward is None and head is not None
        head = head if bargained else None
    if f.form == "phrase" and "necesario" in f.valency.words:
        head = None
    proposal, matter, actor = target_of(a, f, head, offered, events, indicators)
    if proposal is None and matter is None and actor is None:
        return
    if bargained and matter is not None:
        matter = f"negociar {matter[0].lower()}{matter[1:]}"
    cut = a.text.find(";", token.end, span.end)
    if cut > 0 and f.form == "verb":
        span = Span(span.start, cut)
    evidence = passage(a, span, attributions, own=holders)
    if stance in ("supports", "conditional") and head is not None:
        yield from but_not(a, f, head, holders, evidence, offered, events, indicators)
    for holder in holders[:3]:
        yield Position(
            id="s",
            label=f"{a.resolution.actors[holder].label} {VERB[stance]} {matter or evidence.quote[:60]}",
            evidence=(evidence,),
            holder=holder,
            stance=stance,
            target=proposal,
            matter=matter if proposal is None and actor is None else None,
            target_actor=actor if proposal is None else None,
            rule=f"position-{f.concept}-{f.form}",
            triggers=(token.text,),
            condition=_condition_text(a, t, f) if stance == "conditional" else None,
        )


def _beside(a: Analysis, t: Tree, f: Frame) -> tuple[str, ...]:
    """Whose red line it is: the actor behind "para", "de" or a demonym right after the phrase."""
    end = f.trigger + f.words
    if end < len(t.tokens):
        country = a.gazetteer.demonyms.get(t.tokens[end].lower)
        if country:
            return (a.government(country),)
        if t.tokens[end].lower in ("para", "de", "del"):
            for k in range(end + 1, min(end + 4, len(t.tokens))):
                if t.tokens[k].pos in ("VERB", "AUX"):
                    return ()
                found = a.resolution.of(t.sentence.index, k)
                if found:
                    return found
    return ()


def _speaks_for_itself(a: Analysis, t: Tree, f: Frame, quoted: bool) -> bool:
    """Whether a negated "permitir", "pagar", "haber" … is a refusal: in the future, said of oneself ("no permitiremos", "no pagará")."""
    token = t.tokens[f.trigger]
    going = any(t.tokens[k].lemma == "ir" and t.tokens[k].dep == "aux" for k in t.kids[f.trigger])
    if token.lemma in ("haber", "ir"):
        return quoted and token.lemma == "haber" and f.tense == "future" and f.theme is not None
    return (f.tense == "future" or going) and f.form == "verb"


def _finite(t: Tree, i: int) -> str:
    return next(
        (t.tokens[k].morph for k in t.kids[i] if t.tokens[k].dep in ("aux", "cop") and "VerbForm=Fin" in t.tokens[k].morph),
        t.tokens[i].morph,
    )


def denies_a_state(t: Tree, content: int) -> bool:
    """ "rechazó que haya multas" denies a state of things; "rechazó que entren tropas" refuses an act to come."""
    if "Mood=Sub" not in _finite(t, content):
        return False
    auxiliary = any(
        t.tokens[k].lemma in ("haber", "poder", "ser", "estar") and t.tokens[k].dep in ("aux", "cop") for k in t.kids[content]
    )
    return auxiliary or t.tokens[content].lemma in ("existir", "haber", "ser", "estar", "poder", "tener")


def _has_condition(t: Tree, f: Frame) -> bool:
    return any(
        t.tokens[k].dep == "advcl" and any(t.tokens[m].lower in ("si", "siempre") for m in t.kids[k]) for k in t.kids[f.trigger]
    )


def _condition_text(a: Analysis, t: Tree, f: Frame) -> str | None:
    for k in t.kids[f.trigger]:
        if t.tokens[k].dep == "advcl" and any(t.tokens[m].lower in ("si", "siempre", "mientras", "salvo") for m in t.kids[k]):
            first, end = trim(t, t.left[k], t.right[k])
            return a.text[t.tokens[first].start : t.tokens[end - 1].end]
    return None


_CLAIMS = {
    "acusación",
    "versión",
    "señalamiento",
    "cifra",
    "rumor",
    "imputación",
    "insinuación",
    "tesis",
    "afirmación",
    "reproche",
    "cargo",
    "sospecha",
}


def _merge(positions: list[Position]) -> list[Position]:
    """One position for each holder, stance and target, with all its passages; ids in order."""
    groups: dict[tuple[object, ...], list[Position]] = {}
    for p in positions:
        groups.setdefault((p.holder, p.stance, p.target or p.target_actor or (p.matter or "").casefold()), []).append(p)
    out = []
    for number, group in enumerate(groups.values()):
        passages: dict[tuple[int, int], Passage] = {}
        for p in group:
            for e in p.evidence:
                passages.setdefault((e.start, e.end), e)
        out.append(replace(group[0], id=f"s{number + 1}", evidence=tuple(passages[k] for k in sorted(passages))))
    return out


def of_the_other(a: Analysis, agent: tuple[str, ...]) -> tuple[str, ...]:
    return other_side(a, agent)


def span(position: Position) -> Span:
    return Span(position.evidence[0].start, position.evidence[0].end)
