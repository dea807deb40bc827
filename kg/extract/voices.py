"""Whose the words of a quotation are where no verb of saying stands beside the marks.

Verbs without a subject, clauses without a verb ("Túnez, de «bloqueo»"), verbs that call something something ("ve «margen»"), participles
("descrita por X como «…»"), relative clauses that attribute a phrase.
"""

from __future__ import annotations

from typing import Final

from kg.extract.analysis import Analysis
from kg.extract.cues import VOICES, Cue, many, speech_form, subject_before
from kg.extract.frames import Frame, subject_of
from kg.extract.said import Said, block_of
from kg.extract.sources import according
from kg.extract.syntax import Tree, is_verb
from kg.model import Quote, Span

#: A quotation of no more words than this is a mention of words rather than a speech: it does not stand for itself.
FEW: Final = 4
#: So many characters a gesture between a question and its answer may have: "Larrinaga suelta una carcajada."
_GESTURE: Final = 60
_TELLING: Final = frozenset({"saying", "claiming", "confirming", "denies"})
#: Nouns whose quotation marks hold a name: "la operación «Muralla»".
_NAMING = frozenset(
    {
        "operación",
        "operativo",
        "plan",
        "programa",
        "ley",
        "buque",
        "barco",
        "diario",
        "periódico",
        "proyecto",
        "campaña",
        "llamar",
    }
)


def a_sentence(a: Analysis, quote: Quote) -> bool:
    """Whether the quotation stands for itself, as a whole sentence: nothing of its sentence is outside of the marks."""
    before = a.text[max(0, quote.outer.start - 2) : quote.outer.start]
    return a.text[quote.inner.start].isupper() and (not before.strip() or before.strip()[-1:] in ".?!…:")


def last_voice(a: Analysis, quote: Quote, block: int, by_sentence: dict[int, list[Frame]]) -> tuple[str, ...]:
    """Who speaks in the sentence right before a quotation, if its main verb is one of saying."""
    t = next((t for t in reversed(a.trees) if t.sentence.block == block and t.tokens[-1].end <= quote.outer.start), None)
    if t is None:
        return ()
    for f in by_sentence.get(t.sentence.index, ()):
        told = f.form == "verb" and f.concept in _TELLING and f.agent and f.tense not in ("subjunctive", "infinitive")
        if told and t.tokens[f.trigger].dep in ("ROOT", "conj", "parataxis") and a.quote_at(t.tokens[f.trigger].start) is None:
            return f.agent
    return ()


def goes_on(
    a: Analysis,
    t: Tree,
    quote: Quote,
    block: int,
    frames: list[tuple[Tree, Frame]],
    out: list[Said],
    frame: Frame | None,
    plural: bool,
) -> tuple[str, ...]:
    """Who speaks where the verb behind a quotation has no subject.

    The source that "para X" named before; whoever spoke in the sentence before, or was its subject; the topic.
    """
    source = _source_in_block(a, t)
    if source and many(a, source) == plural:
        return source
    before = [f for u, f in frames if u is t and f.agent and t.tokens[f.trigger].end <= quote.outer.start]
    telling = {f.trigger for f in before if f.concept in _TELLING}
    # "Relata que Brasil respondió con dos años. «…», se queja": who relates goes on, not whom he tells of
    own = [f for f in before if not telling & set(t.ancestors(f.trigger))]
    here = [f for f in own if not f.inferred or (f.trigger in telling and len(own) < len(before))]
    if here and many(a, here[-1].agent) == plural:
        return here[-1].agent
    told = subject_before(a, quote, block, plural)
    previous = next((s for s in reversed(out) if block_of(a, s.quote.start) == block), None)
    if previous is not None and many(a, previous.speaker) == plural:
        between = a.text[previous.quote.end : quote.outer.start]
        if not told or between.count(".") < 2:
            return previous.speaker
    if told:
        return told
    inherited = frame.agent if frame is not None and frame.inferred else ()
    if inherited and many(a, inherited) == plural:
        return inherited
    last = out[-1] if out else None
    if last is not None and block - block_of(a, last.quote.start) <= 2 and many(a, last.speaker) == plural:
        return last.speaker
    return inherited


def answering(a: Analysis, quote: Quote, block: int, out: list[Said]) -> tuple[str, ...]:
    """Who answers where the newspaper has just asked ("¿Fue un portazo? «…»", "¿Cierto? Suelta una carcajada. «…»"): whoever has had the
    word most often so far, one person."""
    previous = next((s for s in reversed(out) if block_of(a, s.quote.start) == block), None)
    start = max(a.document.article.blocks[block].start, previous.quote.end if previous else 0)
    between = a.text[start : quote.outer.start].rstrip()
    asked = between.rfind("?")
    if asked < 0 or len(between) - asked > _GESTURE or between[asked + 1 :].count(".") > 1:
        return ()
    count: dict[tuple[str, ...], int] = {}
    for s in out:
        if len(s.speaker) == 1 and a.resolution.actors[s.speaker[0]].kind == "Person":
            count[s.speaker] = count.get(s.speaker, 0) + 1
    return max(count, key=lambda x: count[x]) if count else ()


def _source_in_block(a: Analysis, t: Tree) -> tuple[str, ...]:
    """The source that "para X" or "según X" named in the sentence before, if it is of the paragraph."""
    for other in reversed(a.trees[max(0, t.sentence.index - 1) : t.sentence.index]):
        if other.sentence.block != t.sentence.block:
            return ()
        source = according(a, other)
        if source is not None and a.resolution.actors[source[0][0]].kind != "MediaOutlet":
            return source[0]
    return ()


def attributed_phrase(a: Analysis, near: list[Tree], quote: Quote) -> Cue | None:
    """ "a quien el portal atribuye la frase «…»": the words are the other's."""
    for t in near:
        for i, token in enumerate(t.tokens):
            if token.lemma not in ("atribuir", "adjudicar", "achacar") or token.dep != "acl:relcl":
                continue
            speaker = a.actors(t, token.head)
            if speaker and 0 < quote.outer.start - token.end < 40:
                outlets = tuple(x for k in t.kids[i] for x in a.actors(t, k) if a.resolution.actors[x].kind == "MediaOutlet")
                return Cue(speaker, Span(token.start, token.end), "quote-attributed", token.text, via=outlets)
    return None


def gapped(a: Analysis, near: list[Tree], quote: Quote, order: list[tuple[Tree, Frame]]) -> Cue | None:
    """ "X habla de «…»; Y, de «…»": the clause of the quotation has somebody and a comma where the verb of saying should be."""
    for t in near:
        if not t.tokens[0].start <= quote.outer.start <= t.tokens[-1].end:
            continue
        stop = next((k for k, x in enumerate(t.tokens) if x.start >= quote.outer.start), len(t.tokens))
        start = next((k + 1 for k in range(stop - 1, -1, -1) if t.tokens[k].text == ";"), 0)
        while start < stop and t.tokens[start].lower in ("y", "e", "pero", "mientras"):
            start += 1
        index = next(
            (
                a.resolution.at[(t.sentence.index, k)]
                for k in range(start, min(start + 3, stop))
                if (t.sentence.index, k) in a.resolution.at
            ),
            None,
        )
        if index is None or not a.resolution.ids[index]:
            continue
        m = a.resolution.mentions[index]
        comma = next((k for k in range(m.last, stop) if t.tokens[k].text == ","), None)
        if comma is None or comma != m.last or comma + 1 >= stop:
            continue
        link = t.tokens[comma + 1].lower
        if link not in ("que", "de", "en", "como") or any(
            speech_form(a, x) and x.pos in ("VERB", "AUX") for x in t.tokens[comma + 1 : stop]
        ):
            continue
        if link != "que" and any(is_verb(x) for x in t.tokens[comma + 1 : stop]):
            continue
        model = any(u is t and f.trigger < start for u, f in order) or (start == 0 and _spoke_before(a, t))
        if model:
            return Cue(a.resolution.ids[index], Span(m.span.start, quote.outer.start), "quote-gapped", t.tokens[m.first].text)
    return None


def _spoke_before(a: Analysis, t: Tree) -> bool:
    """Whether the sentence before in the paragraph has a verb of saying."""
    index = t.sentence.index - 1
    if index < 0 or a.trees[index].sentence.block != t.sentence.block:
        return False
    return any(x.pos == "VERB" and speech_form(a, x) for x in a.trees[index].tokens)


def worded(a: Analysis, near: list[Tree], quote: Quote) -> Cue | None:
    """ "El Partido Liberal ve «sobreactuada» la retirada": the verb above the quoted words calls something so."""
    text = a.text[quote.inner.start : quote.inner.end]
    if text[0].isupper() and not a_sentence(a, quote):
        return None
    for t in near:
        first = next((k for k, x in enumerate(t.tokens) if quote.inner.start <= x.start < quote.inner.end), None)
        if first is None:
            continue
        inside = {k for k, x in enumerate(t.tokens) if quote.inner.start <= x.start < quote.inner.end}
        top = next((k for k in sorted(inside) if t.tokens[k].head not in inside or t.tokens[k].head == k), first)
        if t.tokens[top].head == top:
            continue
        verb = t.tokens[top].head
        while verb in inside or not is_verb(t.tokens[verb]):
            above = t.tokens[verb].head
            if t.tokens[verb].lemma in _NAMING or above == verb:
                break
            verb = above
        token = t.tokens[verb]
        if not is_verb(token) or verb in inside or token.start > quote.outer.start or t.tokens[first - 2].lemma in _NAMING:
            continue
        judging = any(v.concept == "judging" for v in a.lexicon.verbs.get(token.lemma, ()))
        if not judging or token.lemma in ("ser", "parecer") or ";" in a.text[token.end : quote.outer.start]:
            continue
        subject = subject_of(a, t, verb)
        if subject.actors and a.resolution.actors[subject.actors[0]].kind in VOICES and subject.token not in inside:
            return Cue(subject.actors, Span(token.start, token.end), "quote-worded", token.text)
    return None


def described(a: Analysis, near: list[Tree], quote: Quote) -> Cue | None:
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
                            return Cue(found, Span(token.start, t.tokens[k].end), "quote-described", token.text)
    return None
