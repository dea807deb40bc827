"""Who takes which stance on what: frames of stance concepts → positions, their targets found among the facts already made."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from kg.extract.analysis import Analysis
from kg.extract.context import compared, factuality, passage
from kg.extract.frames import Frame
from kg.extract.offered import Offered, content_lemmas, other_side
from kg.extract.statements import Attribution, Said, attribution_of
from kg.extract.syntax import Tree, negated, trim
from kg.model import Event, Indicator, Passage, Position, Span
from kg.vocabulary import plover_type

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
_YES_NO = re.compile(r"^(?:¡|«)?([\w ]{2,40}?),? sí[,;:]? (?:y |pero )?([\w ]{2,40}?),? no[.!]*$", re.I)
_NO_YES = re.compile(r"^(?:¡|«)?([\w ]{2,40}?),? no[,;:]? (?:y |pero )?([\w ]{2,40}?),? sí[.!]*$", re.I)


@dataclass(frozen=True, slots=True)
class Taken:
    """A position with where it stands and the words of its target."""

    fact: Position
    sentence: int
    proposal: str | None


def find_positions(a: Analysis, frames: tuple[Frame, ...], said: tuple[Said, ...], attributions: tuple[Attribution, ...], offered: tuple[Offered, ...], events: tuple[Event, ...], indicators: tuple[Indicator, ...]) -> tuple[Position, ...]:
    """The document's positions in order, one for each holder, stance and target, with all their passages."""
    out: list[Position] = []
    seen: set[tuple[int, int]] = set()
    asked = [(f.sentence, a.trees[f.sentence].left[f.content], a.trees[f.sentence].right[f.content]) for f in frames if f.content is not None and f.form == "verb" and f.content > f.trigger and (f.concept in ("wanting", "offering") or a.lexicon.is_a(f.concept, "request"))]
    for f in frames:
        if f.concept not in STANCES or (f.sentence, f.trigger) in seen or any(s == f.sentence and first <= f.trigger < end for s, first, end in asked):
            continue
        for position in _from_frame(a, f, said, attributions, offered, events, indicators):
            seen.add((f.sentence, f.trigger))
            out.append(position)
    out.extend(_from_judgements(a, frames, said, attributions, offered, events, indicators))
    out.extend(_from_conditions(a, frames, attributions, offered))
    for slogan in _from_slogans(a, said):
        mine = next((k for k, p in enumerate(out) if slogan.stance == "opposes" and p.stance == "opposes" and p.holder == slogan.holder and p.target), None)
        if mine is not None:
            out[mine] = replace(out[mine], evidence=(*out[mine].evidence, *slogan.evidence))
        else:
            out.append(slogan)
    return tuple(_merge(out))


def _from_frame(a: Analysis, f: Frame, said: tuple[Said, ...], attributions: tuple[Attribution, ...], offered: tuple[Offered, ...], events: tuple[Event, ...], indicators: tuple[Indicator, ...]) -> Iterator[Position]:
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
    if f.form == "verb" and (f.tense == "subjunctive" or (f.tense == "infinitive" and factuality(a, f) != "actual")) and f.concept not in ("denies", "doubts"):
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
    if f.concept == "supports" and f.content is not None and token.lemma == "insistir" and "VerbForm=Fin" in _finite(t, f.content):
        stance = "affirms"
    if f.concept == "refusal" and head is not None and t.tokens[head].lemma in _CLAIMS:
        stance = "denies"
    if f.concept == "affirms" and head is not None and t.tokens[head].lemma in ("frase", "palabra", "expresión", "declaración", "cita", "autoría"):
        return
    if head is None and f.form == "noun" and not f.patient and f.concept != "refusal":
        return
    if f.concept == "opposes" and token.lemma in ("tildar", "tachar", "calificar", "motejar", "catalogar"):
        return  # what something is called is read by _from_judgements
    bare = head is None and f.pronoun is None and not f.patient and f.form == "verb"
    if bare and (f.concept not in ("refusal", "acceptance", "supports", "opposes") or not any(0 <= f.sentence - o.sentence <= 1 and (o.sentence, o.end) <= (f.sentence, f.trigger) for o in offered)):
        return  # "…, pero el ministro se opuso" needs something just put forward
    if stance == "supports" and _has_condition(t, f):
        stance = "conditional"
    f = replace(f, agent=holders)
    if f.form == "phrase" and any(w.startswith(("negoci", "innegoci")) for w in f.valency.words):
        # "la soberanía no se negocia" refuses what was put forward; with nothing put forward it stands up for its subject
        put_forward, _, _ = _target(a, replace(f, theme=None), None, offered, (), ())
        if put_forward is None and head is not None:
            stance = "supports"
        else:
            head = None
    if f.form == "phrase" and "necesario" in f.valency.words:
        head = None
    proposal, matter, actor = _target(a, f, head, offered, events, indicators)
    if proposal is None and matter is None and actor is None:
        return
    cut = a.text.find(";", token.end, span.end)
    if cut > 0 and f.form == "verb":
        span = Span(span.start, cut)
    evidence = passage(a, span, attributions, own=holders)
    if stance in ("supports", "conditional") and head is not None:
        yield from _but_not(a, f, head, holders, evidence, offered, events, indicators)
    for holder in holders[:3]:
        yield Position(
            id="s", label=f"{a.resolution.actors[holder].label} {_VERB[stance]} {matter or evidence.quote[:60]}", evidence=(evidence,), holder=holder, stance=stance, target=proposal,
            matter=matter if proposal is None and actor is None else None, target_actor=actor if proposal is None else None, rule=f"position-{f.concept}-{f.form}", triggers=(token.text,),
            condition=_condition_text(a, t, f) if stance == "conditional" else None,
        )  # fmt: skip


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


def _but_not(a: Analysis, f: Frame, head: int, holders: tuple[str, ...], evidence: Passage, offered: tuple[Offered, ...], events: tuple[Event, ...], indicators: tuple[Indicator, ...]) -> Iterator[Position]:
    """"aceptaría la reducción, pero no la obligación": the second half is refused."""
    t = a.trees[f.sentence]
    for k in t.kids[head]:
        if t.tokens[k].dep != "conj" or not any(t.tokens[m].lower == "no" for m in t.kids[k]) or not any(t.tokens[m].lower == "pero" for m in (*t.kids[k], *t.kids[head])):
            continue
        target, matter, actor = _target(a, f, k, offered, events, indicators)
        if target is None and matter is None and actor is None:
            continue
        for holder in holders[:3]:
            yield Position(
                id="s", label=f"{a.resolution.actors[holder].label} {_VERB['opposes']} {matter or t.tokens[k].text}", evidence=(evidence,), holder=holder, stance="opposes", target=target,
                matter=matter, target_actor=actor, rule="position-but-not", triggers=(t.tokens[f.trigger].text, "no"),
            )  # fmt: skip


_VERB = {"supports": "apoya", "opposes": "rechaza", "conditional": "condiciona", "affirms": "afirma", "denies": "niega", "doubts": "duda de"}


def _finite(t: Tree, i: int) -> str:
    return next((t.tokens[k].morph for k in t.kids[i] if t.tokens[k].dep in ("aux", "cop") and "VerbForm=Fin" in t.tokens[k].morph), t.tokens[i].morph)


def denies_a_state(t: Tree, content: int) -> bool:
    """"rechazó que haya multas" denies a state of things; "rechazó que entren tropas" refuses an act to come."""
    if "Mood=Sub" not in _finite(t, content):
        return False
    auxiliary = any(t.tokens[k].lemma in ("haber", "poder", "ser", "estar") and t.tokens[k].dep in ("aux", "cop") for k in t.kids[content])
    return auxiliary or t.tokens[content].lemma in ("existir", "haber", "ser", "estar", "poder", "tener")


def _has_condition(t: Tree, f: Frame) -> bool:
    return any(t.tokens[k].dep == "advcl" and any(t.tokens[m].lower in ("si", "siempre") for m in t.kids[k]) for k in t.kids[f.trigger])


def _condition_text(a: Analysis, t: Tree, f: Frame) -> str | None:
    for k in t.kids[f.trigger]:
        if t.tokens[k].dep == "advcl" and any(t.tokens[m].lower in ("si", "siempre", "mientras", "salvo") for m in t.kids[k]):
            first, end = trim(t, t.left[k], t.right[k])
            return a.text[t.tokens[first].start : t.tokens[end - 1].end]
    return None


# ---------------------------------------------------------------------------------------------------------------- targets


def _last_told(a: Analysis, t: Tree, f: Frame, before: list[Offered], events: tuple[Event, ...], indicators: tuple[Indicator, ...]) -> str | None:
    """What "lo niega" means: the fact told last before it, in the same sentence or the two before."""
    limit = t.tokens[f.trigger].start
    floor = a.trees[max(0, f.sentence - 2)].tokens[0].start
    facts = [*(o.fact for o in before), *events, *indicators]
    near = [(e.end, x.id) for x in facts for e in x.evidence if floor <= e.start and e.end <= limit]
    return max(near)[1] if near else None


_TAKES_UP = {"propuesta", "oferta", "plan", "iniciativa", "idea", "petición", "solicitud", "exigencia", "reclamo", "fórmula", "alternativa", "medida", "cláusula", "punto", "pedido", "planteamiento", "posibilidad", "opción", "demanda", "condición", "obligación"}  # fmt: skip
_CLAIMS = {"acusación", "versión", "señalamiento", "cifra", "rumor", "imputación", "insinuación", "tesis", "afirmación", "reproche", "cargo", "sospecha"}
_ASIDE = {"extremo", "acusación", "posibilidad", "medida", "requisito", "fórmula", "idea", "opción", "hecho", "versión", "decisión", "propuesta", "lo", "condición", "exigencia", "oferta"}
_FIGURE = {"cifra", "dato", "número", "porcentaje", "cantidad", "monto", "cálculo", "estimación"}
_ORDINAL = {"primero": 0, "primer": 0, "primera": 0, "segundo": 1, "segunda": 1, "tercero": 2, "tercer": 2, "tercera": 2, "cuarto": 3, "cuarta": 3, "quinto": 4, "quinta": 4, "último": -1, "última": -1}


def _target(a: Analysis, f: Frame, head: int | None, offered: tuple[Offered, ...], events: tuple[Event, ...], indicators: tuple[Indicator, ...]) -> tuple[str | None, str | None, str | None]:
    """What a stance is about: a fact's id, a matter in words, or an actor."""
    t = a.trees[f.sentence]
    before = [o for o in offered if (o.sentence, o.first) <= (f.sentence, f.trigger)]
    if head is None:
        if f.pronoun is not None or f.form == "phrase" or not f.patient:
            reach = 12 if f.form == "phrase" else 3
            near = [o for o in before if f.sentence - o.sentence <= reach and not (_countries(a, o.fact.proposer) & _countries(a, f.agent))]
            if f.form == "phrase":
                near = [o for o in near if o.fact.part_of is None]
            if f.concept in ("denies", "confirming", "doubts", "judging") or not near:
                told = _last_told(a, t, f, before, events, indicators if f.concept in ("denies", "confirming", "doubts") else ())
                if told is not None:
                    return told, None, None
            return (near[-1].fact.id, None, None) if near else (None, None, f.patient[0]) if f.patient and f.concept in ("supports", "opposes") else (None, None, None)
        if f.patient and f.concept in ("supports", "opposes"):
            return None, None, f.patient[0]
        return None, None, None
    token = t.tokens[head]
    first, end = trim(t, *_stretch(t, head, f))
    text = a.text[t.tokens[first].start : t.tokens[end - 1].end]
    if text.lower().startswith("que "):
        text = text[4:]
    demonstrative = any(t.tokens[k].lower in ("esa", "ese", "esta", "este", "esas", "esos", "estas", "estos", "dicha", "dicho", "la", "el", "tal") for k in t.kids[head])
    ordinal = next((_ORDINAL[x.lower] for x in t.tokens[first:end] if x.lower in _ORDINAL), None)
    if ordinal is not None and (token.lemma in _TAKES_UP or token.lower in _ORDINAL):
        parts = [o for o in before if o.fact.part_of]
        if parts:
            siblings = [o for o in parts if o.fact.part_of == parts[-1].fact.part_of]
            if -len(siblings) <= ordinal < len(siblings):
                return siblings[ordinal].fact.id, None, None
    if token.lemma in _FIGURE and indicators:
        near_figures = [i for i in indicators if i.evidence[0].end < t.tokens[f.trigger].start]
        claimed = [i for i in near_figures if i.claimant and not set(i.claimant) & set(f.agent)]
        if near_figures:
            return (claimed or near_figures)[-1].id, None, None
    if token.lower in _AGREED or token.lemma in _AGREED:
        agreed = event_of_noun(a, t, head, f, events)
        if agreed is not None:
            return agreed, None, None
    words = content_lemmas(t, first, end)
    best, score = None, 0.0
    own = _countries(a, f.agent) | set(f.agent)
    for o in offered:
        mine = bool((_countries(a, o.fact.proposer) | set(o.fact.proposer)) & own)
        if mine and f.concept in ("opposes", "refusal", "denies", "doubts", "acceptance", "wanting", "tolerating"):
            continue  # nobody refuses or accepts what the own side put forward
        if o.frame is not None and o.frame.sentence == f.sentence and o.frame.trigger == f.trigger:
            continue
        shared = len(words & o.words) / max(1, min(len(words), len(o.words)))
        if shared > score and shared >= 0.5 and len(words & o.words) >= min(2, len(words)):
            best, score = o, shared
    if best is not None and f.concept not in ("claiming", "confirming", "affirms"):
        return best.fact.id, None, None
    if token.lemma in _ASIDE and t.tokens[f.trigger].head == head:  # "…, extremo que X niega"
        here = [o for o in before if o.sentence == f.sentence]
        if here:
            return here[-1].fact.id, None, None
        told = [e for e in events if t.tokens[0].start <= e.evidence[0].start < t.tokens[f.trigger].start]
        if told:
            return told[-1].id, None, None
    named = event_of_noun(a, t, head, f, events)
    if named is not None and f.concept not in ("claiming", "affirms"):
        return named, None, None
    if token.lemma in _TAKES_UP and demonstrative and before and f.concept not in ("claiming", "affirms"):
        country = _countries(a, f.agent)
        theirs = [o for o in before if not (_countries(a, o.fact.proposer) & country)]
        if not theirs:
            return None, text, None
        wholes = [o for o in theirs if any(x.fact.part_of == o.fact.id for x in before)]
        if "Number=Plur" in token.morph and wholes:
            return wholes[-1].fact.id, None, None
        return theirs[-1].fact.id, None, None
    if f.concept in ("denies", "confirming", "supports", "opposes", "doubts"):
        for e in reversed(events):
            lemmas = {x[:6] for x in re.findall(r"\w{4,}", e.label.lower())}
            if words and len(words & lemmas) >= max(2, 0.6 * len(words)):
                return e.id, None, None
    somebody = bool(f.patient) and (a.resolution.actors[f.patient[0]].kind != "Group" or a.resolution.actors[f.patient[0]].country is not None)
    if somebody and f.concept in ("supports", "opposes") and token.i in {i for i in range(len(t.tokens)) if a.resolution.of(f.sentence, i)}:
        return None, None, f.patient[0]
    if not re.search(r"\w{3,}", text) or token.pos == "PRON":
        return (before[-1].fact.id, None, None) if before and f.sentence - before[-1].sentence <= 2 else (None, None, None)
    return None, text if len(text) <= 160 else text[:157].rsplit(" ", 1)[0] + "…", None


_AGREED = {"acordado", "pactado", "acuerdo", "pacto", "convenio", "memorando", "memorándum", "convenido", "firmado"}


def event_of_noun(a: Analysis, t: Tree, head: int, f: Frame, events: tuple[Event, ...]) -> str | None:
    """The last event that a definite noun takes up by its kind: "la amenaza", "lo acordado", "el cierre"."""
    token = t.tokens[head]
    if not any(t.tokens[k].lower in ("el", "la", "los", "las", "lo", "esa", "ese", "esta", "este", "dicha", "dicho") for k in t.kids[head]):
        return None
    told = [e for e in events if e.evidence[0].end <= t.tokens[f.trigger].start]
    if token.lemma in _AGREED or token.lower in _AGREED:
        agreed = [e for e in told if plover_type(e.event_type) == "agree" and e.factuality in ("actual", "planned")]
        return agreed[-1].id if agreed else None
    if any(t.tokens[k].dep == "nmod" and k > head for k in t.kids[head]):
        return None  # "las negociaciones del Tratado" brings its own matter
    kinds = {v.concept for v in a.lexicon.nouns.get(token.lemma, ()) if v.concept not in ("offering", "refusal", "acceptance", "supports", "opposes", "doubts")}
    same = [e for e in told if e.event_type in kinds]
    return same[-1].id if same else None


def _stretch(t: Tree, head: int, f: Frame) -> tuple[int, int]:
    left, right = t.left[head], t.right[head]
    if left <= f.trigger < head:
        left = f.trigger + 1
    elif head < f.trigger < right:
        right = f.trigger
    for k in t.kids[head]:
        if k > head and t.tokens[k].dep in ("acl:relcl", "advcl", "parataxis") and t.tokens[t.left[k]].text == ",":
            right = min(right, t.left[k])
    for i in range(head + 1, right):
        if t.tokens[i].text == ";":
            right = i
            break
    if right <= left:
        return head, head + 1
    while left < right - 1 and t.tokens[left].lower in ("a", "al", "de", "del", "en", "sobre", "que"):
        left += 1
    return left, right


def _countries(a: Analysis, actors: tuple[str, ...]) -> set[str]:
    known = [a.resolution.actors[x] for x in actors]
    return {k.id if k.kind == "Country" else k.country for k in known} - {None}  # type: ignore[return-value]


# ---------------------------------------------------------------------------------------------------------------- other forms


def _from_judgements(
    a: Analysis,
    frames: tuple[Frame, ...],
    said: tuple[Said, ...],
    attributions: tuple[Attribution, ...],
    offered: tuple[Offered, ...],
    events: tuple[Event, ...],
    indicators: tuple[Indicator, ...],
) -> Iterator[Position]:
    """"lo tildó de «cesión»", "califica de falso …", "«es una burla»": what something is called decides the stance."""
    words = {c: a.lexicon.classes.get(c, frozenset()) for c in ("blaming-word", "untrue-word", "praising-word", "doubting-word")}
    stance_of = {"blaming-word": "opposes", "untrue-word": "denies", "praising-word": "supports", "doubting-word": "doubts"}
    for f in frames:
        if f.concept != "judging" or f.form != "verb" or f.negated:
            continue
        t = a.trees[f.sentence]
        token = t.tokens[f.trigger]
        called = next((k for k in range(f.trigger + 1, min(t.right[f.trigger], f.trigger + 14)) if _judges(t, k, words) and t.tokens[k - 1].lower not in ("la", "el", "los", "las")), None)
        if called is None:
            continue
        between = [x.lower for x in t.tokens[f.trigger + 1 : called]]
        if not (set(between) & {"de", "como", "por", "“", "«", '"', "un", "una"} or called == f.trigger + 1) or "." in between or ";" in between:
            continue
        stance = stance_of[next(c for c in words if _is_called(t, called, words[c]))]
        speaker = next((s for s in said if s.quote.start <= token.start < s.quote.end), None)
        holders = speaker.speaker if speaker is not None else f.agent
        source = next((x for x in attributions if x.span.start <= token.start < x.span.end), None)
        if token.lemma in ("ser", "parecer"):
            holders = speaker.speaker if speaker is not None else source.source if source is not None else ()
        if not holders:
            continue
        theme = f.theme if token.lemma not in ("ser", "parecer") else f.subject
        if theme is not None and theme >= called:
            theme = None
        target, matter, actor = _target(a, replace(f, theme=theme, content=None, pronoun=f.pronoun or ("lo" if theme is None else None)), theme, offered, events, indicators)
        if target is None and matter is None and actor is None:
            before = [e for e in events if e.evidence[0].start < token.start]
            if not before:
                continue
            target = before[-1].id
        first, end = f.first, max(f.end, min(called + 2, t.right[f.trigger]))
        for holder in holders[:2]:
            yield Position(
                id="s",
                label=f"{a.resolution.actors[holder].label} {_VERB[stance]} {matter or t.tokens[called].text}",
                evidence=(passage(a, t.span(first, end), attributions, own=holders),),
                holder=holder,
                stance=stance,
                target=target,
                matter=matter,
                target_actor=actor,
                rule="position-judging",
                triggers=(token.text, t.tokens[called].text),
            )


def _is_called(t: Tree, k: int, words: frozenset[str]) -> bool:
    token = t.tokens[k]
    singular = token.lower.removesuffix("s")
    return bool({token.lemma, token.lower, singular, singular[:-1] + "o"} & words)


def _judges(t: Tree, k: int, words: dict[str, frozenset[str]]) -> bool:
    return t.tokens[k].pos in ("NOUN", "ADJ", "VERB", "PROPN") and any(_is_called(t, k, w) for w in words.values())


def _from_conditions(a: Analysis, frames: tuple[Frame, ...], attributions: tuple[Attribution, ...], offered: tuple[Offered, ...]) -> Iterator[Position]:
    """"no rebajará el arancel mientras no se pague": a refusal that would end."""
    for t in a.trees:
        for i, token in enumerate(t.tokens):
            if token.pos != "VERB" or "Tense=Fut" not in token.morph or not negated(t, i):
                continue
            condition = next((k for k in t.kids[i] if t.tokens[k].dep == "advcl" and any(t.tokens[m].lower in ("mientras", "hasta", "si") for m in (*t.kids[k], t.left[k]))), None)
            subject = next((k for k in t.kids[i] if t.tokens[k].dep == "nsubj" and a.actors(t, k)), None)
            if condition is None or subject is None:
                continue
            first, end = trim(t, min(t.left[subject], t.left[condition], i), max(t.right[i], t.right[condition]))
            obj = next((k for k in t.kids[i] if t.tokens[k].dep == "obj"), None)
            matter = a.text[t.tokens[t.left[obj]].start : t.tokens[t.right[obj] - 1].end] if obj is not None else token.text
            c_first, c_end = trim(t, t.left[condition], t.right[condition])
            for holder in a.actors(t, subject)[:2]:
                yield Position(
                    id="s", label=f"{a.resolution.actors[holder].label} condiciona {matter}", evidence=(passage(a, t.span(first, end), attributions, own=(holder,)),), holder=holder, stance="conditional",
                    matter=matter[:160], condition=a.text[t.tokens[c_first].start : t.tokens[c_end - 1].end], rule="position-condition", triggers=(token.text,),
                )  # fmt: skip
    for f in frames:
        t = a.trees[f.sentence]
        if f.concept == "offering" and f.form == "verb" and f.agent and len(f.valency.words) > 1 and not f.negated:
            limits = [x for x in t.tokens if x.lower in ("pero", "siempre", "sin") and x.i > f.trigger]
            mine = next((o for o in offered if o.frame is f), None)
            if not limits or mine is None:
                continue
            for holder in f.agent[:1]:
                yield Position(
                    id="s", label=f"{a.resolution.actors[holder].label} condiciona {mine.fact.label[:80]}", evidence=(passage(a, t.span(f.first, f.end), attributions, own=(holder,)),), holder=holder,
                    stance="conditional", target=mine.fact.id, rule="position-willing-but", triggers=(t.tokens[f.trigger].text, limits[0].text),
                )  # fmt: skip


def _from_slogans(a: Analysis, said: tuple[Said, ...]) -> Iterator[Position]:
    """"Coordinación sí, intervención no"."""
    for s in said:
        words = a.text[s.quote.start : s.quote.end].strip()
        yes, no = _YES_NO.match(words), _NO_YES.match(words)
        match = yes or no
        if s.direct and match:
            for holder in s.speaker[:1]:
                first, second = ("supports", "opposes") if yes else ("opposes", "supports")
                for stance, matter in ((first, match.group(1)), (second, match.group(2))):
                    yield Position(
                        id="s", label=f"{a.resolution.actors[holder].label} {_VERB[stance]} {matter}", evidence=(passage(a, s.quote),), holder=holder, stance=stance, matter=matter.strip().lower(),
                        rule="position-yes-no", triggers=("sí", "no"),
                    )  # fmt: skip


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
