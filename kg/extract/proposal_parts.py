"""The stretches of a sentence that say what is put forward: one content or several, the items behind a colon, the condition of an offer."""

from __future__ import annotations

from typing import Final

from kg.extract.frame import Frame
from kg.extract.syntax import Tree, conjuncts, is_finite, is_verb, tense, trim

Stretch = tuple[int, int]

#: What a yes hangs on begins with one of these, and what counts as its words begins behind them.
_PROVISOS: Final = tuple(
    tuple(words.split())
    for words in (
        "siempre y cuando",
        "bajo la condición de que",
        "con la condición de que",
        "con la condición de",
        "a condición de que",
        "a condición de",
        "a cambio de que",
        "a cambio de",
        "con tal de que",
        "con tal de",
        "con tal que",
        "siempre que",
        "salvo que",
        "salvo si",
        "a menos que",
        "en caso de que",
        "en la medida en que",
        "si",
        "cuando",
        "una vez que",
        "en cuanto",
    )
)
_PROVISO_OPENINGS: Final = frozenset(words[0] for words in _PROVISOS)
#: These set a condition only before a subjunctive: "abrirá la presa cuando le paguen".
_TIMES: Final = frozenset({("cuando",), ("una", "vez", "que"), ("en", "cuanto")})
_QUOTES: Final = frozenset("“«\"‘'")
_STOPS: Final = frozenset({";", ".", "—", "–", "?", "!"})
_EDGES: Final = frozenset({"que", "a", "de", "la", "el", "los", "las", "en"})
#: A condition that stands alone begins within so many tokens.
_OPENING: Final = 7
_LEADS: Final = frozenset({"que", "a", "de", "en", "con", "por"})


def contents(t: Tree, head: int, f: Frame) -> list[Stretch]:
    """The stretches of content headed by ``head``: one, or one for each coordinated "que" clause and for what stands beside one."""
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
            told = tense(t, head) == "subjunctive" and tense(t, k) in ("present", "past", "future")
            if told or (tokens[comma - 1].text == "," and not marked and "VerbForm=Fin" in tokens[k].morph):
                cuts.append((t.left[k], t.right[k], False))  # "que … faenen … y exige …": another sentence's verb
                continue
            infinitives = all("VerbForm=Inf" in tokens[x].morph and t.children(x, "obj", "obl", "obl:arg") for x in (head, k))
            if marked or infinitives or ("VerbForm=Fin" in tokens[k].morph and "VerbForm=Fin" not in tokens[head].morph):
                cuts.append((t.left[k], t.right[k], marked or infinitives))
        elif tokens[k].dep == "conj" and k > head and _thing(t, head) and _thing(t, k):
            cuts.append((t.left[k], t.right[k], True))
        elif _aside(t, k, head) and t.right[k] >= end - 1:
            end = min(end, t.left[k])
    out = []
    for left, right, marked in cuts:
        end = min(end, left)
        if marked:
            out.append(trim(t, left, right))
    colon = next((i for i in range(head, end) if tokens[i].text == ":"), None)
    end = next((i for i in range(head, end - 3) if _reply_at(t, i)), end)
    first, end = trim(t, first, min(end, colon or end))
    while end - 1 > first and tokens[end - 1].lower in _EDGES:
        end -= 1
    while first < end - 1 and tokens[first].lower in _LEADS:
        first += 1
    return [(first, end), *out] if end > first else [(head, head + 1)]


def _reply_at(t: Tree, i: int) -> bool:
    """Whether the answer begins behind the comma at ``i``: "…, a lo que Quito accedió", "…, cosa que Quito descartó"."""
    words = [x.lower for x in t.tokens[i : i + 4]]
    return words[0] == "," and (
        words[1:] == ["a", "lo", "que"] or words[1:3] in (["lo", "que"], ["cosa", "que"], ["algo", "que"])
    )


def _thing(t: Tree, k: int) -> bool:
    """Whether a noun has its own article or number: "un permiso electrónico y un cupo de 3.000" are two things."""
    if t.tokens[k].pos == "NUM":
        return True  # "ofrece 33 y una participación"
    return t.tokens[k].pos == "NOUN" and any(t.tokens[m].pos in ("DET", "NUM") and m < k for m in t.kids[k])


def _aside(t: Tree, k: int, head: int) -> bool:
    """Whether ``k`` tells something else behind a comma."""
    comma = "," in (t.tokens[t.left[k]].text, t.tokens[t.left[k] - 1].text)
    summed_up = t.tokens[k].dep in ("obj", "appos", "nmod") and bool(t.children(k, "acl:relcl"))
    return k > head and comma and (t.tokens[k].dep in ("acl:relcl", "advcl", "parataxis") or summed_up)


def items_behind_colon(t: Tree, end: int) -> list[Stretch]:
    """What a colon at the end of a content spells out: "un calendario: 120 millones en mayo y otros 200 en junio"."""
    tokens = t.tokens
    colon = next((i for i in range(end, min(end + 2, len(tokens))) if tokens[i].text == ":"), None)
    if colon is None or colon + 1 >= len(tokens) or tokens[colon + 1].text in _QUOTES:
        return []
    stop = next((i for i in range(colon + 1, len(tokens)) if tokens[i].text in _STOPS), len(tokens))
    proviso = next((i for i in range(colon + 1, stop) if _proviso_at(t, i)), None)
    stop = stop if proviso is None else proviso
    head = next(
        (i for i in range(colon + 1, stop) if not colon < tokens[i].head < stop or tokens[i].head == i),
        None,
    )
    if head is None or tokens[head].pos not in ("NOUN", "VERB", "PROPN", "NUM"):
        return []
    if is_finite(tokens[head]) and is_verb(tokens[head]) and tense(t, head) != "subjunctive":
        return []  # "urge a dejar pasar la ayuda: 68 contenedores esperan en Jimaní": a reason, and nothing put forward
    heads = [h for h in conjuncts(t, head) if colon < h < stop and not _in_number(t, h)]
    starts = [colon + 1, *(max(t.left[h], colon + 1) for h in heads[1:])]
    ends = [*starts[1:], stop]
    if len(heads) == 1:
        breaks = _breaks(t, colon + 1, stop)
        starts, ends = [colon + 1, *(begin for _, begin in breaks)], [*(end for end, _ in breaks), stop]
    return [trim(t, first, last) for first, last in zip(starts, ends, strict=True) if last > first]


def _in_number(t: Tree, h: int) -> bool:
    """Whether what is coordinated at ``h`` is the rest of a number: "cuarenta y | cinco días"."""
    if h < 2 or t.tokens[h - 1].lower != "y" or t.tokens[h].pos != "NUM":
        return False
    return t.tokens[h - 2].pos == "NUM" or t.tokens[h - 2].dep == "nummod"


def _breaks(t: Tree, first: int, stop: int) -> list[tuple[int, int]]:
    """Where an enumeration goes on: the end of an item at a comma or "y", and the article, number, "que" or infinitive behind it."""
    tokens = t.tokens
    out: list[tuple[int, int]] = []
    for i in range(first + 1, stop - 1):
        if (tokens[i].text != "," and tokens[i].lower not in ("y", "e")) or (out and i < out[-1][1]) or _in_number(t, i + 1):
            continue
        k = i + 1
        while k < stop - 1 and (tokens[k].text in (",", "y", "e") or tokens[k].lower in ("a", "cambio", "además")):
            k += 1
        if tokens[k].pos in ("DET", "NUM") or tokens[k].lower == "que" or "VerbForm=Inf" in tokens[k].morph:
            out.append((i, k))
    return out


def condition_of_offer(t: Tree, f: Frame) -> Stretch | None:
    """ "si México termina antes la planta", "a cambio de la entrega …": what the offer of frame ``f`` hangs on."""
    for i in range(f.trigger + 1, len(t.tokens)):
        if t.tokens[i].text in (";", "."):
            return None
        length = _proviso_at(t, i)
        if length:
            stop = _end_of(t, i, i + length)
            return trim(t, i, stop) if stop > i + length else None
    return None


def condition_alone(t: Tree) -> Stretch | None:
    """The condition that a sentence adds to what was offered before it: "Todo, eso sí, a condición de que Lima pague"."""
    for i in range(min(_OPENING, len(t.tokens))):
        if is_verb(t.tokens[i]) and "VerbForm=Fin" in t.tokens[i].morph:
            return None
        length = _proviso_at(t, i) if t.tokens[i].lower in _PROVISO_OPENINGS else 0
        if length > 1 and t.tokens[i + length - 1].lower in ("que", "cuando"):
            verb = next((x.i for x in t.tokens[i + length :] if is_verb(x) and "VerbForm=Fin" in x.morph), None)
            stop = _end_of(t, i, i + length)
            if verb is None or tense(t, verb) != "subjunctive":
                return None
            return trim(t, i, stop) if stop >= len(t.tokens) - 1 else None
    return None


def _proviso_at(t: Tree, i: int) -> int:
    """How many tokens a word of condition takes at ``i``; 0 where there is none."""
    if t.tokens[i].lower not in _PROVISO_OPENINGS:
        return 0
    words = tuple(x.lower for x in t.tokens[i : i + 5])
    proviso = next((p for p in _PROVISOS if words[: len(p)] == p), ())
    found = len(proviso)
    if proviso in _TIMES:
        verb = next((x.i for x in t.tokens[i + found :] if is_verb(x) and "VerbForm=Fin" in x.morph), None)
        return found if verb is not None and tense(t, verb) == "subjunctive" else 0
    if found == 1 and i and t.tokens[i - 1].lower in ("como", "de", "sobre", "ver", "por"):
        return 0  # "como si", "discutieron sobre si"
    return found


def _end_of(t: Tree, start: int, behind: int) -> int:
    """Where the phrase or clause that begins at ``start`` ends; its own words begin at ``behind``."""
    tokens = t.tokens
    k = next((i for i in range(behind, len(tokens)) if tokens[i].pos in ("NOUN", "VERB", "PROPN", "AUX", "ADJ")), None)
    if k is not None:
        while tokens[k].head != k and tokens[k].head >= behind:
            first = t.left[tokens[k].head]
            if first + (tokens[first].pos == "PUNCT") < start:
                break
            k = tokens[k].head
        return next((i for i in range(behind, t.right[k]) if tokens[i].text in _STOPS), t.right[k])
    return next((i for i in range(behind, len(tokens)) if tokens[i].text in _STOPS | {","}), len(tokens))
