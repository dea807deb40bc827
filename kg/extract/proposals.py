"""What somebody puts forward, asks for or offers: proposals with their parts, alternatives, addressees and status."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from kg.extract.analysis import Analysis
from kg.extract.context import factuality, passage
from kg.extract.frames import Frame
from kg.extract.statements import Attribution
from kg.extract.syntax import Tree, is_verb, tense, trim
from kg.model import Proposal, Span

ASKING = ("request", "demand", "petition")
NO_PROPOSAL = {"duda", "pregunta", "problema", "reto", "interrogante", "resistencia", "batalla", "desafío", "cuestión", "excusa", "disculpa", "dificultad", "queja", "objeción", "vez", "informe", "dato", "oportunidad", "garantía", "versión", "explicación", "credencial", "comentario", "declaración", "respuesta", "ejemplo", "resultado", "denuncia", "imagen", "espacio", "servicio", "anonimato", "silencio", "disculpas", "permiso", "cuentas", "palabra", "turno"}  # fmt: skip
NORMS = {"constitución", "ley", "código", "reglamento", "tratado", "convenio", "protocolo", "convención", "estatuto", "norma", "carta"}
_OFFICIALS = ("delegaci", "funcionari", "negociador", "autoridad", "asesor", "diplom", "equipo", "portavo", "vocer", "representante", "ministro", "canciller")
_AGAIN = ("de nuevo", "otra vez", "una vez más", "nuevamente", "reiter", "insist", "volvió a", "vuelve a", "volvieron a", "renov")
_NOUNS = {"propuesta", "oferta", "contrapropuesta", "contraoferta", "plan", "iniciativa", "alternativa", "ofrecimiento", "planteamiento", "petición", "solicitud", "pedido", "exigencia", "reclamo", "reclamación", "demanda", "requerimiento", "condición", "pliego", "fórmula", "paquete", "medida", "compromiso", "sugerencia"}  # fmt: skip
_ASKING_NOUNS = {"petición", "solicitud", "pedido", "exigencia", "reclamo", "reclamación", "demanda", "requerimiento", "condición", "pliego"}


@dataclass(frozen=True, slots=True)
class Offered:
    """A proposal with what later steps need: the sentence and tokens of its content, its content words, and the frame behind it."""

    fact: Proposal
    sentence: int
    first: int
    end: int
    words: frozenset[str]
    frame: Frame | None


def content_lemmas(t: Tree, first: int, end: int) -> frozenset[str]:
    """The lemmas of a stretch that carry content; a verbal noun and its verb share a stem of five letters."""
    return frozenset(x.lemma[:6] for x in t.tokens[first:end] if x.pos in ("NOUN", "VERB", "PROPN", "ADJ") and len(x.lemma) > 3)


def find_proposals(a: Analysis, frames: tuple[Frame, ...], attributions: tuple[Attribution, ...]) -> tuple[Offered, ...]:
    """All proposals of the document in order, parts after their whole; the same one told twice is told apart later."""
    found: list[Offered] = []
    seen: set[tuple[int, int]] = set()
    lists = _lists(a)
    for f in frames:
        if (f.sentence, f.trigger) in seen or not _proposes(a, f):
            continue
        made = list(_from_frame(a, f, attributions, len(found)))
        if made:
            seen.add((f.sentence, f.trigger))
            found.extend(made)
    found.extend(_from_lists(a, frames, attributions, lists, found))
    return tuple(found)


def _proposes(a: Analysis, f: Frame) -> bool:
    t = a.trees[f.sentence]
    if _heading(a, t):
        return False
    lex = a.lexicon
    if f.form == "verb":
        if f.negated or not f.agent:
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
                return lemma in _NOUNS
            if f.content is not None and _finite_tense(t, f.content) in ("conditional", "future", "past"):
                return False  # "sugirió que podría atacar" says, "sugirió que se reúnan" proposes
            return f.content is not None or f.theme is not None
        if f.agent and a.resolution.actors[f.agent[0]].label.split()[0].lower() in NORMS:
            return False  # what the Constitution demands is a norm
        if f.content is None and f.theme is not None and f.theme == t.tokens[f.trigger].head:
            return False  # "la llamada que solicitó": what was asked for is known already
        return any(lex.is_a(f.concept, c) for c in ASKING) and (f.content is not None or f.theme is not None or f.pronoun is not None)
    if f.form == "noun" and (f.concept == "offering" or any(lex.is_a(f.concept, c) for c in ASKING)):
        return f.content is not None and bool(f.agent)
    return False


def _finite_tense(t: Tree, i: int) -> str | None:
    """The tense of a clause with a finite verb, a modal's included ("podría atacar": conditional); None for an infinitive."""
    forms = [t.tokens[k].morph for k in (*t.kids[i], i) if (k == i or t.tokens[k].dep in ("aux", "cop")) and "VerbForm=Fin" in t.tokens[k].morph]
    if not forms:
        return None
    if "Mood=Cnd" in forms[0]:
        return "conditional"
    if "Mood=Sub" in forms[0]:
        return "subjunctive"
    return "future" if "Tense=Fut" in forms[0] else "past" if "Tense=Past" in forms[0] or "Tense=Imp" in forms[0] else "present"


def _heading(a: Analysis, t: Tree) -> bool:
    block = a.document.article.blocks[t.sentence.block]
    return block.kind == "heading" or a.text[block.start : block.start + 1] == "¿" and a.text[block.end - 1 : block.end] == "?"


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
    status = "renewed" if any(w in words for w in _AGAIN) else "pending" if conditional or factuality(a, f) == "possible" else "proposed"
    for number, (first, end) in enumerate(parts):
        if number == 0:
            span = t.span(min(f.first, first), max(end, min(f.end, end + 1)))
            if span.end - span.start > 2.5 * max(60, t.tokens[end - 1].end - t.tokens[first].start):
                span = t.span(min(f.trigger, first), end)
        else:
            span = t.span(first, end)
        label = _label(a, t, first, end)
        fact = Proposal(
            id=f"p{count + number + 1}", label=label, evidence=(passage(a, span, attributions, own=f.agent),), proposer=_proposer(a, f), addressee=addressee, status=status,
            rule=f"proposal-{f.concept}-{f.form}", triggers=(t.tokens[f.trigger].text,),
        )  # fmt: skip
        yield Offered(fact, f.sentence, first, end, content_lemmas(t, first, end), f)
    condition = _condition(t, f, whole)
    if condition is not None and f.concept == "offering":
        first, end = condition
        fact = Proposal(
            id=f"p{count + len(parts) + 1}", label=_label(a, t, first, end), evidence=(passage(a, t.span(first, end), attributions, own=f.agent),), proposer=_proposer(a, f), addressee=addressee,
            status=status, part_of=f"p{count + 1}", rule="proposal-condition", triggers=(t.tokens[first].text,),
        )  # fmt: skip
        yield Offered(fact, f.sentence, first, end, content_lemmas(t, first, end), f)


def _proposer(a: Analysis, f: Frame) -> tuple[str, ...]:
    return f.agent[:2]


def _label(a: Analysis, t: Tree, first: int, end: int) -> str:
    words = a.text[t.tokens[first].start : t.tokens[end - 1].end].strip()
    return words if len(words) <= 160 else words[:157].rsplit(" ", 1)[0] + "…"


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
            if ("Mood=Ind" in tokens[k].morph and "Mood=Sub" in tokens[head].morph) or (tokens[comma - 1].text == "," and not marked and "VerbForm=Fin" in tokens[k].morph):
                cuts.append((t.left[k], t.right[k], False))  # "que … faenen … y exige …": another sentence's verb
                continue
            if marked or ("VerbForm=Fin" in tokens[k].morph and "VerbForm=Fin" not in tokens[head].morph):
                cuts.append((t.left[k], t.right[k], marked))
        elif tokens[k].dep in ("acl:relcl", "advcl", "parataxis") and k > head and tokens[t.left[k]].text == "," and t.right[k] == end:
            end = min(end, t.left[k])
    out = []
    for left, right, marked in cuts:
        end = min(end, left)
        if marked:
            out.append(trim(t, left, right))
    first, end = trim(t, first, end)
    while first < end - 1 and tokens[first].lower in ("que", "a", "de", "en", "con", "por"):
        first += 1
    return [(first, end), *out] if end > first else [(head, head + 1)]


def _condition(t: Tree, f: Frame, whole: tuple[int, int]) -> tuple[int, int] | None:
    """"si México termina antes la planta", "siempre que se reabran …": what the offer hangs on."""
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


def _country(a: Analysis, actor: str) -> str | None:
    known = a.resolution.actors.get(actor)
    return (known.id if known.kind == "Country" else known.country) if known else None


def other_side(a: Analysis, agent: tuple[str, ...]) -> tuple[str, ...]:
    """In an article about two countries, what one side asks for is asked of the other."""
    if len(a.resolution.pair) != 2 or not agent:
        return ()
    country = _country(a, agent[0])
    if country not in a.resolution.pair:
        return ()
    kind = a.resolution.actors[agent[0]].kind
    official = a.resolution.actors[agent[0]].label.lower().startswith(_OFFICIALS)
    if kind in ("Party", "CivilOrganization", "Company", "MediaOutlet", "CriminalOrganization", "Group") and not official:
        return ()
    return tuple(c for c in a.resolution.pair if c != country)


# ---------------------------------------------------------------------------------------------------------------- lists


def _lists(a: Analysis) -> dict[int, list[int]]:
    """Lead-in block → its item blocks."""
    out: dict[int, list[int]] = {}
    for block in a.document.article.blocks:
        if block.lead_in is not None and block.kind in ("item", "paragraph"):
            out.setdefault(block.lead_in, []).append(block.index)
    return out


def _from_lists(a: Analysis, frames: tuple[Frame, ...], attributions: tuple[Attribution, ...], lists: dict[int, list[int]], found: list[Offered]) -> Iterator[Offered]:
    """A cue line and what it introduces: the whole from the line, a part from every item or "Que" sentence (B7 of the catalogue)."""
    count = len(found)
    for lead, items in lists.items():
        trees = [t for t in a.trees if t.sentence.block == lead]
        if not trees:
            continue
        t = trees[-1]
        cue = next((i for i, x in enumerate(t.tokens) if x.lemma in _NOUNS and x.pos == "NOUN"), None)
        verb = next((f for f in frames if f.sentence == t.sentence.index and f.form == "verb" and (f.concept == "offering" or a.lexicon.is_a(f.concept, "request"))), None)
        if cue is None and verb is None:
            continue
        proposer = _owner_of(a, t, cue, verb)
        if not proposer:
            continue
        addressee = other_side(a, proposer)
        count += 1
        whole_id = f"p{count}"
        span = Span(t.tokens[0].start, t.tokens[-1].end)
        parts = list(_items(a, items, lists[lead]))
        if not parts:
            count -= 1
            continue
        yield Offered(
            Proposal(id=whole_id, label=a.text[span.start : span.end].rstrip(": "), evidence=(passage(a, span, attributions, own=proposer),), proposer=proposer, addressee=addressee, rule="proposal-list", triggers=(t.tokens[cue].text if cue is not None else "",)),
            t.sentence.index, 0, len(t.tokens), content_lemmas(t, 0, len(t.tokens)), verb,
        )  # fmt: skip
        for sentence, first, end, item in parts:
            count += 1
            p = a.trees[sentence]
            own = _named_before_colon(a, p)
            if own is not None:  # "México: visas de trabajo …"
                who, first = own
                proposer, addressee = who, other_side(a, who)
            yield Offered(
                replace(
                    Proposal(id=f"p{count}", label=_label(a, p, first, end), evidence=(passage(a, item, attributions),), proposer=proposer, addressee=addressee, rule="proposal-list-item"),
                    part_of=whole_id,
                ),
                sentence, first, end, content_lemmas(p, first, end), None,
            )  # fmt: skip


def _items(a: Analysis, items: list[int], _: list[int]) -> Iterator[tuple[int, int, int, Span]]:
    for index in items:
        block = a.document.article.blocks[index]
        trees = [t for t in a.trees if t.sentence.block == index]
        if block.kind == "item" and trees:
            yield trees[0].sentence.index, 0, len(trees[0].tokens), Span(block.start, block.end)
        elif block.kind == "paragraph":
            for t in trees:
                first = t.tokens[0]
                if first.lower == "que" or "VerbForm=Inf" in first.morph:
                    yield t.sentence.index, 0, len(t.tokens), Span(first.start, t.tokens[-1].end)


def _named_before_colon(a: Analysis, t: Tree) -> tuple[tuple[str, ...], int] | None:
    """The side a list item names before a colon, and where its content begins."""
    colon = next((i for i, x in enumerate(t.tokens[:8]) if x.text == ":"), None)
    if colon is None or colon + 1 >= len(t.tokens):
        return None
    for i in range(colon):
        found = a.resolution.of(t.sentence.index, i)
        if found:
            return found[:2], colon + 1
    if t.tokens[0].lower in ("ambos", "ambas"):
        return a.resolution.pair, colon + 1
    return None


def _owner_of(a: Analysis, t: Tree, cue: int | None, verb: Frame | None) -> tuple[str, ...]:
    if verb is not None and verb.agent:
        return verb.agent[:1]
    if cue is None:
        return ()
    country = a.demonym(t, cue)
    if country:
        return (a.government(country),)
    for i, token in enumerate(t.tokens):
        if token.dep in ("nsubj", "nmod") and a.actors(t, i):
            return a.actors(t, i)[:1]
    return ()
