"""Direct quotations and their speakers.

The sieves go from precise to loose, as in deterministic quote attribution (Muzny et al. 2017): the verb of saying next to the marks, the
communicative verb before them, a cue noun or a colon, "según X", a verb further behind, the speaker of the quotation before.
"""

from __future__ import annotations

import re

from kg.extract.analysis import Analysis
from kg.extract.frames import Frame
from kg.extract.said import WORD, Said, block_of
from kg.extract.sources import CUE_NOUNS, according, owner, relay, relay_of_subject, venue
from kg.extract.syntax import Tree, clause_span, trim
from kg.model import Quote, Span


def direct(a: Analysis, by_sentence: dict[int, list[Frame]]) -> list[Said]:
    out: list[Said] = []
    for quote in a.quotes:
        if quote.depth or not WORD.search(a.text[quote.inner.start : quote.inner.end]):
            continue
        found = _cue(a, quote, by_sentence)
        block = block_of(a, quote.outer.start)
        previous = next((s for s in reversed(out) if block_of(a, s.quote.start) == block and s.direct), None)
        if found is None:
            words = len(WORD.findall(a.text[quote.inner.start : quote.inner.end]))
            if previous is not None and words > 5:
                out.append(Said(previous.speaker, quote.inner, True, quote.outer, None, via=previous.via, rule="quote-continued"))
            elif (
                quote.outer.start < quote.inner.start
                and a.text[quote.outer.start] in "—–R"
                and a.text[quote.outer.end - 1 : quote.outer.end] not in '”»"'
            ):
                speaker_ = _who_answers(a, block, out)
                if speaker_:
                    out.append(Said(speaker_, quote.inner, True, quote.inner, None, rule="turn"))
            elif words > 4 and _a_sentence(a, quote):
                last = out[-1] if out else None
                if last is not None and block_of(a, last.quote.start) >= block - 3:
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


def _who_answers(a: Analysis, block: int, out: list[Said]) -> tuple[str, ...]:
    """Whose turn it is: the last one who answered, else the person the text introduced last before the questions began."""
    before = [s for s in out if s.rule == "turn"]
    if before and block - block_of(a, before[-1].quote.start) <= 3:
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
    block = block_of(a, quote.outer.start)
    near = [t for t in near if t.sentence.block == block]
    frames = [(t, f) for t in near for f in by_sentence.get(t.sentence.index, ()) if not _inside(t, f, quote)]
    # 1. a verb of saying right behind the closing marks: "…", dijo X
    behind = [
        (t, f)
        for t, f in frames
        if f.form == "verb"
        and f.concept == "saying"
        and 0 <= t.tokens[f.trigger].start - quote.outer.end <= 30
        and _only_small(a.text[quote.outer.end : t.tokens[f.trigger].start])
    ]
    if behind:
        t, f = min(behind, key=lambda x: x[0].tokens[x[1].trigger].start)
        report = _report_behind(a, t, f)
        speaker = (
            report
            if report is not None
            else _post_verbal(a, t, f) or (_source_in_block(a, t, quote) if f.inferred else ()) or f.agent
        )
        if speaker:
            return _result(a, t, f, speaker, "quote-said-behind", quote)
    unknown = _any_verb_behind(a, near, quote)
    if unknown is not None:
        return unknown
    same = [(t, f) for t, f in frames if t.tokens[0].start <= quote.outer.start]
    before = [(t, f) for t, f in same if t.tokens[f.trigger].start < quote.outer.start and f.form == "verb"]
    for t in near:  # "a quien el portal atribuye la frase «…»": the words are the other's
        for i, token in enumerate(t.tokens):
            if (
                token.lemma in ("atribuir", "adjudicar", "achacar")
                and 0 < quote.outer.start - token.end < 40
                and t.tokens[i].dep == "acl:relcl"
            ):
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
        noun = next((i for i, token in enumerate(t.tokens) if token.lemma in CUE_NOUNS and token.start < quote.outer.start), None)
        if noun is not None and (":" in gap or any(x.lower in ("la", "con") for x in t.tokens)):
            speaker = owner(a, t, noun)
            if speaker:
                first, _ = trim(t, *clause_span(t, noun))
                return (
                    speaker,
                    Span(t.tokens[min(first, noun)].start, quote.outer.start),
                    (),
                    relay(a, t, noun),
                    "quote-cue-noun",
                    t.tokens[noun].text,
                )
        if ":" in gap:
            heads = [
                i
                for i, token in enumerate(t.tokens)
                if token.start < quote.outer.start and token.dep in ("nsubj", "nsubj:pass") and a.actors(t, i)
            ]
            if heads:
                return a.actors(t, heads[-1]), Span(t.tokens[heads[-1]].start, quote.outer.start), (), (), "quote-colon", ":"
    # 4. according-to before or behind
    for t in near:
        source = according(a, t)
        if source is not None and abs(t.tokens[source[2]].start - quote.outer.end) < 200:
            return (
                source[0],
                Span(t.tokens[source[2]].start, t.tokens[source[3] - 1].end),
                (),
                source[1],
                "quote-according-to",
                t.tokens[source[2]].text,
            )
    described = _described(a, near, quote)
    if described is not None:
        return described
    if len(WORD.findall(a.text[quote.inner.start : quote.inner.end])) <= 5:
        return None
    # 5. a verb of saying behind, a little further away in the same sentence: "…" sobre X, dijo Y
    after = [
        (t, f)
        for t, f in frames
        if f.form == "verb"
        and f.concept == "saying"
        and 0 <= t.tokens[f.trigger].start - quote.outer.end <= 120
        and t.tokens[0].start <= quote.outer.end
    ]
    for t, f in after:
        if f.agent:
            return _result(a, t, f, f.agent, "quote-said-after", quote)
    return None


def _inside(t: Tree, f: Frame, quote: Quote) -> bool:
    return quote.outer.start <= t.tokens[f.trigger].start < quote.outer.end


def _any_verb_behind(a: Analysis, near: list[Tree], quote: Quote) -> _Cue | None:
    """ "…", coreó la multitud: whatever verb stands between the closing marks and an actor says it."""
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
                    return (
                        found,
                        Span(token.start, t.tokens[a.resolution.mentions[a.resolution.at[(t.sentence.index, j)]].last - 1].end),
                        (),
                        (),
                        "quote-verb-behind",
                        token.text,
                    )
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
            head = next(
                (
                    k
                    for k in range(j, min(j + 8, len(t.tokens)))
                    if t.tokens[k].dep in ("nsubj", "obj", "appos", "obl") and a.actors(t, k)
                ),
                None,
            )
            return (a.actors(t, head) if head is not None and found[0] in a.actors(t, head) else ()) or found
    return ()


_REPORTS = {
    "reporte",
    "informe",
    "reportaje",
    "nota",
    "artículo",
    "crónica",
    "texto",
    "documento",
    "comunicado",
    "estudio",
    "diario",
    "periódico",
}


def _report_behind(a: Analysis, t: Tree, f: Frame) -> tuple[str, ...] | None:
    """ "…", explica el reporte: the outlet whose report was spoken of; None where no paper speaks."""
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
        source = according(a, other)
        if source is not None and a.resolution.actors[source[0][0]].kind != "MediaOutlet":
            return source[0]
    return ()


def _result(a: Analysis, t: Tree, f: Frame, speaker: tuple[str, ...], rule: str, quote: Quote) -> _Cue:
    first, end = f.trigger, f.trigger + 1
    if f.subject is not None and abs(f.subject - f.trigger) < 12:
        first, end = min(first, t.left[f.subject]), max(end, t.right[f.subject])
    for k in t.kids[f.trigger]:
        if (
            t.tokens[k].dep in ("obl", "obl:arg", "advmod")
            and t.right[k] - t.left[k] <= 8
            and not (quote.outer.start <= t.tokens[k].start < quote.outer.end)
        ):
            first, end = min(first, t.left[k]), max(end, t.right[k])
    first, end = trim(t, first, end)
    start, stop = t.tokens[first].start, t.tokens[end - 1].end
    if start < quote.outer.start < stop:
        stop = quote.outer.start
    if start < quote.outer.end < stop and start >= quote.outer.start:
        start = quote.outer.end
    via, addressee = venue(a, t, f.trigger)
    via = via or relay_of_subject(a, t, f)
    return speaker, Span(start, max(stop, start + 1)), addressee, via, rule, t.tokens[f.trigger].text


def _described(a: Analysis, near: list[Tree], quote: Quote) -> _Cue | None:
    """ "descrita por X como de «…»"; "a quien Y atribuye la frase «…»" has its own verb."""
    for t in near:
        for i, token in enumerate(t.tokens):
            if any(x.lower == "no" for x in t.tokens[max(0, i - 4) : i]):
                continue
            if (
                token.start < quote.outer.start
                and quote.outer.start - token.end < 60
                and token.lower.rstrip("s").endswith(("ado", "ada", "ido", "ida", "ita", "ito"))
            ):
                for k in range(i + 1, min(i + 8, len(t.tokens))):
                    if t.tokens[k].start >= quote.outer.start:
                        break
                    if t.tokens[i + 1].lower == "por":
                        found = a.resolution.of(t.sentence.index, k)
                        if found:
                            return found, Span(token.start, t.tokens[k].end), (), (), "quote-described", token.text
    return None
