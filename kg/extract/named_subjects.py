"""Who the words around a verb name as its subject where the tree gives it none, or somebody else's.

Read from the order of the words: appositions, asides ("…, explica, …"), the actor before a verb or before "y", "este último".
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from kg.extract.analysis import Analysis
from kg.extract.syntax import SUBJECTS, Tree, case, finite_morph, is_finite, is_verb
from kg.extract.topics import Topics

RELATIVES: Final = frozenset({"que", "quien", "quienes", "cual", "cuales"})
_REASONS: Final = frozenset({"pues", "porque"})
#: What ends the clause when looking for a subject to the left of a verb.
_CLAUSE_OPENERS: Final = frozenset({"que", "quien", "cuando", "porque", "si", "y", "pero", "aunque", "donde"})
#: How far to the left of a verb a subject is looked for that the parser did not give, in tokens.
_REACH: Final = 14
#: An interposed verb of saying is followed by a comma after no more tokens than this.
_ASIDE: Final = 6
#: Adjectives between article and noun: "de acuerdo con la misma agencia".
_BEFORE_NOUN: Final = frozenset({"mismo", "propio", "citado", "mencionado", "referido", "propia", "misma"})

_SOURCE: Final = 12  # tokens from a source's name to the comma behind it


@dataclass(frozen=True, slots=True)
class Subject:
    """Who does what a verb says: token (if there is one), actors, and whether they were carried over from outside the sentence."""

    token: int | None
    actors: tuple[str, ...]
    inferred: bool = False


def cut_off(t: Tree, i: int, own: list[int]) -> bool:
    """Whether the verb between commas has no subject before it but one that another clause goes on with: no aside lies between."""
    between = [t.tokens[k] for k in own if k < i and t.tokens[k].lower not in RELATIVES]
    return len(between) == len([k for k in own if k < i]) and all(
        [x.text for x in t.tokens[k.i : i]].count(",") % 2 for k in between
    )


def of_aside(a: Analysis, t: Tree, i: int, topic: Topics) -> Subject:
    """Who says an aside: "La frontera volverá a abrirse, explica, si …"; what the interrupted clause is about does not explain."""
    tokens = t.tokens
    for k in range(i + 1, len(tokens)):
        if tokens[k].pos == "PUNCT":
            break
        if a.actors(t, k) and not case(t, k):
            return Subject(k, a.actors(t, k))
    start = next((k for k in range(i - 1, -1, -1) if tokens[k].text in (":", ";") or tokens[k].lower in _REASONS), 0)
    above = speaker_before(a, t, i, start) if start else None
    return above or Subject(None, topic.subject(finite_morph(t, i), True), True)


#: A noun's complement is no longer than this, in tokens, before what explains it: "la dueña del barco, X, …".
_COMPLEMENT: Final = 6


def apposed(a: Analysis, t: Tree, k: int) -> tuple[str, ...]:
    """Who is named between commas right behind a noun that is nobody by itself: "la concesionaria, Energías do Douro, contesta"."""
    comma = next((c for c in range(k + 1, min(k + _COMPLEMENT, t.right[k])) if t.tokens[c].text == ","), len(t.tokens))
    for first in range(comma + 1, min(comma + 4, len(t.tokens))):  # "la dueña del barco, | la empresa | Aventuras, niega"
        index = a.resolution.at.get((t.sentence.index, first))
        m = a.resolution.mentions[index] if index is not None else None
        if index is not None and m is not None and m.first == first:
            closed = m.last < len(t.tokens) and t.tokens[m.last].text == ","
            return a.resolution.ids[index] if closed else ()
        if t.tokens[first].pos not in ("DET", "NOUN"):
            break
    return ()


def named_last(a: Analysis, t: Tree, k: int) -> tuple[str, ...]:
    """Whom "este último" takes up: the last person or body named in the sentence before, else in this one."""
    for sentence in (t.sentence.index - 1, t.sentence.index):
        named = [
            found
            for m, found in zip(a.resolution.mentions, a.resolution.ids, strict=True)
            if m.sentence == sentence and found and (sentence != t.sentence.index or m.last <= k)
            if a.resolution.actors[found[0]].kind not in ("Country", "MediaOutlet")
        ]
        if named:
            return named[-1][:1]
    return ()


def coordinated_before(a: Analysis, t: Tree, i: int) -> Subject | None:
    """The actor between "y" and the verb, where the parser took what stands before it for the subject: "entregó una nota y Chile llamó"."""
    before = i - 2 if i > 1 and t.tokens[i - 1].lower == "no" else i - 1
    index = a.resolution.at.get((t.sentence.index, before))
    if index is None or not a.resolution.ids[index]:
        return None
    first = a.resolution.mentions[index].first
    while first > 0 and t.tokens[first - 1].pos == "DET":
        first -= 1
    joined = first > 1 and t.tokens[first - 1].lower in ("y", "e", "pero", "mientras")
    verb_before = any(is_verb(x) and is_finite(x) for x in t.tokens[max(0, first - _REACH) : first])
    return Subject(before, a.resolution.ids[index]) if joined and verb_before else None


def other_words(a: Analysis, t: Tree, i: int, k: int) -> bool:
    """Whether token ``k`` stands in a quotation that the verb stands outside of: quoted words do not act."""
    quote = a.quote_at(t.tokens[k].start)
    return quote is not None and not quote.outer.start <= t.tokens[i].start < quote.outer.end


def interposed(t: Tree, i: int) -> bool:
    """Whether verb ``i`` stands between commas with nothing but an adverb or two: "…, dijo ayer, …", "…, explica, si …"."""
    tokens = t.tokens
    if not i or tokens[i - 1].text != ",":
        return False
    end = next((k for k in range(i + 1, len(tokens)) if tokens[k].pos == "PUNCT"), len(tokens))
    return (
        end < len(tokens)
        and tokens[end].text == ","
        and end - i <= _ASIDE
        and not any(x.lower == "que" for x in tokens[i + 1 : end])
    )


def agree(one: str, other: str) -> bool:
    """Whether two feature strings have the same number and person where both tell them."""
    for feature in ("Number=", "Person="):
        x = one.partition(feature)[2].partition("|")[0]
        y = other.partition(feature)[2].partition("|")[0]
        if x and y and x != y:
            return False
    return True


def speaker_before(a: Analysis, t: Tree, i: int, end: int | None = None) -> Subject | None:
    """Whom the sentence has named last, without a preposition, before a verb of saying: "Villca se negó: serán juzgados, aseveró"."""
    tokens, number = t.tokens, t.sentence.index
    for j in range((i if end is None else end) - 1, -1, -1):
        index = a.resolution.at.get((number, j))
        if index is None or not a.resolution.ids[index]:
            continue
        m = a.resolution.mentions[index]
        kind = a.resolution.actors[a.resolution.ids[index][0]].kind
        if j != m.last - 1 or kind in ("Country", "MediaOutlet"):
            continue
        before = next((k for k in range(m.first - 1, -1, -1) if tokens[k].pos not in ("DET", "NUM", "ADJ")), None)
        if before is not None and tokens[before].pos == "ADP":
            continue
        head = next((k for k in range(m.first, m.last) if not m.first <= tokens[k].head < m.last), m.first)
        named = kind in ("Person", "Group") and tokens[head].dep != "obj"
        if not (named or tokens[head].dep in SUBJECTS) or a.quote_at(m.span.start) is not None:
            continue
        if agree(tokens[m.first].morph.replace("Person=3", ""), finite_morph(t, i)):
            return Subject(head, a.resolution.ids[index], True)
    return None


def nearest_before(a: Analysis, t: Tree, i: int) -> Subject | None:
    """The actor before the verb in its clause that no preposition governs: the fallback where the parser gave no subject."""
    tokens, number = t.tokens, t.sentence.index
    j = i - 1
    while j >= 0 and i - j < _REACH:
        token = tokens[j]
        other_clause = is_verb(token) and is_finite(token) and token.dep not in ("aux", "cop", "acl:relcl", "aux:pass")
        if token.text in ";:.?!" or other_clause or token.lower in _CLAUSE_OPENERS:
            return None
        index = a.resolution.at.get((number, j))
        if index is not None and a.resolution.ids[index] and other_words(a, t, i, j):
            return None
        if index is not None and a.resolution.ids[index]:
            first = a.resolution.mentions[index].first
            before = first - 1
            while before >= 0 and (tokens[before].pos in ("DET", "NUM") or tokens[before].lemma in _BEFORE_NOUN):
                before -= 1
            if before < 0 or tokens[before].pos != "ADP":
                return Subject(j, (*_joined_to(a, t, i, first), *a.resolution.ids[index]))
            j = first
        j -= 1
    return None


def _joined_to(a: Analysis, t: Tree, i: int, first: int) -> tuple[str, ...]:
    """Who is joined by "y" before the actor whose words begin at ``first``, for a verb in the plural: "España | y Portugal no han …"."""
    joiner = first - 1 - (first > 0 and t.tokens[first - 1].pos == "DET")
    if joiner < 1 or t.tokens[joiner].lower not in ("y", "e", "ni") or "Number=Plur" not in finite_morph(t, i):
        return ()
    index = a.resolution.at.get((t.sentence.index, joiner - 1))
    if index is None or t.tokens[a.resolution.mentions[index].first - 1].pos == "ADP":
        return ()
    return a.resolution.ids[index]


#: What may stand between the comma of an insertion and the verb: "…, no lo ha querido".
_BEFORE_VERB: Final = frozenset({"AUX", "PRON", "PART"})


def opening(a: Analysis, t: Tree, i: int) -> Subject | None:
    """Who opens the clause, where an insertion keeps them from the verb: "Vox, que habla de «amnistía», votará en contra"."""
    tokens, number = t.tokens, t.sentence.index
    close = i - 1
    while close > 0 and (tokens[close].pos in _BEFORE_VERB or tokens[close].lower in ("no", "ya", "también", "tampoco")):
        close -= 1
    if close < 1 or tokens[close].text != "," or (not is_finite(tokens[i]) and not t.children(i, "aux")):
        return None
    start = next((k + 1 for k in range(close - 1, -1, -1) if tokens[k].text in (";", ":")), 0)
    first = start + (tokens[start].pos == "DET")
    found: list[str] = []
    head = first
    while (index := a.resolution.at.get((number, first))) is not None and a.resolution.ids[index]:
        m = a.resolution.mentions[index]
        if not found:
            head = next((k for k in range(m.first, m.last) if not m.first <= tokens[k].head < m.last), m.first)
        found.extend(a.resolution.ids[index])
        first = m.last
        if first + 1 < close and tokens[first].lower in ("y", "e"):
            first += 1 + (tokens[first + 1].pos == "DET")
            continue
        break
    if not found or first >= close or tokens[first].text != ",":
        return None
    inserted = range(first + 1, close)
    verbs = [k for k in inserted if is_verb(tokens[k]) and is_finite(tokens[k])]
    relative = next((k for k in inserted if tokens[k].lower in RELATIVES or tokens[k].lower.startswith("cuy")), close)
    if any(k < relative for k in verbs) or any(tokens[k].text in (",", "y") and k > relative for k in inserted):
        return None  # another clause, or more than one insertion: who opens the sentence may be its topic only
    plural = len(found) > 1 or "Number=Plur" in tokens[first - 1].morph
    if ("Number=Plur" in finite_morph(t, i)) != plural and a.resolution.actors[found[0]].kind != "Group":
        return None
    return Subject(head, tuple(dict.fromkeys(found)))


def by_source(t: Tree, k: int) -> bool:
    """Whether a "subject" is the source that opens the sentence: "Según el diario paulista Tribuna, agentes del Abin entraron …"."""
    if t.tokens[0].lower not in ("según", "de"):
        return False
    low = [x.lower for x in t.tokens[:k]]
    opens = low[:1] == ["según"] or low[:3] in (["de", "acuerdo", "con"], ["de", "acuerdo", "a"])
    return opens and "," not in low and any(x.text == "," for x in t.tokens[k : k + _SOURCE])


def consulted(t: Tree, k: int) -> bool:
    """Whether a "subject" is a participle that opens the sentence, which taggers take for a name: "Consultado ayer, dijo …"."""
    return (
        k == 0
        and t.tokens[0].lower.endswith(("ado", "ada", "ados", "adas", "ido", "ida", "idos", "idas"))
        and t.tokens[0].pos == "PROPN"
    )
