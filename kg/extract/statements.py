"""Who said what: direct and indirect quotations with their speakers, and the stretches of text that are somebody's word.

The order of the sieves for a quotation's speaker goes from precise to loose, as in the deterministic quote attributors (Muzny et
al. 2017): the verb of saying next to the marks, before or behind; the noun or adjective before a colon; the communicative verb that
governs a quoted stretch; the speaker of the quotation before it in the same paragraph.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from kg.extract.analysis import Analysis
from kg.extract.cues import speech_form
from kg.extract.dates import resolve_tense
from kg.extract.frames import Frame
from kg.extract.lexicon import lemmas_of
from kg.extract.quotations import direct
from kg.extract.said import COMMUNICATION, WORD, Said, block_of
from kg.extract.sources import CUE_NOUNS, owner, relay_of_subject, venue
from kg.extract.syntax import Tree, clause_span, is_verb, trim
from kg.model import Passage, Span, Statement, TimeValue

#: An interruption ("…, contó ayer a este diario un asesor, …") has no more tokens than this.
_INTERRUPTION = 16
#: An interruption may come this soon in the sentence, before any verb: "lo segundo, contó X, lo planteó Y".
_OPENING = 6
_TELLING = frozenset({"saying", "claiming", "confirming", "denies"})
#: How far from the cue, in characters, the day of a statement may stand in its sentence.
_DATE_REACH = 60
#: Verbs of saying that accuse: what they tell is an event of their own, no statement (convention 15).
_ACCUSING = frozenset({"denunciar"})
_NO_INDIRECT = frozenset({"request", "offering", "refusal", "accuse", "affirms", "threaten", "acceptance", "wanting", "agree"})


def find_statements(a: Analysis, frames: tuple[Frame, ...]) -> tuple[Said, ...]:
    """All statements of the document in the order of their words."""
    by_sentence: dict[int, list[Frame]] = {}
    for f in frames:
        if f.concept in COMMUNICATION and f.form in ("verb", "noun"):
            by_sentence.setdefault(f.sentence, []).append(f)
    said: list[Said] = []
    said.extend(direct(a, by_sentence))
    quoted = [s.quote for s in said]
    seen: set[tuple[int, int]] = set()
    for f in frames:
        if (
            f.form == "verb"
            and f.concept in COMMUNICATION
            and f.concept not in _NO_INDIRECT
            and (f.sentence, f.trigger) not in seen
        ):
            found = _indirect(a, f, quoted)
            if found is not None:
                seen.add((f.sentence, f.trigger))
                said.append(found)
    said.extend(_after_colon(a, quoted))
    said.extend(_carried(a, frames))
    return tuple(_with_outlets(a, sorted(said, key=lambda s: (s.quote.start, s.quote.end))))


def _with_outlets(a: Analysis, said: list[Said]) -> Iterator[Said]:
    """The statements in order; whoever spoke to an outlet goes on speaking to it in the paragraph."""
    block, via = -1, dict[tuple[str, ...], tuple[str, ...]]()
    for s in said:
        here = block_of(a, s.quote.start)
        if here != block:
            block, via = here, {}
        if s.via:
            via[s.speaker] = s.via
        yield s if s.via else replace(s, via=via.get(s.speaker, ()))


def _carried(a: Analysis, frames: tuple[Frame, ...]) -> Iterator[Said]:
    """ "…, como publicó la Gazeta citando a dos asesores": what the clause before tells is the sources' word, by the outlet."""
    for f in frames:
        t = a.trees[f.sentence]
        tokens = t.tokens
        if f.form != "verb" or f.concept != "saying" or not f.agent or a.resolution.actors[f.agent[0]].kind != "MediaOutlet":
            continue
        opening = next(
            (k for k in range(f.trigger - 1, max(-1, f.trigger - 3), -1) if tokens[k].lower in ("como", "según")), None
        )
        if opening is None or opening < 2 or tokens[opening - 1].text != ",":
            continue
        end = next((k for k in range(f.trigger, len(tokens)) if tokens[k].text in (";", ".")), len(tokens))
        source = _cited(a, t, f.trigger, end)
        clause = next((k for k in range(opening - 2, -1, -1) if tokens[k].lower == "que" or tokens[k].text in (";", ":")), -1)
        words = t.span(*trim(t, clause + 1, opening - 1)) if opening - 1 > clause + 1 else None
        if not source or words is None or a.quotes_in(words):
            continue
        cue = Span(tokens[f.trigger].start, tokens[f.trigger].end)
        evidence = Span(words.start, tokens[end - 1].end)
        yield Said(source, words, False, evidence, cue, via=f.agent, rule="indirect-carried", trigger=tokens[f.trigger].text)


def _cited(a: Analysis, t: Tree, first: int, end: int) -> tuple[str, ...]:
    """Whom an outlet cites: "citando a X", "con base en el testimonio de X", "que cita a X"."""
    for k in range(first + 1, end):
        token = t.tokens[k]
        if token.lemma == "citar" or token.lower.startswith("citando") or token.lower in ("base", "testimonio", "basándose"):
            for j in range(k + 1, end):
                found = a.resolution.of(t.sentence.index, j)
                if found and a.resolution.actors[found[0]].kind != "MediaOutlet":
                    return found
    return ()


def _after_colon(a: Analysis, quoted: list[Span]) -> Iterator[Said]:
    """ "La respuesta de X ha sido categórica: la soberanía no se negocia": a cue noun, a colon, and words without marks."""
    says = lemmas_of(a.document.article.language, "saying", "verb")
    for t in a.trees:
        colon = next((i for i, x in enumerate(t.tokens) if x.text == ":"), None)
        if colon is None or colon + 2 >= len(t.tokens) or t.tokens[-1].text == ":":
            continue
        noun = next((i for i, x in enumerate(t.tokens[:colon]) if x.lemma in CUE_NOUNS and x.pos == "NOUN"), None)
        if noun is None or not any(is_verb(x) for x in t.tokens[colon + 1 :]):
            continue
        words = t.span(*trim(t, colon + 1, len(t.tokens)))
        speaker = owner(a, t, noun)
        if (
            speaker
            and not any(q.overlaps(words) for q in quoted)
            and not a.quotes_in(words)
            and not any(x.lemma in says and x.pos == "VERB" for x in t.tokens[colon + 1 :])
        ):
            yield Said(
                speaker,
                words,
                False,
                Span(t.tokens[0].start, words.end),
                Span(t.tokens[noun].start, t.tokens[noun].end),
                rule="indirect-colon",
                trigger=t.tokens[noun].text,
            )


def _indirect(a: Analysis, f: Frame, quoted: list[Span]) -> Said | None:
    """The clause a verb of saying governs, as an indirect statement, without the parts that stand between quotation marks."""
    t = a.trees[f.sentence]
    tokens = t.tokens
    if (
        not f.agent
        or (f.negated and f.concept != "denies")
        or f.tense == "subjunctive"
        or any(x.text == "?" for x in tokens[-2:])
    ):
        return None
    trigger = tokens[f.trigger]
    if trigger.lemma in _ACCUSING:
        return None
    quote = a.quote_at(trigger.start)
    content = f.content
    around = _interposed_span(t, f) if f.concept in _TELLING else None
    parenthetical = around is not None or (content is None and trigger.dep == "parataxis" and tokens[trigger.head].i != f.trigger)
    content = None if parenthetical else content
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
    if content is not None and not finite and not (denial and f.concept == "denies"):
        return None
    if quote is not None and not _first_person(trigger.morph) and "Number=Plur" not in trigger.morph:
        return None
    if quote is not None:
        return None
    if parenthetical:
        spans = around or _parenthetical_span(t, f)
        if spans is None:
            return None
        first, end = spans
    else:
        assert content is not None
        first, end = _content_span(a, t, content, f, quoted)
    if end <= first:
        return None
    while end - first > 1 and tokens[first].lower in ("que", "en", "de", "con", "a"):
        first += 1
        if tokens[first - 1].lower == "que":
            break
    start, stop = tokens[first].start, tokens[end - 1].end
    words = Span(start, stop)
    if any(q.overlaps(words) for q in quoted):
        other = _clause_without_marks(a, t, f, quoted)
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
    return Said(
        f.agent,
        words,
        False,
        evidence,
        Span(trigger.start, trigger.end),
        addressee,
        via or relay_of_subject(a, t, f),
        "indirect-" + f.concept,
        trigger.text,
    )


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


def _interposed_span(t: Tree, f: Frame) -> tuple[int, int] | None:
    """The clause that ", explica," or ", contó a este diario un asesor," interrupts, with the interruption in it."""
    tokens, i = t.tokens, f.trigger
    first = i
    while first > 0 and tokens[first - 1].lower in ("me", "le", "les", "nos", "se", "lo", "ha", "han", "había", "habían"):
        first -= 1
    if first < 2 or tokens[first - 1].text not in (",", "—", "–"):
        return None
    end = next((k for k in range(i + 1, len(tokens)) if tokens[k].text in (",", ";", ":", "—", "–", ".")), len(tokens))
    between = tokens[i + 1 : end]
    if end >= len(tokens) or tokens[end].text not in (",", "—", "–") or end - i > _INTERRUPTION:
        return None
    if any(x.lower in ("que", "de", "y", "e") for x in between[:1]) or any(
        is_verb(x) and "VerbForm=Fin" in x.morph for x in between
    ):
        return None
    if t.children(i, "cc") and min(t.children(i, "cc")) < i:
        return None
    start = next((k + 1 for k in range(first - 2, -1, -1) if tokens[k].text in (";", ":")), 0)
    stop = next((k for k in range(end, len(tokens)) if tokens[k].text == ";"), len(tokens))
    said = [
        k for k in (*range(start, first - 1), *range(end + 1, stop)) if is_verb(tokens[k]) and "VerbForm=Fin" in tokens[k].morph
    ]
    before = [k for k in said if k < first and tokens[k].dep not in ("acl:relcl", "advcl", "acl")]
    opened = first - start <= _OPENING or any(tokens[k].lower == "si" for k in range(start, min(start + 2, first)))
    if not said or not (before or opened):
        return None
    if end + 1 < len(tokens) and tokens[end + 1].lower == "que":
        return None  # "advirtió, en cadena nacional, que …"
    return trim(t, start, stop)


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


def _parenthetical_span(t: Tree, f: Frame) -> tuple[int, int] | None:
    """The clause that "…, afirmó, …" interrupts."""
    head = t.tokens[f.trigger].head
    if not (f.trigger and t.tokens[f.trigger - 1].text == ",") or f.trigger + 1 >= len(t.tokens):
        return None
    colon = next((i for i in range(f.trigger) if t.tokens[i].text == ":"), None)
    if colon is not None:
        return trim(t, colon + 1, len(t.tokens))
    return trim(t, *clause_span(t, head))


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


def statement_facts(a: Analysis, said: tuple[Said, ...]) -> tuple[Statement, ...]:
    """The statements as facts, with ids in order and the date of their cue's clause."""
    out = []
    for number, s in enumerate(x for x in said if a.text[x.quote.start : x.quote.end].strip(" ,.;:")):
        quote = a.text[s.quote.start : s.quote.end]
        evidence = _evidence(a, s.evidence)
        when = _when(a, s)
        speakers = ", ".join(a.resolution.actors[x].label for x in s.speaker)
        short = quote if len(quote) <= 100 else quote[:97].rsplit(" ", 1)[0] + "…"
        out.append(
            Statement(
                id=f"q{number + 1}",
                label=f"{speakers}: {short}",
                evidence=(evidence,),
                speaker=s.speaker,
                quote=quote,
                direct=s.direct,
                addressee=s.addressee,
                via=s.via,
                rule=s.rule,
                triggers=(s.trigger,) if s.trigger else (),
                start_date=when.begin if when else None,
                end_date=when.end if when else None,
                date_text=a.text[when.span.start : when.span.end] if when else None,
            )
        )
    return tuple(out)


def _evidence(a: Analysis, span: Span) -> Passage:
    start, end = span
    while start < end and a.text[start] in " ,;:\n":
        start += 1
    while end > start and a.text[end - 1] in " ,;:\n":
        end -= 1
    return Passage(start, end, a.text[start:end])


def _when(a: Analysis, s: Said) -> TimeValue | None:
    """The date in the cue's words, outside of the quotation."""
    if s.cue is None:
        return None
    here = next((x for x in a.document.sentences if x.start <= s.cue.start < x.end), None)
    if here is None:
        return None
    near = Span(max(here.start, s.cue.start - _DATE_REACH), min(here.end, s.cue.end + _DATE_REACH))
    values = [d for d in a.dates_in(near) if d.kind == "date" and not d.span.overlaps(s.quote) and d.begin is not None]
    cue = s.cue
    return (
        resolve_tense(min(values, key=lambda d: abs(d.span.start - cue.start)), "past", a.document.article.date)
        if values
        else None
    )
