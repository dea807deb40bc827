"""What somebody puts forward, asks for or offers: proposals with their parts, addressees and first status."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from kg.extract.analysis import Analysis
from kg.extract.context import passage
from kg.extract.frames import Frame
from kg.extract.offered import Offered, content_lemmas, label, other_side, own_government, same_side
from kg.extract.proposal_agreements import from_agreements
from kg.extract.proposal_conditions import from_afterthoughts, from_promises, from_threats
from kg.extract.proposal_granted import from_requested
from kg.extract.proposal_labels import named
from kg.extract.proposal_lists import add_lists
from kg.extract.proposal_nouns import as_participle, conveyed, overlaps, shelved, told_by_noun
from kg.extract.proposal_parts import Stretch, condition_of_offer, contents, items_behind_colon
from kg.extract.proposal_questions import from_clefts, from_questions
from kg.extract.proposal_replies import from_replies
from kg.extract.proposal_series import from_series, spelt_in_clauses
from kg.extract.proposal_terms import from_terms
from kg.extract.proposal_verbs import ASKING, asked_before, proposes, rather, with_object
from kg.extract.said import Attribution
from kg.extract.syntax import Tree, is_verb, negated, trim
from kg.extract.words import word_list
from kg.model import Passage, Proposal

_AGAIN: Final = (
    "de nuevo",
    "otra vez",
    "una vez más",
    "nuevamente",
    "reiter",
    "insist",
    "volvió a",
    "vuelve a",
    "volvieron a",
    "vuelto a",
    "renov",
)
#: "por tercera vez", "ya dos veces", "en repetidas ocasiones".
_TIMES_ASKED: Final = re.compile(
    r"por (?:segunda|tercera|cuarta|quinta|sexta|enésima) vez|(?:dos|tres|cuatro|cinco|varias|repetidas) (?:veces|ocasiones)"
)
_REPEATING: Final = frozenset(word_list("insistir reiterar renovar repetir"))
_DROPPING: Final = frozenset(word_list("retirar abandonar renunciar desistir archivar aparcar enterrar"))
#: "el comité", "la reapertura": words so few, and so near behind, take up a proposal.
_SHORT: Final = 3
_NEAR: Final = 8
#: Nouns that say nothing by themselves of what is put forward; what a colon spells out behind them does.
_EMPTY: Final = frozenset(
    word_list(
        "cosa trueque contraoferta contrapropuesta oferta propuesta alternativa fórmula trato versión menos más condición"
        " requisito exigencia"
    )
)


def find_proposals(a: Analysis, frames: tuple[Frame, ...], attributions: tuple[Attribution, ...]) -> tuple[Offered, ...]:
    """All proposals of the document in the order of the text; the same one told twice is one."""
    found: list[Offered] = []
    seen: set[tuple[int, int]] = set()
    for f in frames:
        if (f.sentence, f.trigger) in seen or in_heading(a, a.trees[f.sentence]):
            continue
        made = list(_by_verb(a, f, attributions, found) if f.form == "verb" else _by_noun(a, f, attributions, found))
        if made:
            seen.add((f.sentence, f.trigger))
            found.extend(made)
    series = list(from_series(a, frames, attributions, found))
    found = [o for o in found if not overlaps(series, o.sentence, (o.first, o.end))] + series
    found.extend(from_threats(a, frames, attributions))
    for o in (
        *from_promises(a, frames, attributions),
        *from_agreements(a, frames, attributions),
        *from_requested(a, frames, attributions),
        *from_terms(a, frames, attributions),
        *from_replies(a, frames, attributions),
        *from_questions(a, frames, attributions),
        *from_clefts(a, frames, attributions),
    ):
        if not overlaps(found, o.sentence, (o.first, o.end)):
            found.append(o)
    found = add_lists(a, frames, attributions, merge(a, found))
    found.extend(from_afterthoughts(a, found, attributions))
    return tuple(_numbered(list(named(a, merge(a, found)))))


def _numbered(found: list[Offered]) -> Iterator[Offered]:
    """The proposals with short ids in their order, references between them kept."""
    names: dict[str, str] = {}
    for k, o in enumerate(found):
        names.setdefault(o.fact.id, f"p{k + 1}")
    for k, o in enumerate(found):
        yield replace(o, fact=replace(o.fact, id=f"p{k + 1}", part_of=names.get(o.fact.part_of or "")))


def in_heading(a: Analysis, t: Tree) -> bool:
    block = a.document.article.blocks[t.sentence.block]
    return block.kind == "heading" or (a.text[block.start : block.start + 1] == "¿" and a.text[block.end - 1 : block.end] == "?")


# -------------------------------------------------------------------------------------------------------------- verbs


def _by_verb(a: Analysis, f: Frame, attributions: tuple[Attribution, ...], found: list[Offered]) -> Iterator[Offered]:
    """The proposals of a verb: each of its contents, the items behind a colon and the condition of an offer as parts of the first."""
    if f.concept == "offering" or any(a.lexicon.is_a(f.concept, c) for c in ASKING):
        f = rather(a.trees[f.sentence], f)
        f = with_object(a, _apart(a, asked_before(a.trees[f.sentence], f)))
    if not proposes(a, f):
        return
    t = a.trees[f.sentence]
    head = f.content if f.content is not None else f.theme
    condition = condition_of_offer(t, f) if f.concept in ("offering", "promise") else None
    if condition is not None and head is not None and condition[0] <= head < condition[1]:  # "ofreció 480.000, siempre que …"
        head, condition = (f.theme, condition) if f.theme is not None and f.theme < condition[0] else (head, None)
    assert head is not None
    stretches = contents(t, head, f)
    if condition is not None:
        stretches = [trim(t, s, min(e, condition[0])) if s < condition[0] else (s, e) for s, e in stretches]
    (first, end), others = stretches[0], [x for x in stretches[1:] if not _acting(a, t, x)]
    if condition is not None:
        others = [x for x in others if x[0] >= condition[1] or x[1] <= condition[0]]
    items = items_behind_colon(t, end)
    if len(items) == 1 and t.tokens[head].lemma in _EMPTY:
        (first, end), items = items[0], []
    end = _with_measure(t, f, end)
    closing = end < f.end and t.tokens[end].pos == "PUNCT"
    span = t.span(min(f.first, first), end + closing)
    if span.end - span.start > 2.5 * max(60, t.tokens[end - 1].end - t.tokens[first].start):
        span = t.span(min(f.trigger, first), end)
    who = f.agent[:2], _addressee(a, t, f, head), _status(a, f)
    whole = _offered(a, f, (first, end), who, f"proposal-{f.concept}-verb", passage(a, span, attributions, own=f.agent))
    if overlaps([o for o in found if o.fact.proposer == whole.fact.proposer], f.sentence, (first, end)):
        return
    yield whole
    for part in others:
        yield _offered(a, f, part, who, whole.fact.rule, passage(a, t.span(*part), attributions, own=f.agent))
    for part, rule in [*((x, "proposal-item") for x in items), *([(condition, "proposal-condition")] if condition else [])]:
        words = passage(a, t.span(*part), attributions, own=f.agent)
        yield _offered(a, f, part, who, rule, words, part_of=whole.fact.id)


def _apart(a: Analysis, f: Frame) -> Frame:
    """The frame without as theme whom it is put to, named in apposition: "pidió a su par, Rosa Luján, una reunión"."""
    named = f.theme is not None and a.resolution.of(f.sentence, f.theme)
    return replace(f, theme=None) if named and f.patient and set(named) <= set(f.patient) and f.content is None else f


def _acting(a: Analysis, t: Tree, stretch: Stretch) -> bool:
    """Whether a second thing asked for is somebody: "reclamó su devolución y el ministro se negó"."""
    first = next((k for k in range(*stretch) if t.tokens[k].pos not in ("DET", "NUM", "ADJ")), stretch[0])
    return t.tokens[first].pos in ("NOUN", "PROPN") and bool(a.actors(t, first))


def _with_measure(t: Tree, f: Frame, end: int) -> int:
    """The end of what is asked for with the purpose or the measure that the parser hung on the verb: "libertad para
    negociar por separado", "un peaje de 1,90 dólares por millón de BTU"."""
    if end >= f.end or t.tokens[end].lower not in ("para", "por"):
        return end
    k = t.tokens[end].head
    priced = t.tokens[end].lower == "por" and any(x.pos == "NUM" for x in t.tokens[max(0, end - 2) : end])
    meant = t.tokens[end].lower == "para" and "VerbForm=Inf" in t.tokens[k].morph
    if k <= end or t.tokens[k].head != f.trigger or not (priced or meant):
        return end
    return next((i for i in range(end, t.right[k]) if t.tokens[i].text in ",;:"), t.right[k])


def _offered(
    a: Analysis,
    f: Frame,
    stretch: Stretch,
    who: tuple[tuple[str, ...], tuple[str, ...], str],
    rule: str,
    words: Passage,
    part_of: str | None = None,
) -> Offered:
    """One proposal of frame ``f`` with the content ``stretch``; ``who`` are proposer, addressee and status."""
    t = a.trees[f.sentence]
    fact = Proposal(
        id=f"p{f.sentence}.{stretch[0]}.{f.trigger}",
        label=label(a, t, *stretch),
        evidence=(words,),
        proposer=who[0],
        addressee=who[1],
        status=who[2],
        part_of=part_of,
        rule=rule,
        triggers=(t.tokens[f.trigger].text,),
    )
    return Offered(fact, f.sentence, *stretch, content_lemmas(t, *stretch), f)


def _status(a: Analysis, f: Frame) -> str:
    """Put forward again or for the first time: as the frame's words outside of what is asked say ("pide otra vez que …")."""
    t = a.trees[f.sentence]
    head = t.tokens[f.trigger].head
    if t.tokens[head].lemma == "volver" and t.tokens[f.trigger].dep == "xcomp":
        return "renewed"
    told = f.content if f.content is not None else f.theme
    end = t.left[told] if told is not None and f.trigger < t.left[told] < f.end else f.end
    words = a.text[t.tokens[f.first].start : t.tokens[end - 1].end].lower()
    if any(w in words for w in _AGAIN) or _TIMES_ASKED.search(words):
        return "renewed"
    return "proposed"


def _addressee(a: Analysis, t: Tree, f: Frame, head: int) -> tuple[str, ...]:
    """Whom the frame names, else who is to do what is asked, else the other side."""
    if f.patient:
        return f.patient[:2]
    if is_verb(t.tokens[head]):
        for k in t.kids[head]:
            if t.tokens[k].dep in ("nsubj", "nsubj:pass"):
                actors = a.actors(t, k)
                kind = a.resolution.actors[actors[0]].kind if actors else None
                if actors and not set(actors) & set(f.agent) and kind not in ("Group", "MediaOutlet", "Company"):
                    return actors[:1]
    return other_side(a, f.agent) or (own_government(a, f.agent) if f.concept != "offering" or _party(a, f.agent) else ())


def _party(a: Analysis, agent: tuple[str, ...]) -> bool:
    return bool(agent) and a.resolution.actors[agent[0]].kind == "Party"


# --------------------------------------------------------------------------------------------------------------- nouns


def _by_noun(a: Analysis, f: Frame, attributions: tuple[Attribution, ...], found: list[Offered]) -> Iterator[Offered]:
    """The proposal that a noun or participle tells, with what it contains or spells out as parts."""
    if f.form not in ("noun", "participle") or not (f.concept == "offering" or any(a.lexicon.is_a(f.concept, c) for c in ASKING)):
        return
    f = conveyed(a, as_participle(a, f))
    told = told_by_noun(a, f)
    if spelt_in_clauses(a.trees[f.sentence], f.trigger):
        return  # told item by item in from_series
    if told is None or overlaps(found, f.sentence, (min(told.content[0], f.trigger), told.content[1])):
        return
    t = a.trees[f.sentence]
    heard = f.patient[:2] or (_addressee(a, t, f, f.content) if f.content is not None else other_side(a, f.agent))
    who = f.agent[:2], heard, _status_of_noun(a, f)
    words = passage(a, t.span(*told.evidence), attributions, own=f.agent)
    whole = _offered(a, f, told.content, who, f"proposal-{f.concept}-{f.form}", words)
    yield whole
    for part in told.parts:
        words = passage(a, t.span(*part), attributions, own=f.agent)
        yield _offered(a, f, part, who, "proposal-contained", words, part_of=whole.fact.id)


def _status_of_noun(a: Analysis, f: Frame) -> str:
    """What the verb above the noun says of it: "insistió en su propuesta de …", "retiró su propuesta de …", "la idea quedó descartada"."""
    t = a.trees[f.sentence]
    verb = t.tokens[f.trigger].head
    governed = t.tokens[f.trigger].dep in ("obj", "obl", "obl:arg") and is_verb(t.tokens[verb]) and not negated(t, verb)
    if governed and t.tokens[verb].lemma in _REPEATING:
        return "renewed"
    dropped = (
        governed and t.tokens[verb].lemma in _DROPPING and any(t.tokens[k].lower in ("su", "sus") for k in t.kids[f.trigger])
    )
    return "abandoned" if dropped or shelved(a, f) else _status(a, f)


# ------------------------------------------------------------------------------------------------------ the same again


def merge(a: Analysis, found: list[Offered]) -> list[Offered]:
    """The same proposal of the same side told twice is one, with both passages; the first telling, or the list's, leads."""
    out: list[Offered] = []
    for o in found:
        for k, p in enumerate(out):
            if _same(a, p, o):
                lead, other = (o, p) if o.fact.part_of and not p.fact.part_of else (p, o)
                fact = replace(
                    lead.fact,
                    id=p.fact.id,
                    evidence=tuple(sorted((*lead.fact.evidence, *other.fact.evidence), key=lambda e: (e.start, e.end))),
                )
                out[k] = replace(lead, fact=fact, retold=(*lead.retold, *other.stretches))
                break
        else:
            out.append(o)
    return out


def _same(a: Analysis, p: Offered, o: Offered) -> bool:
    """Whether two tellings of one side share nearly all their words, or the second only takes up the first's noun."""
    if p.sentence == o.sentence or not p.fact.proposer or not o.fact.proposer or not p.words or not o.words:
        return False
    if not same_side(a, p.fact.proposer[0], o.fact.proposer[0]):
        return False
    shared = len(p.words & o.words)
    if shared >= 3 and shared >= 0.8 * min(len(p.words), len(o.words)):
        return True
    first = a.trees[o.sentence].tokens[o.first].lower
    taken_up = (
        first in ("el", "la", "los", "las", "ese", "esa", "dicho", "dicha") and o.words <= p.words and o.sentence > p.sentence
    )
    return taken_up and o.end - o.first <= _SHORT and o.sentence - p.sentence <= _NEAR
