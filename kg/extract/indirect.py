"""What a verb of saying tells in a clause without quotation marks: "dijo que …", "…, explica, …", "dijo que es «un papel» y que …"."""

from __future__ import annotations

from typing import Final

from kg.extract.analysis import Analysis
from kg.extract.cues import speech_form
from kg.extract.frames import Frame
from kg.extract.interruptions import closing_span, interposed_span, parenthetical_span
from kg.extract.named_voices import named_behind
from kg.extract.said import WORD, Said
from kg.extract.sources import cited, relay_of_subject, venue
from kg.extract.syntax import Tree, finite_morph, is_finite, is_verb, trim
from kg.model import Span

#: An interruption ("…, contó ayer a este diario un asesor, …") has no more tokens than this.
_INTERRUPTION: Final = 16
#: A quoted comment has no more words than this.
_COMMENT: Final = 5
_TELLING: Final = frozenset({"saying", "claiming", "confirming", "denies"})
#: Verbs of saying that accuse: what they tell is an event of their own, no statement (convention 15).
#: Verbs whose bare infinitive is told and not planned: "alega no tener", but "piensa acudir", "promete volver".
_OWNING: Final = frozenset(
    {
        "decir",
        "asegurar",
        "afirmar",
        "alegar",
        "sostener",
        "reconocer",
        "admitir",
        "confesar",
        "creer",
        "declarar",
        "aducir",
        "jurar",
    }
    | {"negar", "desmentir", "confirmar", "aseverar", "manifestar", "argumentar", "argüir", "lamentar"}
)
#: Verbs of saying that ask with a subjunctive: "insistió en que salgan".
_ASKING: Final = frozenset(
    {
        "insistir",
        "sugerir",
        "plantear",
        "decir",
        "reiterar",
        "advertir",
        "avisar",
        "repetir",
        "responder",
        "contestar",
        "recordar",
    }
)
_ACCUSING: Final = frozenset({"denunciar"})


def indirect(a: Analysis, f: Frame, quoted: list[Span]) -> Said | None:
    """The clause a verb of saying governs, as an indirect statement, without the parts that stand between quotation marks."""
    t = a.trees[f.sentence]
    tokens = t.tokens
    around = interposed_span(t, f) if f.concept in _TELLING else None
    agent = _agent(a, t, f, around is not None)
    if (
        not agent
        or (f.negated and f.concept != "denies" and around is None)
        or f.tense == "subjunctive"
        or any(x.text == "?" for x in tokens[-2:])
    ):
        return None
    trigger = tokens[f.trigger]
    if trigger.lemma in _ACCUSING:
        return None
    quote = a.quote_at(trigger.start)
    content = f.content if f.content is not None or f.concept not in _TELLING else _que_behind(a, t, f)
    parenthetical = around is not None or (content is None and trigger.dep == "parataxis" and tokens[trigger.head].i != f.trigger)
    content = None if parenthetical else content
    if content is None and around is None and f.concept in _TELLING:
        around = closing_span(t, f)
        parenthetical = parenthetical or around is not None
    if content is None and not parenthetical:
        content = _own_infinitive(t, f)
    denial = f.concept == "denies" or trigger.lemma in ("negar", "desmentir", "descartar")
    if content is None and f.concept not in _TELLING:
        return None
    if (
        content is not None
        and content < f.trigger
        and any(tokens[content].end <= q.outer.start < trigger.start for q in a.quotes)
    ):
        return None  # "X se opone: «…», dijo": the verb's words are the quoted ones
    if content is not None and tokens[content].lower == "decir":
        return None  # "mandó decir que …" is told by "decir"
    if content is None and not parenthetical:
        content = _main_clause_around(t, f) or _asyndetic(t, f)
        if content is None:
            return None
    finite = content is not None and (
        "VerbForm=Fin" in tokens[content].morph or any("VerbForm=Fin" in tokens[k].morph for k in t.kids[content])
    )
    if content is not None and not finite and not (denial and f.concept == "denies") and not _of_its_own(t, f, content):
        return None
    asking = content is not None and content > f.trigger and f.concept in ("saying", "supports") and trigger.lemma in _ASKING
    if asking and content is not None and "Mood=Sub" in finite_morph(t, content):
        return None  # "insistió en que 300 soldados acompañen a …" asks
    if quote is not None and not _first_person(trigger.morph) and "Number=Plur" not in trigger.morph:
        return None
    if quote is not None:
        return None
    if parenthetical:
        spans = around or parenthetical_span(t, f)
        if spans is None:
            return None
        first, end = spans
    else:
        assert content is not None
        first, end = _content_span(a, t, content, f, quoted)
    if end <= first:
        return None
    opening = first == 0 or tokens[first - 1].text in (";", ":")  # "De no hacerlo, advirtió, …", "; en Ilo, añade, …"
    while end - first > 1 and tokens[first].lower in (("que",) if opening else ("que", "en", "de", "con", "a")):
        first += 1
        if tokens[first - 1].lower == "que":
            break
    while end - first > 1 and tokens[first].text == ",":
        first += 1  # "advierte de que, si …"
    start, stop = tokens[first].start, tokens[end - 1].end
    words = Span(start, stop)
    if parenthetical and any(q.overlaps(words) for q in quoted):
        words = _before_marks(t, f, words, quoted) or words
        stop = words.end
    if any(q.overlaps(words) for q in quoted):
        other = _clause_without_marks(a, t, f, quoted) or _up_to_comment(a, t, words, quoted, content)
        if other is None:
            return None
        words, stop = other, other.end
    if any(q.depth == 0 and 0 < q.outer.start - stop <= 4 and ":" in a.text[stop : q.outer.start] for q in a.quotes):
        return None  # what comes before a colon and a quotation is the quotation's summary
    if denial and content is not None:
        words = Span(trigger.start, stop)
    if len(WORD.findall(a.text[words.start : words.end])) < 2 and not (content is not None and is_verb(tokens[content])):
        return None
    near = f.subject is not None and abs(f.subject - f.trigger) < 25
    cue_first = min(f.trigger, t.left[f.subject]) if near and f.subject is not None else f.trigger
    evidence = Span(min(tokens[cue_first].start, words.start), max(words.end, trigger.end))
    via, addressee = venue(a, t, f.trigger)
    if len(agent) == 1 and a.resolution.actors[agent[0]].kind == "MediaOutlet":
        since = t.left[f.subject] if f.subject is not None and f.subject < f.trigger else f.trigger
        until = content if content is not None and content > f.trigger else len(tokens)
        sources = cited(a, t, agent[0], since, until)
        via, agent = (agent, sources) if sources else (via, agent)
    return Said(
        agent,
        words,
        False,
        evidence,
        Span(trigger.start, trigger.end),
        addressee,
        via or relay_of_subject(a, t, f),
        "indirect-" + f.concept,
        trigger.text,
    )


def _agent(a: Analysis, t: Tree, f: Frame, interposed: bool) -> tuple[str, ...]:
    """Who says what stands before or around the verb: whoever stands bare behind it, "…, contó a la radio un asesor"; nobody where that is
    no actor; else the frame's agent."""
    before = interposed or (f.content is not None and f.content < f.trigger)
    own = f.subject is not None and (not interposed if f.subject < f.trigger else not f.inferred)
    if not before or f.form != "verb" or (own and f.agent):
        return f.agent
    speaker, named, _ = named_behind(a, t, f.trigger)
    return speaker if named else f.agent


def _of_its_own(t: Tree, f: Frame, content: int) -> bool:
    """Whether an infinitive right behind the verb is what its subject says of itself: "alega no tener los informes"."""
    tokens = t.tokens
    first = min([content, *t.children(content, "aux", "cop")])
    if tokens[f.trigger].lemma not in _OWNING or first < f.trigger or "VerbForm=Inf" not in tokens[first].morph:
        return False
    between = tokens[f.trigger + 1 : first]
    return all(x.lower in ("no", "nunca", "ya", "tampoco") for x in between)


def _own_infinitive(t: Tree, f: Frame) -> int | None:
    """The infinitive right behind the verb that its subject says of itself, wherever the parser hung it: "que desmiente haber cedido"."""
    k = f.trigger + 1
    while k < len(t.tokens) and t.tokens[k].lower in ("no", "nunca", "ya", "tampoco"):
        k += 1
    if k >= len(t.tokens) or "VerbForm=Inf" not in t.tokens[k].morph or t.tokens[f.trigger].lemma not in _OWNING:
        return None
    head = t.tokens[k].head if t.tokens[k].dep in ("aux", "cop") else k
    return head if head >= k else None


def _que_behind(a: Analysis, t: Tree, f: Frame) -> int | None:
    """The clause of a "que" that an addressee or an aside parts from its verb: "aseguró a este diario, bajo reserva, que hay militares"."""
    tokens = t.tokens
    if f.trigger + 1 >= len(tokens) or tokens[f.trigger + 1].pos not in ("ADP", "ADV", "PUNCT"):
        return None  # "prometió 40 agentes, que …" has its object
    for k in range(f.trigger + 1, min(f.trigger + _INTERRUPTION, len(tokens))):
        token = tokens[k]
        if token.text in (";", ":") or a.quote_at(token.start) is not None or (is_verb(token) and "VerbForm=Fin" in token.morph):
            return None
        closed = [x.text for x in tokens[f.trigger + 1 : k]].count(",") > 1  # one comma: "con una oferta, que Managua sopesa"
        if token.lower == "que" and token.pos == "SCONJ" and tokens[k - 1].text == "," and closed:
            return next((m for m in range(k + 1, len(tokens)) if is_verb(tokens[m]) and "VerbForm=Fin" in tokens[m].morph), None)
    return None


def _first_person(morph: str) -> bool:
    return "Person=1" in morph


def _main_clause_around(t: Tree, f: Frame) -> int | None:
    """ "Tampoco la pidieron, aclara": the clause before a verb of saying that closes the sentence."""
    tokens = t.tokens
    if f.trigger + 3 < len(tokens) and f.form == "verb":
        return None
    for k in t.kids[f.trigger]:
        if (
            is_verb(tokens[k])
            and k < f.trigger
            and "VerbForm=Fin" in tokens[k].morph
            and tokens[k].dep in ("advcl", "ccomp", "conj", "parataxis")
        ):
            return k
    return None


def _asyndetic(t: Tree, f: Frame) -> int | None:
    """ "En 2024, me contó un funcionario, ambos gobiernos estuvieron …": the clause the verb of saying was put into."""
    tokens = t.tokens
    for k in t.kids[f.trigger]:
        if (
            k > f.trigger
            and tokens[k].dep in ("conj", "parataxis")
            and is_verb(tokens[k])
            and not any(tokens[m].dep == "cc" for m in t.kids[k])
        ):
            before = t.left[k] - 1
            if before > 0 and (tokens[before].text == "," or tokens[t.left[k]].text == ","):
                return k
    return None


def _before_marks(t: Tree, f: Frame, words: Span, quoted: list[Span]) -> Span | None:
    """What an interrupted clause tells before the first quotation in it: "los bidones, afirmó, los compran ellos, y X los «conoce»"."""
    tokens = t.tokens
    mark = min(q.start for q in quoted if q.overlaps(words))
    inside = [k for k, x in enumerate(tokens) if words.start <= x.start < mark]
    comma = next((k for k in reversed(inside) if tokens[k].text in (",", ";")), None)
    if comma is None:
        return None
    told = [k for k in inside if f.trigger < k < comma and is_finite(tokens[k]) and tokens[k].dep != "acl:relcl"]
    if not told or comma <= inside[0]:
        return None
    first, end = trim(t, inside[0], comma)
    return t.span(first, end) if end > first else None


def _clause_without_marks(a: Analysis, t: Tree, f: Frame, quoted: list[Span]) -> Span | None:
    """ "dijo que es «un papel» y que no firmarán": the coordinated clause behind a quotation that has no words between marks."""
    tokens = t.tokens
    for k in range(f.trigger + 1, len(tokens) - 1):
        if tokens[k].text in (";", ":") and a.quote_at(tokens[k].start) is None:
            return None
        if (
            tokens[k].lower != "que"
            or tokens[k - 1].lower not in ("y", "e", "pero", "ni")
            or a.quote_at(tokens[k].start) is not None
        ):
            continue
        head = tokens[k].head
        if head <= k or not any(q.start < tokens[k].start and q.start > tokens[f.trigger].start for q in quoted):
            continue
        words = t.span(*trim(t, k + 1, max(t.right[head], head + 1)))
        if not any(q.overlaps(words) for q in quoted):
            return words
    return None


def _up_to_comment(a: Analysis, t: Tree, words: Span, quoted: list[Span], content: int | None) -> Span | None:
    """A clause up to the quoted comment set off behind it: "reconoció que autorizó la misión, | «uno y nada más», …"."""
    mark = min(q.start for q in quoted if q.overlaps(words))
    before = a.text[words.start : mark].rstrip(" «“\"‘'")
    if content is None or not before.endswith(",") or t.tokens[content].start >= mark or not is_verb(t.tokens[content]):
        return None
    end = words.start + len(before) - 1
    short = len(WORD.findall(a.text[mark : next((q.end for q in quoted if q.start == mark), mark)])) <= _COMMENT
    return Span(words.start, end) if short and len(WORD.findall(before)) > _COMMENT // 2 else None


def _content_span(a: Analysis, t: Tree, content: int, f: Frame, quoted: list[Span]) -> tuple[int, int]:
    """The content clause with those of its coordinated clauses that hold no quotation."""
    tokens = t.tokens
    first, end = t.left[content], t.right[content]
    for k in t.kids[content]:
        if tokens[k].dep == "advcl" and k > content and "VerbForm=Ger" in tokens[k].morph and tokens[t.left[k]].text == ",":
            end = min(end, t.left[k])
        if tokens[k].dep in ("conj", "parataxis") and k > content and t.right[k] > k:
            span = t.span(t.left[k], t.right[k])
            if (
                any(q.overlaps(span) for q in quoted)
                or tokens[k].dep == "parataxis"
                or (tokens[k].dep == "conj" and tokens[t.left[k]].text == ";")
            ):
                end = min(end, t.left[k])
    for i in range(max(first, content) + 1, end):
        if tokens[i].text == ";":
            end = i
            break
        told = i + 1 < end and tokens[i + 1].lower == "que" and is_verb(tokens[i]) and "Mood=Ind" in tokens[i].morph
        if told and tokens[i - 1].lower in ("y", "e") and speech_form(a, tokens[i]):
            end = i - 1  # "considera que … y recuerda que …": the second is a statement of its own
            break
    for q in quoted:  # "…, extremo que un portavoz calificó de «falso»": somebody else's words on it
        start = t.tokens[first].start
        if start < q.start < t.tokens[end - 1].end:
            comma = max(
                (i for i in range(first, end) if tokens[i].text in (",", "—", "–") and tokens[i].start < q.start), default=None
            )
            if comma is not None and any(
                tokens[i].pos == "VERB" and tokens[i].lemma in a.lexicon.verbs
                for i in range(comma, end)
                if tokens[i].start < q.start
            ):
                end = min(end, comma)
    for above in t.ancestors(f.trigger):
        if above > content and is_verb(tokens[above]):  # "X, quien asegura haber visto el borrador, emplazó al Gobierno"
            end = min(end, max((k for k in range(content, above) if tokens[k].text == ","), default=above))
    if f.trigger > content:
        end = min(end, f.trigger)
    elif first <= f.trigger:
        first = f.trigger + 1
    return trim(t, first, end)
