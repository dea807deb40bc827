"""What somebody puts forward, asks for or offers: proposals with their parts, alternatives, addressees and status."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from kg.extract.analysis import Analysis
from kg.extract.context import factuality, passage
from kg.extract.frames import Frame
from kg.extract.offered import PROPOSAL_NOUNS, Offered, content_lemmas, country_of, label, other_side
from kg.extract.proposal_lists import add_lists
from kg.extract.said import Attribution
from kg.extract.syntax import Tree, is_verb, tense, trim
from kg.model import Proposal

ASKING = ("request", "demand", "petition")
NO_PROPOSAL = {
    "duda",
    "pregunta",
    "problema",
    "reto",
    "interrogante",
    "resistencia",
    "batalla",
    "desafío",
    "cuestión",
    "excusa",
    "disculpa",
    "dificultad",
    "queja",
    "objeción",
    "vez",
    "informe",
    "dato",
    "oportunidad",
    "garantía",
    "versión",
    "explicación",
    "credencial",
    "comentario",
    "declaración",
    "respuesta",
    "ejemplo",
    "resultado",
    "denuncia",
    "imagen",
    "espacio",
    "servicio",
    "anonimato",
    "silencio",
    "disculpas",
    "cuentas",
    "palabra",
    "turno",
}
_ANSWERING = {
    "aceptar",
    "rechazar",
    "descartar",
    "apoyar",
    "respaldar",
    "estudiar",
    "evaluar",
    "analizar",
    "ignorar",
    "desoír",
    "vetar",
    "aprobar",
    "criticar",
    "aplaudir",
    "incluir",
    "contemplar",
    "avalar",
    "desechar",
    "acoger",
    "desestimar",
    "examinar",
    "agradecer",
}
NORMS = {
    "constitución",
    "ley",
    "código",
    "reglamento",
    "tratado",
    "convenio",
    "protocolo",
    "convención",
    "estatuto",
    "norma",
    "carta",
}
_AGAIN = ("de nuevo", "otra vez", "una vez más", "nuevamente", "reiter", "insist", "volvió a", "vuelve a", "volvieron a", "renov")


def find_proposals(a: Analysis, frames: tuple[Frame, ...], attributions: tuple[Attribution, ...]) -> tuple[Offered, ...]:
    """All proposals of the document in order, parts after their whole; the same one told twice is told apart later."""
    found: list[Offered] = []
    seen: set[tuple[int, int]] = set()
    for f in frames:
        if (f.sentence, f.trigger) in seen or not _proposes(a, f):
            continue
        made = list(_from_frame(a, f, attributions, len(found)))
        if made:
            seen.add((f.sentence, f.trigger))
            found.extend(made)
    found.extend(_from_threats(a, frames, attributions, len(found)))
    return tuple(merge(a, add_lists(a, frames, attributions, found)))


def _proposes(a: Analysis, f: Frame) -> bool:
    t = a.trees[f.sentence]
    if in_heading(a, t):
        return False
    lex = a.lexicon
    if f.form == "verb":
        if f.negated or not f.agent or _denied(t, f):
            return False
        lemma = t.tokens[f.theme].lemma if f.theme is not None else ""
        if lemma in NO_PROPOSAL:
            return False
        if f.concept == "wanting":
            if f.content is not None:
                return tense(t, f.content) == "subjunctive"
            return f.theme is not None and t.tokens[f.theme].pos == "NOUN" and t.tokens[f.trigger].lemma == "querer"
        if f.concept == "offering":
            if f.tense == "conditional" and f.content is None and f.theme is None:
                return False
            if t.tokens[f.trigger].lemma in ("presentar", "formular"):
                return lemma in PROPOSAL_NOUNS
            if f.content is not None and _finite_tense(t, f.content) in ("conditional", "future", "past"):
                return False  # "sugirió que podría atacar" says, "sugirió que se reúnan" proposes
            return f.content is not None or f.theme is not None
        if f.agent and a.resolution.actors[f.agent[0]].label.split()[0].lower() in NORMS:
            return False  # what the Constitution demands is a norm
        if not any(lex.is_a(f.concept, c) for c in ASKING):
            return False
        if f.content is None and f.theme is not None and f.theme == t.tokens[f.trigger].head:
            known = lex.nouns.get(lemma) or lex.nouns.get(t.tokens[f.theme].lower) or ()
            if t.tokens[f.theme].pos != "NOUN" or any(lex.is_a(v.concept, "consult") for v in known):
                return False  # "la llamada que solicitó" is told elsewhere
        return f.content is not None or f.theme is not None or f.pronoun is not None
    if f.form == "noun" and (f.concept == "offering" or any(lex.is_a(f.concept, c) for c in ASKING)):
        answered = t.tokens[t.tokens[f.trigger].head].lemma in _ANSWERING and t.tokens[f.trigger].dep in (
            "obj",
            "nsubj",
            "nsubj:pass",
            "obl",
        )
        return (f.content is not None or (f.theme is not None and answered)) and bool(f.agent)
    return False


def _finite_tense(t: Tree, i: int) -> str | None:
    """The tense of a clause with a finite verb, a modal's included ("podría atacar": conditional); None for an infinitive."""
    forms = [
        t.tokens[k].morph
        for k in (*t.kids[i], i)
        if (k == i or t.tokens[k].dep in ("aux", "cop")) and "VerbForm=Fin" in t.tokens[k].morph
    ]
    if not forms:
        return None
    if "Mood=Cnd" in forms[0]:
        return "conditional"
    if "Mood=Sub" in forms[0]:
        return "subjunctive"
    return "future" if "Tense=Fut" in forms[0] else "past" if "Tense=Past" in forms[0] or "Tense=Imp" in forms[0] else "present"


def _denied(t: Tree, f: Frame) -> bool:
    """ "negó que haya ofrecido dinero": what is denied is not put forward."""
    head = t.tokens[f.trigger].head
    return (
        t.tokens[f.trigger].dep in ("ccomp", "xcomp", "acl:relcl")
        and head < f.trigger
        and t.tokens[head].lemma in ("negar", "desmentir", "rechazar", "descartar")
    )


def in_heading(a: Analysis, t: Tree) -> bool:
    block = a.document.article.blocks[t.sentence.block]
    return block.kind == "heading" or (a.text[block.start : block.start + 1] == "¿" and a.text[block.end - 1 : block.end] == "?")


def _from_frame(a: Analysis, f: Frame, attributions: tuple[Attribution, ...], count: int) -> Iterator[Offered]:
    t = a.trees[f.sentence]
    head = f.content if f.content is not None else f.theme
    if head is None:
        if f.pronoun is None:
            return
        head = f.trigger
    parts = _parts(t, head, f)
    whole = (min(p[0] for p in parts), max(p[1] for p in parts))
    addressee = _addressee(a, t, f, head)
    conditional = f.tense == "conditional"
    words = a.text[t.tokens[f.first].start : t.tokens[f.end - 1].end].lower()
    status = (
        "renewed"
        if any(w in words for w in _AGAIN)
        else "pending"
        if conditional or factuality(a, f) == "possible"
        else "proposed"
    )
    for number, (first, end) in enumerate(parts):
        if number == 0:
            span = t.span(min(f.first, first), max(end, min(f.end, end + 1)))
            if span.end - span.start > 2.5 * max(60, t.tokens[end - 1].end - t.tokens[first].start):
                span = t.span(min(f.trigger, first), end)
        else:
            span = t.span(first, end)
        words_ = label(a, t, first, end)
        fact = Proposal(
            id=f"p{count + number + 1}",
            label=words_,
            evidence=(passage(a, span, attributions, own=f.agent),),
            proposer=_proposer(a, f),
            addressee=addressee,
            status=status,
            rule=f"proposal-{f.concept}-{f.form}",
            triggers=(t.tokens[f.trigger].text,),
        )
        yield Offered(fact, f.sentence, first, end, content_lemmas(t, first, end), f)
    condition = _condition(t, f, whole)
    if condition is not None and f.concept == "offering":
        first, end = condition
        fact = Proposal(
            id=f"p{count + len(parts) + 1}",
            label=label(a, t, first, end),
            evidence=(passage(a, t.span(first, end), attributions, own=f.agent),),
            proposer=_proposer(a, f),
            addressee=addressee,
            status=status,
            part_of=f"p{count + 1}",
            rule="proposal-condition",
            triggers=(t.tokens[first].text,),
        )
        yield Offered(fact, f.sentence, first, end, content_lemmas(t, first, end), f)


def _proposer(a: Analysis, f: Frame) -> tuple[str, ...]:
    return f.agent[:2]


def _parts(t: Tree, head: int, f: Frame) -> list[tuple[int, int]]:
    """The stretches of content: one, or one for each coordinated "que" clause and for what stands beside one."""
    tokens = t.tokens
    first, end = t.left[head], t.right[head]
    if first <= f.trigger < end and head != f.trigger:
        first = f.trigger + 1 if f.trigger < head else first
        end = f.trigger if f.trigger > head else end
    cuts = []
    for k in t.kids[head]:
        if tokens[k].dep == "conj" and k > head and is_verb(tokens[k]):
            marked = any(tokens[m].lower == "que" and m < k for m in t.kids[k])
            comma = next((m for m in t.kids[k] if tokens[m].dep == "cc"), k)
            if ("Mood=Ind" in tokens[k].morph and "Mood=Sub" in tokens[head].morph) or (
                tokens[comma - 1].text == "," and not marked and "VerbForm=Fin" in tokens[k].morph
            ):
                cuts.append((t.left[k], t.right[k], False))  # "que … faenen … y exige …": another sentence's verb
                continue
            if marked or ("VerbForm=Fin" in tokens[k].morph and "VerbForm=Fin" not in tokens[head].morph):
                cuts.append((t.left[k], t.right[k], marked))
        elif (
            tokens[k].dep in ("acl:relcl", "advcl", "parataxis")
            and k > head
            and tokens[t.left[k]].text == ","
            and t.right[k] == end
        ):
            end = min(end, t.left[k])
    out = []
    for left, right, marked in cuts:
        end = min(end, left)
        if marked:
            out.append(trim(t, left, right))
    first, end = trim(t, first, end)
    while end - 1 > first and tokens[end - 1].lower in ("que", "a", "de", "la", "el", "los", "las", "en"):
        end -= 1
    while first < end - 1 and tokens[first].lower in ("que", "a", "de", "en", "con", "por"):
        first += 1
    return [(first, end), *out] if end > first else [(head, head + 1)]


def _condition(t: Tree, f: Frame, whole: tuple[int, int]) -> tuple[int, int] | None:
    """ "si México termina antes la planta", "siempre que se reabran …": what the offer hangs on."""
    for i, token in enumerate(t.tokens):
        if token.dep == "advcl" and i > f.trigger and is_verb(token):
            marks = [t.tokens[k].lower for k in t.kids[i] if t.tokens[k].dep == "mark" and k < i]
            if marks and marks[0] in ("si", "siempre", "salvo", "cuando"):
                return trim(t, t.left[i], t.right[i])
    return None


def _addressee(a: Analysis, t: Tree, f: Frame, head: int) -> tuple[str, ...]:
    if f.patient:
        return f.patient[:2]
    if is_verb(t.tokens[head]):
        for k in t.kids[head]:
            if t.tokens[k].dep in ("nsubj", "nsubj:pass"):
                actors = a.actors(t, k)
                kind = a.resolution.actors[actors[0]].kind if actors else None
                if actors and not set(actors) & set(f.agent) and kind not in ("Group", "MediaOutlet", "Company"):
                    return actors[:1]
    return other_side(a, f.agent)


# -------------------------------------------------------------------------------------------- threats, and the same again


def _from_threats(a: Analysis, frames: tuple[Frame, ...], attributions: tuple[Attribution, ...], count: int) -> Iterator[Offered]:
    """ "si no retira las boyas, …" in a threat asks for what it says is not done."""
    for f in frames:
        if f.form != "verb" or f.concept not in ("threaten", "warning", "saying", "claiming") or not f.agent:
            continue
        t = a.trees[f.sentence]
        for i, token in enumerate(t.tokens):
            if (
                token.dep != "advcl"
                or not is_verb(token)
                or not any(t.tokens[k].lower == "si" and k < i for k in t.kids[i])
                or not any(t.tokens[k].lower == "no" for k in t.kids[i])
            ):
                continue
            head = t.tokens[token.head]
            strikes = any(
                x.concept in _STRIKING or a.lexicon.is_a(x.concept, "sanction") or a.lexicon.is_a(x.concept, "accuse")
                for x in frames
                if x.sentence == f.sentence and x.trigger == head.i
            )
            if not strikes and f.concept not in ("threaten", "warning"):
                continue
            first, end = trim(t, t.left[i], t.right[i])
            count += 1
            fact = Proposal(
                id=f"p{count}",
                label=label(a, t, first, end),
                evidence=(passage(a, t.span(first, end), attributions, own=f.agent),),
                proposer=f.agent[:1],
                addressee=f.patient[:1] or other_side(a, f.agent),
                rule="proposal-in-threat",
                triggers=(t.tokens[f.trigger].text, "si no"),
            )
            yield Offered(fact, f.sentence, first, end, content_lemmas(t, first, end), None)
            break
        else:
            continue
        break


_STRIKING = {"complaint", "tariff", "closure", "suspension", "cut-off", "strike", "attack"}


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
    if p.sentence == o.sentence or not p.fact.proposer or not o.fact.proposer or not p.words or not o.words:
        return False
    if country_of(a, p.fact.proposer[0]) != country_of(a, o.fact.proposer[0]) and p.fact.proposer != o.fact.proposer:
        return False
    shared = len(p.words & o.words)
    return shared >= 3 and shared >= 0.8 * min(len(p.words), len(o.words))
