"""Who said what: direct and indirect quotations with their speakers, and the stretches of text that are somebody's word.

The order of the sieves for a quotation's speaker goes from precise to loose, as in the deterministic quote attributors (Muzny et
al. 2017): the verb of saying next to the marks, before or behind; the noun or adjective before a colon; the communicative verb that
governs a quoted stretch; the speaker of the quotation before it in the same paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kg.extract.analysis import Analysis
from kg.extract.dates import resolve_tense
from kg.extract.frames import Frame
from kg.extract.syntax import Tree, case, clause_span, is_verb, trim
from kg.model import Passage, Quote, Span, Statement, TimeValue

#: frames that introduce words: their clause gives a statement; the rest only marks a quoted stretch as its agent's
COMMUNICATION = frozenset({"saying", "claiming", "confirming", "denies", "affirms", "doubts", "supports", "opposes", "accuse", "request", "offering", "refusal", "threaten", "acceptance", "wanting", "agree", "promise", "complaint", "protest-note"})  # fmt: skip
_NO_INDIRECT = frozenset({"request", "offering", "refusal", "accuse", "affirms", "threaten", "acceptance", "wanting", "agree"})
_CUE_NOUNS = {"respuesta", "fórmula", "frase", "mensaje", "palabra", "lema", "consigna", "postura", "posición", "conclusión", "advertencia", "explicación", "resumen", "diagnóstico", "balance", "réplica", "comentario", "versión", "tesis", "promesa", "sentencia", "condición", "aviso", "ultimátum", "exigencia"}  # fmt: skip
_RELAYED = {"citar", "consultar", "entrevistar", "recoger", "contactar"}
_SOURCES = ("según", "de acuerdo con", "a juicio de", "en palabras de", "en opinión de", "a decir de", "conforme a", "para")
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Said:
    """One statement. ``quote`` is its words, ``evidence`` the words with their cue; ``date`` the characters of the cue's clause."""

    speaker: tuple[str, ...]
    quote: Span
    direct: bool
    evidence: Span
    cue: Span | None
    addressee: tuple[str, ...] = ()
    via: tuple[str, ...] = ()
    rule: str = ""
    trigger: str = ""


@dataclass(frozen=True, slots=True)
class Attribution:
    """A stretch of text that is somebody's word, not the newspaper's."""

    span: Span
    source: tuple[str, ...]
    via: tuple[str, ...] = ()


# ---------------------------------------------------------------------------------------------------------------- statements


def find_statements(a: Analysis, frames: tuple[Frame, ...]) -> tuple[Said, ...]:
    """All statements of the document in the order of their words."""
    by_sentence: dict[int, list[Frame]] = {}
    for f in frames:
        if f.concept in COMMUNICATION and f.form in ("verb", "noun"):
            by_sentence.setdefault(f.sentence, []).append(f)
    said: list[Said] = []
    said.extend(_direct(a, by_sentence))
    quoted = [s.quote for s in said]
    seen: set[tuple[int, int]] = set()
    for f in frames:
        if f.form == "verb" and f.concept in COMMUNICATION and f.concept not in _NO_INDIRECT and (f.sentence, f.trigger) not in seen:
            found = _indirect(a, f, quoted)
            if found is not None:
                seen.add((f.sentence, f.trigger))
                said.append(found)
    said.extend(_after_colon(a, quoted))
    return tuple(sorted(said, key=lambda s: (s.quote.start, s.quote.end)))


def _after_colon(a: Analysis, quoted: list[Span]) -> Iterator[Said]:
    """"La respuesta de X ha sido categórica: la soberanía no se negocia": a cue noun, a colon, and words without marks."""
    says = {lemma for lemma, vs in a.lexicon.verbs.items() if any(v.concept == "saying" for v in vs)}
    for t in a.trees:
        colon = next((i for i, x in enumerate(t.tokens) if x.text == ":"), None)
        if colon is None or colon + 2 >= len(t.tokens) or t.tokens[-1].text == ":":
            continue
        noun = next((i for i, x in enumerate(t.tokens[:colon]) if x.lemma in _CUE_NOUNS and x.pos == "NOUN"), None)
        if noun is None or not any(is_verb(x) for x in t.tokens[colon + 1 :]):
            continue
        words = t.span(*trim(t, colon + 1, len(t.tokens)))
        speaker = _owner(a, t, noun)
        if speaker and not any(q.overlaps(words) for q in quoted) and not a.quotes_in(words) and not any(x.lemma in says and x.pos == "VERB" for x in t.tokens[colon + 1 :]):
            yield Said(speaker, words, False, Span(t.tokens[0].start, words.end), Span(t.tokens[noun].start, t.tokens[noun].end), rule="indirect-colon", trigger=t.tokens[noun].text)


def _direct(a: Analysis, by_sentence: dict[int, list[Frame]]) -> list[Said]:
    out: list[Said] = []
    for quote in a.quotes:
        if quote.depth or not _WORD.search(a.text[quote.inner.start : quote.inner.end]):
            continue
        found = _cue(a, quote, by_sentence)
        block = _block_of(a, quote.outer.start)
        previous = next((s for s in reversed(out) if _block_of(a, s.quote.start) == block and s.direct), None)
        if found is None:
            words = len(_WORD.findall(a.text[quote.inner.start : quote.inner.end]))
            if previous is not None and words > 5:
                out.append(Said(previous.speaker, quote.inner, True, quote.outer, None, via=previous.via, rule="quote-continued"))
            elif quote.outer.start < quote.inner.start and a.text[quote.outer.start] in "—–R" and not a.text[quote.outer.end - 1 : quote.outer.end] in "”»\"":
                speaker_ = _who_answers(a, block, out)
                if speaker_:
                    out.append(Said(speaker_, quote.inner, True, quote.inner, None, rule="turn"))
            elif words > 4 and _a_sentence(a, quote):
                last = out[-1] if out else None
                if last is not None and _block_of(a, last.quote.start) >= block - 3:
                    out.append(Said(last.speaker, quote.inner, True, quote.outer, None, rule="quote-continued"))
            continue
        speaker, cue, addressee, via, rule, trigger = found
        if not speaker:
            continue
        if not via and previous is not None and previous.speaker == speaker:
            via = previous.via
        out.append(Said(speaker, quote.inner, True, _with_cue(a, quote, cue), cue, addressee, via, rule, trigger))
    return out


def _with_cue(a: Analysis, quote: Quote, cue: Span) -> Span:
    """The quotation and its cue, if they stand close together; else the quotation alone."""
    gap = max(cue.start - quote.outer.end, quote.outer.start - cue.end)
    if gap > 40 or cue.end - cue.start > 160:
        return quote.outer
    return Span(min(quote.outer.start, cue.start), max(quote.outer.end, cue.end))


def _block_of(a: Analysis, offset: int) -> int:
    return next((b.index for b in a.document.article.blocks if b.start <= offset < b.end), -1)


def _who_answers(a: Analysis, block: int, out: list[Said]) -> tuple[str, ...]:
    """Whose turn it is: the last one who answered, else the person the text introduced last before the questions began."""
    before = [s for s in out if s.rule == "turn"]
    if before and block - _block_of(a, before[-1].quote.start) <= 3:
        return before[-1].speaker
    found: tuple[str, ...] = ()
    for m, ids in zip(a.resolution.mentions, a.resolution.ids, strict=True):
        if a.document.sentences[m.sentence].block >= block:
            break
        if ids and a.resolution.actors[ids[0]].kind == "Person" and (m.kind in ("person", "name")):
            found = ids[:1]
    return found


def _a_sentence(a: Analysis, quote: Quote) -> bool:
    """Whether the quotation stands for itself, as a whole sentence: nothing of its sentence is outside of the marks."""
    before = a.text[max(0, quote.outer.start - 2) : quote.outer.start]
    return a.text[quote.inner.start].isupper() and (not before.strip() or before.strip()[-1:] in ".?!…:")


_Cue = tuple[tuple[str, ...], Span, tuple[str, ...], tuple[str, ...], str, str]


def _cue(a: Analysis, quote: Quote, by_sentence: dict[int, list[Frame]]) -> _Cue | None:
    near = [t for t in a.trees if t.tokens[0].start < quote.outer.end + 60 and t.tokens[-1].end > quote.outer.start - 1]
    block = _block_of(a, quote.outer.start)
    near = [t for t in near if t.sentence.block == block]
    frames = [(t, f) for t in near for f in by_sentence.get(t.sentence.index, ()) if not _inside(t, f, quote)]
    # 1. a verb of saying right behind the closing marks: "…", dijo X
    behind = [
        (t, f) for t, f in frames
        if f.form == "verb" and f.concept == "saying" and 0 <= t.tokens[f.trigger].start - quote.outer.end <= 30 and _only_small(a.text[quote.outer.end : t.tokens[f.trigger].start])
    ]  # fmt: skip
    if behind:
        t, f = min(behind, key=lambda x: x[0].tokens[x[1].trigger].start)
        report = _report_behind(a, t, f)
        speaker = report if report is not None else _post_verbal(a, t, f) or (_source_in_block(a, t, quote) if f.inferred else ()) or f.agent
        if speaker:
            return _result(a, t, f, speaker, "quote-said-behind", quote)
    unknown = _any_verb_behind(a, near, quote)
    if unknown is not None:
        return unknown
    same = [(t, f) for t, f in frames if t.tokens[0].start <= quote.outer.start]
    before = [(t, f) for t, f in same if t.tokens[f.trigger].start < quote.outer.start and f.form == "verb"]
    for t in near:  # "a quien el portal atribuye la frase «…»": the words are the other's
        for i, token in enumerate(t.tokens):
            if token.lemma in ("atribuir", "adjudicar", "achacar") and 0 < quote.outer.start - token.end < 40 and t.tokens[i].dep == "acl:relcl":
                speaker = a.actors(t, token.head)
                if speaker:
                    outlets = tuple(x for k in t.kids[i] for x in a.actors(t, k) if a.resolution.actors[x].kind == "MediaOutlet")
                    return speaker, Span(token.start, token.end), (), outlets, "quote-attributed", token.text
    # 2. the nearest communicative verb before the quotation in its sentence
    if before:
        order = sorted(before, key=lambda x: (-x[0].tokens[x[1].trigger].start, x[1].concept != "saying"))
        for t, f in order:
            if f.agent and not _closed_off(a, t, f, quote):
                return _result(a, t, f, f.agent, "quote-said-before", quote)
    # 3. a cue noun, or a colon
    for t in near:
        if t.tokens[0].start > quote.outer.start:
            continue
        gap = a.text[max(t.tokens[0].start, quote.outer.start - 3) : quote.outer.start]
        noun = next((i for i, token in enumerate(t.tokens) if token.lemma in _CUE_NOUNS and token.start < quote.outer.start), None)
        if noun is not None and (":" in gap or any(x.lower in ("la", "con") for x in t.tokens)):
            speaker = _owner(a, t, noun)
            if speaker:
                first, end = trim(t, *clause_span(t, noun))
                return speaker, Span(t.tokens[min(first, noun)].start, quote.outer.start), (), _relay(a, t, noun), "quote-cue-noun", t.tokens[noun].text
        if ":" in gap:
            heads = [i for i, token in enumerate(t.tokens) if token.start < quote.outer.start and token.dep in ("nsubj", "nsubj:pass") and a.actors(t, i)]
            if heads:
                return a.actors(t, heads[-1]), Span(t.tokens[heads[-1]].start, quote.outer.start), (), (), "quote-colon", ":"
    # 4. according-to before or behind
    for t in near:
        source = _according(a, t)
        if source is not None and abs(t.tokens[source[2]].start - quote.outer.end) < 200:
            return source[0], Span(t.tokens[source[2]].start, t.tokens[source[3] - 1].end), (), source[1], "quote-according-to", t.tokens[source[2]].text
    described = _described(a, near, quote)
    if described is not None:
        return described
    if len(_WORD.findall(a.text[quote.inner.start : quote.inner.end])) <= 5:
        return None
    # 5. a verb of saying behind, a little further away in the same sentence: "…" sobre X, dijo Y
    after = [(t, f) for t, f in frames if f.form == "verb" and f.concept == "saying" and 0 <= t.tokens[f.trigger].start - quote.outer.end <= 120 and t.tokens[0].start <= quote.outer.end]
    for t, f in after:
        if f.agent:
            return _result(a, t, f, f.agent, "quote-said-after", quote)
    return None


def _inside(t: Tree, f: Frame, quote: Quote) -> bool:
    return quote.outer.start <= t.tokens[f.trigger].start < quote.outer.end


def _any_verb_behind(a: Analysis, near: list[Tree], quote: Quote) -> _Cue | None:
    """"…", coreó la multitud: whatever verb stands between the closing marks and an actor says it."""
    for t in near:
        for i, token in enumerate(t.tokens):
            if token.start < quote.outer.end or token.pos != "VERB" or "VerbForm=Fin" not in token.morph:
                continue
            gap = a.text[quote.outer.end : token.start]
            if "," not in gap or len(gap) > 4 or not _only_small(gap):
                return None
            for j in range(i + 1, min(i + 4, len(t.tokens))):
                found = a.resolution.of(t.sentence.index, j)
                if found:
                    return found, Span(token.start, t.tokens[a.resolution.mentions[a.resolution.at[(t.sentence.index, j)]].last - 1].end), (), (), "quote-verb-behind", token.text
                if t.tokens[j].pos not in ("DET", "ADJ"):
                    return None
            return None
    return None


def _only_small(gap: str) -> bool:
    """Between the marks and the verb stand only commas, dashes, brackets and clitics."""
    return not re.search(r"[.;:?!]\s", gap) and not re.search(r"[.;:?!]\s+\S|\w{4,}|\b[ye]\b|\bque\b", gap.strip(" ,.—–-"))


def _closed_off(a: Analysis, t: Tree, f: Frame, quote: Quote) -> bool:
    """Whether another finite main clause begins between the verb and the quotation."""
    between = a.text[t.tokens[f.trigger].end : quote.outer.start]
    if f.concept in ("saying", "claiming"):
        return ";" in between
    if ";" in between or ". " in between:
        return True
    return len(between) > 90


def _post_verbal(a: Analysis, t: Tree, f: Frame) -> tuple[str, ...]:
    """Spanish inverts after a quotation: the speaker follows the verb."""
    for j in range(f.trigger + 1, min(f.trigger + 4, len(t.tokens))):
        if t.tokens[j].text in ",.;:" or t.tokens[j].pos == "ADP":
            return ()
        found = a.resolution.of(t.sentence.index, j)
        if found:
            head = next((k for k in range(j, min(j + 8, len(t.tokens))) if t.tokens[k].dep in ("nsubj", "obj", "appos", "obl") and a.actors(t, k)), None)
            return (a.actors(t, head) if head is not None and found[0] in a.actors(t, head) else ()) or found
    return ()


_REPORTS = {"reporte", "informe", "reportaje", "nota", "artículo", "crónica", "texto", "documento", "comunicado", "estudio", "diario", "periódico"}


def _report_behind(a: Analysis, t: Tree, f: Frame) -> tuple[str, ...] | None:
    """"…", explica el reporte: the outlet whose report was spoken of; None where no paper speaks."""
    j = f.trigger + 1
    while j < len(t.tokens) and t.tokens[j].pos in ("DET", "ADJ"):
        j += 1
    if j >= len(t.tokens) or t.tokens[j].lemma not in _REPORTS or a.resolution.of(t.sentence.index, j):
        return None
    for m, found in zip(reversed(a.resolution.mentions), reversed(a.resolution.ids), strict=True):
        if found and m.span.start < t.tokens[f.trigger].start and a.resolution.actors[found[0]].kind == "MediaOutlet":
            return found[:1]
    return ()


def _source_in_block(a: Analysis, t: Tree, quote: Quote) -> tuple[str, ...]:
    """The source that "para X" or "según X" named before a quotation in its paragraph."""
    for other in reversed(a.trees[: t.sentence.index]):
        if other.sentence.block != t.sentence.block:
            return ()
        source = _according(a, other)
        if source is not None and a.resolution.actors[source[0][0]].kind != "MediaOutlet":
            return source[0]
    return ()


def _result(a: Analysis, t: Tree, f: Frame, speaker: tuple[str, ...], rule: str, quote: Quote) -> _Cue:
    first, end = f.trigger, f.trigger + 1
    if f.subject is not None and abs(f.subject - f.trigger) < 12:
        first, end = min(first, t.left[f.subject]), max(end, t.right[f.subject])
    for k in t.kids[f.trigger]:
        if t.tokens[k].dep in ("obl", "obl:arg", "advmod") and t.right[k] - t.left[k] <= 8 and not (quote.outer.start <= t.tokens[k].start < quote.outer.end):
            first, end = min(first, t.left[k]), max(end, t.right[k])
    first, end = trim(t, first, end)
    start, stop = t.tokens[first].start, t.tokens[end - 1].end
    if start < quote.outer.start < stop:
        stop = quote.outer.start
    if start < quote.outer.end < stop and start >= quote.outer.start:
        start = quote.outer.end
    via, addressee = venue(a, t, f.trigger)
    via = via or _relay_of_subject(a, t, f)
    return speaker, Span(start, max(stop, start + 1)), addressee, via, rule, t.tokens[f.trigger].text


def venue(a: Analysis, t: Tree, verb: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The outlet somebody spoke to or through ("declaró a Radio X", "en la red X"), and whom they addressed."""
    via: list[str] = []
    addressee: list[str] = []
    stack = [k for k in t.kids[verb] if t.tokens[k].dep in ("obl", "obl:arg", "obj", "nmod", "iobj", "obl:agent")]
    for k in stack:
        preposition = case(t, k)
        found = a.actors(t, k) or tuple(x for m in t.kids[k] if t.tokens[m].dep in ("nmod", "appos", "flat", "nummod") for x in a.resolution.of(t.sentence.index, m))
        for x in found:
            kind = a.resolution.actors[x].kind
            if preposition in ("a", "en", "con", "ante", "por", "de") and kind == "MediaOutlet":
                via.append(x)
            elif preposition in ("a", "ante"):
                addressee.append(x)
    return tuple(via), tuple(addressee) or tuple(via)


def _relay_of_subject(a: Analysis, t: Tree, f: Frame) -> tuple[str, ...]:
    return _relay(a, t, f.subject) if f.subject is not None and f.subject < len(t.tokens) else ()


def _relay(a: Analysis, t: Tree, noun: int) -> tuple[str, ...]:
    """The outlet in "funcionarios citados por el NYT": a participle behind the noun, wherever the parser hung it."""
    right = max(t.right[noun], noun + 1)
    for j in range(noun + 1, min(right + 1, len(t.tokens))):
        if t.tokens[j].lemma in _RELAYED or t.tokens[j].lower.startswith(("citad", "consultad", "entrevistad", "recogid")):
            for k in range(j + 1, min(j + 9, len(t.tokens))):
                for x in a.resolution.of(t.sentence.index, k):
                    if a.resolution.actors[x].kind == "MediaOutlet":
                        return (x,)
                if t.tokens[k].text == ",":
                    break
    return ()


def _owner(a: Analysis, t: Tree, noun: int) -> tuple[str, ...]:
    """Whose "respuesta" or "fórmula" it is: its "de", its demonym, or the subject of the clause it is the object of."""
    for k in t.kids[noun]:
        if t.tokens[k].dep == "nmod" and case(t, k) == "de" and a.actors(t, k):
            return a.actors(t, k)
    head = t.tokens[noun].head
    for k in t.kids[head]:
        if t.tokens[k].dep == "nsubj" and k != noun and a.actors(t, k):
            return a.actors(t, k)
    country = a.demonym(t, noun)
    return (a.government(country),) if country else ()


def _described(a: Analysis, near: list[Tree], quote: Quote) -> _Cue | None:
    """"descrita por X como de «…»"; "a quien Y atribuye la frase «…»" has its own verb."""
    for t in near:
        for i, token in enumerate(t.tokens):
            if any(x.lower == "no" for x in t.tokens[max(0, i - 4) : i]):
                continue
            if token.start < quote.outer.start and quote.outer.start - token.end < 60 and token.lower.rstrip("s").endswith(("ado", "ada", "ido", "ida", "ita", "ito")):
                for k in range(i + 1, min(i + 8, len(t.tokens))):
                    if t.tokens[k].start >= quote.outer.start:
                        break
                    if t.tokens[i + 1].lower == "por":
                        found = a.resolution.of(t.sentence.index, k)
                        if found:
                            return found, Span(token.start, t.tokens[k].end), (), (), "quote-described", token.text
    return None


def _indirect(a: Analysis, f: Frame, quoted: list[Span]) -> Said | None:
    """The clause a verb of saying governs, as an indirect statement, without the parts that stand between quotation marks."""
    t = a.trees[f.sentence]
    tokens = t.tokens
    if not f.agent or (f.negated and f.concept != "denies") or f.tense == "subjunctive" or any(x.text == "?" for x in tokens[-2:]):
        return None
    trigger = tokens[f.trigger]
    quote = a.quote_at(trigger.start)
    content = f.content
    parenthetical = content is None and trigger.dep == "parataxis" and tokens[trigger.head].i != f.trigger
    denial = f.concept == "denies" or trigger.lemma in ("negar", "desmentir", "descartar")
    if content is None and not parenthetical:
        content = _main_clause_around(t, f) or _asyndetic(t, f)
        if content is None:
            return None
    finite = content is not None and ("VerbForm=Fin" in tokens[content].morph or any("VerbForm=Fin" in tokens[k].morph for k in t.kids[content]))
    if content is not None and not finite and not (denial and f.concept == "denies"):
        return None
    if quote is not None and not _first_person(trigger.morph) and "Number=Plur" not in trigger.morph:
        return None
    if quote is not None:
        return None
    if parenthetical:
        spans = _parenthetical_span(t, f)
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
        return None
    if any(q.depth == 0 and 0 < q.outer.start - stop <= 4 and ":" in a.text[stop : q.outer.start] for q in a.quotes):
        return None  # what comes before a colon and a quotation is the quotation's summary
    if denial and content is not None:
        words = Span(trigger.start, stop)
    if len(_WORD.findall(a.text[words.start : words.end])) < 2:
        return None
    near = f.subject is not None and abs(f.subject - f.trigger) < 25
    cue_first = min(f.trigger, t.left[f.subject]) if near and f.subject is not None else f.trigger
    evidence = Span(min(tokens[cue_first].start, words.start), max(words.end, trigger.end))
    via, addressee = venue(a, t, f.trigger)
    return Said(f.agent, words, False, evidence, Span(trigger.start, trigger.end), addressee, via or _relay_of_subject(a, t, f), "indirect-" + f.concept, trigger.text)


def _first_person(morph: str) -> bool:
    return "Person=1" in morph


def _main_clause_around(t: Tree, f: Frame) -> int | None:
    """"Tampoco la pidieron, aclara": the clause before a verb of saying that closes the sentence."""
    tokens = t.tokens
    if f.trigger + 3 < len(tokens) and f.form == "verb":
        return None
    for k in t.kids[f.trigger]:
        if is_verb(tokens[k]) and k < f.trigger and "VerbForm=Fin" in tokens[k].morph and tokens[k].dep in ("advcl", "ccomp", "conj", "parataxis"):
            return k
    return None


def _asyndetic(t: Tree, f: Frame) -> int | None:
    """"En 2024, me contó un funcionario, ambos gobiernos estuvieron …": the clause the verb of saying was put into."""
    tokens = t.tokens
    for k in t.kids[f.trigger]:
        if k > f.trigger and tokens[k].dep in ("conj", "parataxis") and is_verb(tokens[k]) and not any(tokens[m].dep == "cc" for m in t.kids[k]):
            before = t.left[k] - 1
            if before > 0 and (tokens[before].text == "," or tokens[t.left[k]].text == ","):
                return k
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
            if any(q.overlaps(span) for q in quoted):
                end = min(end, t.left[k])
            elif tokens[k].dep == "parataxis" or (tokens[k].dep == "conj" and tokens[t.left[k]].text == ";"):
                end = min(end, t.left[k])
    for i in range(max(first, content) + 1, end):
        if tokens[i].text == ";":
            end = i
            break
    for q in quoted:  # "…, extremo que un portavoz calificó de «falso»": somebody else's words on it
        start = t.tokens[first].start
        if start < q.start < t.tokens[end - 1].end:
            comma = max((i for i in range(first, end) if tokens[i].text in (",", "—", "–") and tokens[i].start < q.start), default=None)
            if comma is not None and any(tokens[i].pos == "VERB" and tokens[i].lemma in a.lexicon.verbs for i in range(comma, end) if tokens[i].start < q.start):
                end = min(end, comma)
    if f.trigger > content:
        end = min(end, f.trigger)
    elif first <= f.trigger:
        first = f.trigger + 1
    return trim(t, first, end)


# ---------------------------------------------------------------------------------------------------------------- attribution


def _according(a: Analysis, t: Tree) -> tuple[tuple[str, ...], tuple[str, ...], int, int] | None:
    """The source of "según X", "de acuerdo con X": source, relaying outlet, first token, end token."""
    tokens = t.tokens
    for i, token in enumerate(tokens):
        lower = token.lower
        phrase = None
        if lower in ("según", "conforme"):
            phrase = 1
        elif lower == "de" and i + 2 < len(tokens) and tokens[i + 1].lower == "acuerdo" and tokens[i + 2].lower == "con":
            phrase = 3
        elif lower in ("a", "en") and i + 2 < len(tokens) and tokens[i + 1].lower in ("juicio", "palabras", "opinión", "decir") and tokens[i + 2].lower in ("de", "del"):
            phrase = 3
        elif lower == "para" and i == 0 and len(tokens) > 3:
            phrase = 1
        if phrase is None:
            continue
        for j in range(i + phrase, min(i + phrase + 9, len(tokens))):
            if tokens[j].text == "," or is_verb(tokens[j]) and tokens[j].lemma not in _RELAYED:
                break
            found = a.resolution.of(t.sentence.index, j)
            if found:
                index = a.resolution.at[(t.sentence.index, j)]
                end = a.resolution.mentions[index].last
                if lower == "para" and a.resolution.actors[found[0]].kind not in ("Person", "Group"):
                    break
                relay = _relay(a, t, j)
                if all(a.resolution.actors[x].kind == "MediaOutlet" for x in found):
                    relay = found
                return found, relay, i, end
    return None


def find_attributions(a: Analysis, said: tuple[Said, ...], frames: tuple[Frame, ...]) -> tuple[Attribution, ...]:
    """The stretches that are somebody's word: statements' words, sentences with "según X", what an accusation or a belief tells."""
    out = [Attribution(s.quote, s.speaker, s.via) for s in said]
    for t in a.trees:
        source = _according(a, t)
        if source is not None:
            who, via, first, end = source
            out.append(Attribution(_scope(a, t, first, end), who, via))
    for f in frames:
        if f.form != "verb" or not f.agent:
            continue
        t = a.trees[f.sentence]
        if f.concept in ("accuse", "threaten") and (f.content is not None or f.theme is not None) and a.quote_at(t.tokens[f.trigger].start) is None:
            head = f.content if f.content is not None else f.theme
            assert head is not None
            if head > f.trigger:
                via, _ = venue(a, t, f.trigger)
                out.append(Attribution(t.span(t.left[head], t.right[head]), f.agent, via))
    return tuple(out)


def _scope(a: Analysis, t: Tree, first: int, end: int) -> Span:
    """What "según X" covers: the clause it stands in; the whole sentence when it opens it."""
    tokens = t.tokens
    start, stop = 0, len(tokens)
    for j in range(first - 1, -1, -1):  # back to a semicolon, or to a coordinated clause
        if tokens[j].text in (";",):
            start = j + 1
            break
    for j in range(end, len(tokens)):
        if tokens[j].text in (";",):
            stop = j
            break
    if first > 2:  # behind: only the clause before it
        for j in range(first - 1, start, -1):
            if tokens[j].lower in ("mientras",) and tokens[j - 1].text == ",":
                start = j
                break
    if start >= stop:
        return t.span(0, len(tokens))
    return t.span(start, stop)


def attribution_of(attributions: tuple[Attribution, ...], span: Span) -> Attribution | None:
    """Whose word a stretch is: the smallest attributed stretch that covers it, or most of it."""
    best: Attribution | None = None
    for x in attributions:
        shared = min(x.span.end, span.end) - max(x.span.start, span.start)
        if shared >= 0.6 * (span.end - span.start) and (best is None or x.span.end - x.span.start < best.span.end - best.span.start):
            best = x
    return best


def statement_facts(a: Analysis, said: tuple[Said, ...]) -> tuple[Statement, ...]:
    """The statements as facts, with ids in order and the date of their cue's clause."""
    out = []
    for number, s in enumerate(said):
        quote = a.text[s.quote.start : s.quote.end]
        evidence = _evidence(a, s.evidence)
        when = _when(a, s)
        out.append(
            Statement(
                id=f"q{number + 1}", label=f"{', '.join(a.resolution.actors[x].label for x in s.speaker)}: {quote if len(quote) <= 100 else quote[:97].rsplit(' ', 1)[0] + '…'}",
                evidence=(evidence,), speaker=s.speaker, quote=quote, direct=s.direct, addressee=s.addressee, via=s.via, rule=s.rule, triggers=(s.trigger,) if s.trigger else (),
                start_date=when.begin if when else None, end_date=when.end if when else None, date_text=a.text[when.span.start : when.span.end] if when else None,
            )
        )  # fmt: skip
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
    near = Span(s.cue.start - 60, s.cue.end + 60)
    values = [d for d in a.dates_in(near) if d.kind == "date" and not d.span.overlaps(s.quote) and d.begin is not None]
    cue = s.cue
    return resolve_tense(min(values, key=lambda d: abs(d.span.start - cue.start)), "past", a.document.article.date) if values else None
