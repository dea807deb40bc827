"""Direct quotations and their speakers.

The sieves go from precise to loose, as in deterministic quote attribution (Muzny et al. 2017): the verb of saying next to the marks, the
communicative verb before them, a cue noun or a colon, "según X", a verb further behind, the speaker of the quotation before.
"""

from __future__ import annotations

from dataclasses import replace

from kg.extract.analysis import Analysis
from kg.extract.cues import Cue, behind, introduced, missed_before, owned_behind, subject_before
from kg.extract.frames import Frame
from kg.extract.said import WORD, Said, block_of
from kg.extract.sources import CUE_NOUNS, according, owner, relay, relay_of_subject, venue
from kg.extract.syntax import Tree, clause_span, trim
from kg.extract.turns import DASHES, is_turn
from kg.extract.voices import FEW, a_sentence, answering, attributed_phrase, described, gapped, goes_on, last_voice, worded
from kg.model import Quote, Span

#: Moves that may be made without a word.
_SILENT = frozenset({"acceptance", "agree", "refusal"})


def direct(a: Analysis, by_sentence: dict[int, list[Frame]]) -> list[Said]:
    """The direct quotations in order, each with its speaker; those whose speaker nobody knows are left out."""
    out: list[Said] = []
    for quote in a.quotes:
        if quote.depth or not WORD.search(a.text[quote.inner.start : quote.inner.end]):
            continue
        block = block_of(a, quote.outer.start)
        if is_turn(a.text, quote):
            said = _turn(a, quote, block, out)
        else:
            said = _quoted(a, quote, block, by_sentence, out)
        if said is not None:
            out.append(said)
    return out


def _quoted(a: Analysis, quote: Quote, block: int, by_sentence: dict[int, list[Frame]], out: list[Said]) -> Said | None:
    """One quotation between marks: by its cue, else by whose words the paragraph was giving."""
    found = _cue(a, quote, block, by_sentence, out)
    previous = next((s for s in reversed(out) if s.direct and block_of(a, s.quote.start) == block), None)
    if found is not None:
        if not found.speaker:
            return None
        via = found.via or (previous.via if previous is not None and previous.speaker == found.speaker else ())
        evidence = _with_cue(a, quote, found.span)
        return Said(found.speaker, quote.inner, True, evidence, found.span, found.addressee, via, found.rule, found.trigger)
    words = len(WORD.findall(a.text[quote.inner.start : quote.inner.end]))
    answers = answering(a, quote, block, out) if a_sentence(a, quote) and words > 1 else ()
    if answers:
        return Said(answers, quote.inner, True, quote.outer, None, rule="quote-answer")
    if a_sentence(a, quote) and words > FEW:
        told = last_voice(a, quote, block, by_sentence) or subject_before(a, quote, block)
        if told and (previous is None or a.text[previous.quote.end : quote.outer.start].count(".") > 0):
            return Said(told, quote.inner, True, quote.outer, None, rule="quote-of-subject")
    if previous is not None and words > FEW + 1:
        return Said(previous.speaker, quote.inner, True, quote.outer, None, via=previous.via, rule="quote-continued")
    if words > FEW and a_sentence(a, quote):
        last = out[-1] if out else None
        if last is not None and block_of(a, last.quote.start) >= block - 3:
            return Said(last.speaker, quote.inner, True, quote.outer, None, rule="quote-continued")
    return None


def _turn(a: Analysis, quote: Quote, block: int, out: list[Said]) -> Said | None:
    """A turn of a dialogue or an interview: by the aside behind it, else by whose turn it is."""
    turns = [s for s in out if s.rule.startswith("turn")]
    if turns and block_of(a, turns[-1].quote.start) == block:
        return Said(turns[-1].speaker, quote.inner, True, quote.inner, None, rule="turn")
    trees = [t for t in a.trees if t.sentence.block == block]
    voice = behind(a, trees, quote)
    if voice is not None and voice.named:
        cue = Span(voice.tree.tokens[voice.verb].start, voice.tree.tokens[voice.end - 1].end)
        trigger = voice.tree.tokens[voice.verb].text
        said = Said(voice.speaker, quote.inner, True, quote.inner, cue, rule="turn-said", trigger=trigger)
        return said if voice.speaker else None
    speaker = _who_answers(a, quote, block, turns, out)
    return Said(speaker, quote.inner, True, quote.inner, None, rule="turn") if speaker else None


def _with_cue(a: Analysis, quote: Quote, cue: Span) -> Span:
    """The quotation and its cue, if they stand close together; else the quotation alone."""
    gap = max(cue.start - quote.outer.end, quote.outer.start - cue.end)
    if gap > 40 or cue.end - cue.start > 160:
        return quote.outer
    return Span(min(quote.outer.start, cue.start), max(quote.outer.end, cue.end))


def _who_answers(a: Analysis, quote: Quote, block: int, turns: list[Said], out: list[Said]) -> tuple[str, ...]:
    """Whose turn it is.

    In a dialogue with dashes the one who spoke before the last one; in an interview whoever answered before, else the person whom the
    text spoke of most in the last paragraph before the questions that names anybody.
    """
    dashed = a.text[quote.outer.start] in DASHES
    if dashed and len(turns) > 1 and block - block_of(a, turns[-1].quote.start) == 1 and turns[-1].speaker != turns[-2].speaker:
        return turns[-2].speaker
    if dashed and turns and block - block_of(a, turns[-1].quote.start) == 1 and turns[-1].rule == "turn-said":
        other = next((s.speaker for s in reversed(out) if s.speaker != turns[-1].speaker), None)
        if other is not None:
            return other
    answers = [s for s in turns if s.rule == "turn"]
    if answers and (not dashed or block - block_of(a, answers[-1].quote.start) <= 3):
        return answers[-1].speaker
    count: dict[str, int] = {}
    last = -1
    for m, ids in zip(a.resolution.mentions, a.resolution.ids, strict=True):
        number = a.document.sentences[m.sentence].block
        if number >= block:
            break
        if ids and a.resolution.actors[ids[0]].kind == "Person":
            if number != last:
                count, last = {}, number
            count[ids[0]] = count.get(ids[0], 0) + 1
    return (max(count, key=lambda x: count[x]),) if count else ()


def _cue(a: Analysis, quote: Quote, block: int, by_sentence: dict[int, list[Frame]], out: list[Said]) -> Cue | None:
    near = _near(a, quote, block)
    frames = [(t, f) for t in near for f in by_sentence.get(t.sentence.index, ()) if not _inside(t, f, quote)]
    # 1. a verb of saying right behind the closing marks: "…", dijo X
    said = _said_behind(a, near, quote, block, frames, out)
    if said is not None:
        return said
    beside = _according_beside(a, near, quote)
    if beside is not None:
        return beside
    # 2. somebody before a colon: "El embajador Nicolás Ferrando: «…»"
    since = near[0].tokens[0].start if near else quote.outer.start
    named = introduced(a, quote, since)
    if named is not None:
        return Cue(named[0], named[1], "quote-colon", ":")
    attributed = attributed_phrase(a, near, quote)
    if attributed is not None:
        return attributed
    # 3. the nearest communicative verb before the quotation in its sentence
    before = [
        (t, f)
        for t, f in frames
        if t.tokens[0].start <= quote.outer.start and t.tokens[f.trigger].start < quote.outer.start and f.form == "verb"
    ]
    order = sorted(before, key=lambda x: (-x[0].tokens[x[1].trigger].start, x[1].concept != "saying"))
    elided = gapped(a, near, quote, order)
    if elided is not None:
        return elided
    for t, f in order:
        if f.tense == "subjunctive" and f.concept == "saying" and a.text[: quote.outer.start].rstrip().endswith(":"):
            return None  # "negó que X le dijera: «…»": nobody said it
        if f.tense in ("subjunctive", "infinitive") or _closed_off(a, t, f, quote):
            continue
        above = _told_above(t, f, order)
        if above is not None:
            return _result(a, t, above, above.agent, "quote-said-before", quote)
        if f.agent:
            return _result(a, t, f, f.agent, "quote-said-before", quote)
        if f.subject is not None and f.concept in ("saying", "claiming") and f.content is not None and not f.inferred:
            span = Span(t.tokens[f.trigger].start, t.tokens[f.trigger].end)
            return Cue((), span, "quote-said-before", t.tokens[f.trigger].text)  # "Un cuarto sostiene que la Marina «…»"
    for t, f in order:
        if f.tense == "infinitive" and f.agent and not _closed_off(a, t, f, quote):
            return _result(a, t, f, f.agent, "quote-said-before", quote)
    missed = missed_before(a, near, quote)
    if missed is not None:
        return Cue(missed[0], missed[1], "quote-said-before", a.text[missed[1].start : missed[1].end].split()[-1])
    # 4. a cue noun, or a colon
    for t in near:
        if t.tokens[0].start > quote.outer.start:
            continue
        gap = a.text[max(t.tokens[0].start, quote.outer.start - 3) : quote.outer.start]
        noun = next((i for i, token in enumerate(t.tokens) if token.lemma in CUE_NOUNS and token.start < quote.outer.start), None)
        if noun is not None and (":" in gap or any(x.lower in ("la", "con") for x in t.tokens)):
            speaker = owner(a, t, noun)
            if speaker:
                first, _ = trim(t, *clause_span(t, noun))
                span = Span(t.tokens[min(first, noun)].start, quote.outer.start)
                return Cue(speaker, span, "quote-cue-noun", t.tokens[noun].text, via=relay(a, t, noun))
        if ":" in gap:
            heads = [
                i
                for i, token in enumerate(t.tokens)
                if token.start < quote.outer.start and token.dep in ("nsubj", "nsubj:pass") and a.actors(t, i)
            ]
            if heads:
                return Cue(a.actors(t, heads[-1]), Span(t.tokens[heads[-1]].start, quote.outer.start), "quote-colon", ":")
    # 5. according-to before or behind
    for t in near:
        source = according(a, t)
        if source is None or _within(quote, t, source[2]):
            continue  # whom the speaker himself cites
        if abs(t.tokens[source[2]].start - quote.outer.end) < 200:
            span = Span(t.tokens[source[2]].start, t.tokens[source[3] - 1].end)
            return Cue(source[0], span, "quote-according-to", t.tokens[source[2]].text, via=source[1])
    called = described(a, near, quote)
    if called is not None:
        return called
    # 6. whoever does what the verb above the quoted words says: "ve «margen»"; the sentence behind: "Son palabras de X"
    called = worded(a, near, quote)
    if called is not None:
        return called
    owned = owned_behind(a, quote, block) if a_sentence(a, quote) else None
    if owned is not None:
        return Cue(owned[0], owned[1], "quote-owned", a.text[owned[1].start : owned[1].end].split()[0])
    if len(WORD.findall(a.text[quote.inner.start : quote.inner.end])) <= FEW + 1:
        return None
    # 7. a verb of saying behind, a little further away in the same sentence: "…" sobre X, dijo Y
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


def _told_above(t: Tree, f: Frame, order: list[tuple[Tree, Frame]]) -> Frame | None:
    """The verb of saying that tells a silent deed before a quotation: "reconoció que autorizó el vuelo, «uno y nada más»"."""
    if f.concept not in _SILENT:
        return None
    above = {f.trigger, *t.ancestors(f.trigger)}
    saying = ("saying", "claiming", "confirming")
    return next((g for u, g in order if u is t and g.concept in saying and g.agent and g.content in above), None)


def _inside(t: Tree, f: Frame, quote: Quote) -> bool:
    return _within(quote, t, f.trigger)


def _within(quote: Quote, t: Tree, i: int) -> bool:
    return quote.outer.start <= t.tokens[i].start < quote.outer.end


def _according_beside(a: Analysis, near: list[Tree], quote: Quote) -> Cue | None:
    """ "…, en palabras de X, «…»", "«…», según X": the source right beside the marks."""
    for t in near:
        source = according(a, t)
        if source is None or t.tokens[source[2]].lower == "para" or _within(quote, t, source[2]):
            continue
        span = Span(t.tokens[source[2]].start, t.tokens[source[3] - 1].end)
        gap = a.text[span.end : quote.outer.start] if span.end <= quote.outer.start else a.text[quote.outer.end : span.start]
        if len(gap) <= 2 and not gap.strip(", "):
            return Cue(source[0], span, "quote-according-to", t.tokens[source[2]].text, via=source[1])
    return None


def _near(a: Analysis, quote: Quote, block: int) -> list[Tree]:
    """The sentences of the paragraph that touch the quotation, and the one that introduces its paragraph with a colon."""
    near = [
        t
        for t in a.trees
        if t.sentence.block == block and t.tokens[0].start < quote.outer.end + 60 and t.tokens[-1].end > quote.outer.start - 1
    ]
    here = a.document.article.blocks[block] if 0 <= block < len(a.document.article.blocks) else None
    if here is not None and here.lead_in is not None and not a.text[here.start : quote.outer.start].strip():
        leading = [t for t in a.trees if t.sentence.block == here.lead_in]
        return [*leading[-1:], *near]
    return near


def _said_behind(
    a: Analysis, near: list[Tree], quote: Quote, block: int, frames: list[tuple[Tree, Frame]], out: list[Said]
) -> Cue | None:
    """ "…", dijo ayer X; without anybody behind the verb, whose words the paragraph was giving goes on."""
    voice = behind(a, near, quote)
    if voice is None:
        return None
    t, verb = voice.tree, voice.verb
    if voice.named and not voice.speaker and not a_sentence(a, quote) and a.text[quote.inner.start].islower():
        return None  # "…, para quien Colombia «exporta …», justifica la tasa": the sentence goes on
    frame = next((f for u, f in frames if u is t and f.trigger == verb and f.form == "verb"), None)
    speaker, rule = voice.speaker, "quote-said-behind"
    if not voice.named:
        pronoun = frame is not None and frame.subject is not None and t.tokens[frame.subject].lower in ("él", "ella")
        if frame is not None and pronoun:  # "…", admite ella
            speaker = frame.agent
        speaker = speaker or goes_on(a, t, quote, block, frames, out, frame, voice.plural)
    cue = Span(t.tokens[verb].start, t.tokens[voice.end - 1].end)
    if frame is not None:
        found = _result(a, t, frame, speaker, rule, quote)
        span = found.span if found.span.covers(cue) or found.span.overlaps(cue) else cue
        return replace(found, span=Span(min(span.start, cue.start), max(span.end, cue.end)))
    via, addressee = venue(a, t, verb)
    return Cue(speaker, cue, rule, t.tokens[verb].text, addressee, tuple(x for x in via if x not in speaker))


def _closed_off(a: Analysis, t: Tree, f: Frame, quote: Quote) -> bool:
    """Whether another finite main clause begins between the verb and the quotation."""
    between = a.text[t.tokens[f.trigger].end : quote.outer.start]
    if f.concept in ("saying", "claiming"):
        return ";" in between
    if ";" in between or ". " in between:
        return True
    return len(between) > 90


def _result(a: Analysis, t: Tree, f: Frame, speaker: tuple[str, ...], rule: str, quote: Quote) -> Cue:
    first, end = f.trigger, f.trigger + 1
    if f.subject is not None and abs(f.subject - f.trigger) < 12:
        relative = min((t.left[k] for k in t.children(f.subject, "acl:relcl") if k > f.subject), default=len(t.tokens))
        first, end = min(first, t.left[f.subject]), max(end, min(t.right[f.subject], relative))
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
    return Cue(speaker, Span(start, max(stop, start + 1)), rule, t.tokens[f.trigger].text, addressee, via)
