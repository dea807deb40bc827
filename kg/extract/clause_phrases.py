"""A stretch of a sentence told as a phrase: a noun with what belongs to it, or with its clause as a relative one.

"México ha dejado de exportar 650.000 cabezas" → "cabezas que México ha dejado de exportar"; "un tercio de los municipios no reporta" →
"municipios que no reportan"; where a participle tells it, :mod:`kg.extract.reduced_clauses` makes it shorter.
Figures, dates and what stands behind a comma are left out.
"""

from __future__ import annotations

import re
from typing import Final

from kg.extract.analysis import Analysis
from kg.extract.clause_words import LONGEST, NEAR, finite_of, lowered, plain_words, subject_at, subject_words
from kg.extract.measures import TALKING, measure_words
from kg.extract.reduced_clauses import reduced
from kg.extract.syntax import SUBJECTS, Tree, case, is_finite, is_verb
from kg.extract.word_forms import agreeing, is_feminine
from kg.model import Quantity

#: Verbs that only tell that there is, or that somebody counted, so many; what is counted says it all.
THERE_IS: Final = frozenset({"haber", "tener", "contar", "registrar", "contabilizar", "sumar", "reportar", "ser", "estar"})
OBJECTS: Final = frozenset({"obj", "iobj"})


def told_of(
    a: Analysis,
    t: Tree,
    q: Quantity,
    phrase: str,
    token: int,
    verb: int,
    *,
    plural: bool,
    there_is: frozenset[str] = THERE_IS,
    short_only: bool = False,
) -> str:
    """``phrase`` with its clause as a relative one: "personas que llegaron a Canarias por vía irregular"."""
    tokens = t.tokens
    phrase = re.sub(r"\s(?:(?:más|menos)(?: que .*)?|al (?:día|mes|año))$", "", phrase)
    above = token
    while above >= 0 and tokens[above].head not in (above, verb):
        above = tokens[above].head
    if above >= 0 and tokens[above].head != verb:
        return phrase
    if token >= 0 and above not in (-1, token) and case(t, above) and not case(t, token) and tokens[token].dep == "appos":
        above = -1  # "llegaron a las islas 12.000 migrantes": the subject behind a place, hung on it
    chain, first = verb_chain(t, verb)
    if tokens[verb].lemma in there_is or (tokens[verb].lemma in TALKING and token > verb and case(t, token) != "a"):
        return phrase
    if is_verb(tokens[verb]) and not any(is_finite(x) for x in tokens[first : verb + 1]):
        return _with_participle(a, t, q, phrase, above, verb, plural)
    if any("Mood=Sub" in x.morph for x in tokens[first : verb + 1]):
        return phrase
    direct = above in (-1, token) or q.span.start <= tokens[above].start < q.span.end or case(t, token) in ("", "a")
    if direct and (short := reduced(a, t, q, phrase, above, verb, plural=plural)) is not None:
        return short
    if short_only:
        return phrase
    subject = above < 0 or tokens[above].dep in SUBJECTS
    if not subject and case(t, above) == "a" and any(k != above and not case(t, k) for k in t.children(verb, *OBJECTS)):
        return phrase  # "cerró sus puertos a seis arrastreros": they are not what the clause is done to
    if not subject and tokens[above].dep not in OBJECTS and not (tokens[above].dep == "obl" and case(t, above) == "a"):
        if above > verb and subject_at(t, verb) is None and not any(x.pos == "PUNCT" for x in tokens[verb:token]):
            # "llegaron a Canarias por vía irregular 17.800 personas": a subject behind all else, wherever the parser hung it
            number = next((i for i in range(verb, token + 1) if tokens[i].start >= q.span.start), token)
            between = plain_words(tokens[verb + 1 : number], a.dates_in(t.span(verb, token + 1)))
            if "Number=Plur" in finite_of(t, verb).morph:
                return " ".join(f"{phrase} que {lowered(tokens, chain)} {between}".split()[:LONGEST])
        return phrase
    many = above >= 0 and q.rule.endswith("count") and a.text[q.number.start].isdigit()
    if subject and many and "Number=Sing" in finite_of(t, verb).morph:
        return phrase  # "los 18 pescadores que Senegal capturó": no verb of theirs, whatever the parser says
    if plural and subject:
        chain = _agreeing(chain, tokens[verb].lemma)
    chain = lowered(tokens, chain)
    parts = [phrase, "que"]
    if not subject:
        actor = subject_words(a, t, q, verb, token)
        parts += [actor] if actor else []
    parts.append(chain)
    if not subject and (named := _antecedent_words(t, verb)):
        parts.append(named)
    parts += _rest(a, t, q, verb, above)
    while len(" ".join(parts).split()) > LONGEST and len(parts) > 3:
        parts.pop()
    return " ".join(parts)


def _with_participle(a: Analysis, t: Tree, q: Quantity, phrase: str, above: int, verb: int, plural: bool) -> str:
    """ "haber abandonado en el desierto a unos 400 migrantes" → "migrantes abandonados en el desierto"."""
    x = t.tokens[verb]
    if "VerbForm=Part" not in x.morph or not x.lower.endswith("o") or above < verb or case(t, above) not in ("", "a"):
        return phrase
    number = next((i for i in range(verb, len(t.tokens)) if t.tokens[i].start >= q.span.start), verb)
    noun = next((y for y in t.tokens if phrase.startswith(y.text) and y.pos == "NOUN"), None)
    made = agreeing(x.lower, is_feminine(phrase.split()[0], noun), plural)
    between = plain_words(t.tokens[verb + 1 : number], a.dates_in(t.span(verb, number + 1)))
    return " ".join(f"{phrase} {made} {between}".split()[:LONGEST])


def verb_chain(t: Tree, verb: int) -> tuple[str, int]:
    """The verb with its particles and what governs it ("no reporta", "ha dejado de exportar"), and the token where it begins."""
    tokens = t.tokens
    first = verb
    while True:
        while first > 0 and (
            (tokens[first - 1].dep in ("aux", "aux:pass", "cop") and first - 1 in t.kids[verb])
            or tokens[first - 1].lower
            in ("no", "se", "le", "les", "lo", "la", "los", "las", "ya", "han", "ha", "había", "habían")
        ):
            first -= 1
        head = tokens[verb].head
        linked = tokens[verb].dep in ("xcomp", "ccomp", "advcl") and is_verb(tokens[head]) and 0 < first - head <= 2
        if not linked or "VerbForm=Inf" not in tokens[verb].morph:
            break
        verb_text_end = first
        first = head
        verb = head
        if verb_text_end - first > 3:
            break
    if tokens[verb].pos == "AUX" and verb + 1 < len(tokens) and "VerbForm=Part" in tokens[verb + 1].morph:
        return " ".join(x.text for x in tokens[first : verb + 2]), first
    if not is_verb(tokens[verb]):
        return " ".join(x.text for x in tokens[first : verb + 1]), first
    last = first
    for k in range(first, min(first + 9, len(tokens))):
        last = k
        if is_verb(tokens[k]) and tokens[k].dep not in ("aux", "aux:pass") and not _goes_on(t, k):
            break
    return " ".join(x.text for x in tokens[first : last + 1]), first


def _goes_on(t: Tree, k: int) -> bool:
    """Whether an infinitive that belongs to the verb follows: "ha dejado | de exportar"."""
    return any(
        t.tokens[i].dep in ("xcomp", "ccomp", "advcl") and "VerbForm=Inf" in t.tokens[i].morph and 0 < i - k <= 2
        for i in t.kids[k]
    )


def _agreeing(chain: str, lemma: str) -> str:
    """The verb of a singular part in the plural of the whole: "un tercio … no reporta" → "no reportan"."""
    words = chain.split()
    for n, word in enumerate(words):
        if word in ("ha", "había"):
            words[n] = word + "n"
            return " ".join(words)
    if lemma.endswith("ar") and words[-1].lower().endswith("ó"):
        words[-1] = words[-1][:-1] + "aron"
    elif words[-1].lower().endswith("ió"):
        words[-1] = words[-1][:-1].removesuffix("i") + "ieron"
    elif words[-1].lower().endswith(("a", "e")):
        words[-1] += "n"
    elif words[-1].lower() == "está":
        words[-1] = "están"
    return " ".join(words)


def _antecedent_words(t: Tree, verb: int) -> str:
    """The noun a relative clause is about, where that is its subject: "el ataque, que dejó cinco muertos"."""
    subject = subject_at(t, verb)
    if subject is None or t.tokens[subject].lower not in ("que", "cual") or not t.tokens[verb].dep.startswith("acl"):
        return ""
    head = t.tokens[verb].head
    if head >= verb or t.tokens[head].pos not in ("NOUN", "PROPN"):
        return ""
    first = t.left[head]
    if t.tokens[first].pos == "ADP":
        if t.tokens[first].lower not in ("a", "al"):
            return ""
        first += 1
    words = ("el " if t.tokens[t.left[head]].lower == "al" else "") + plain_words(t.tokens[first : t.left[verb]])
    return words if len(words.split()) <= NEAR and not any(c.isdigit() for c in words) else ""


def rest_words(a: Analysis, t: Tree, q: Quantity, verb: int, above: int) -> str:
    return " ".join(_rest(a, t, q, verb, above))


def _rest(a: Analysis, t: Tree, q: Quantity, verb: int, above: int) -> list[str]:
    """What else the clause says where or as what: its complements beside the counted thing, up to the first comma."""
    out: list[str] = []
    for k in t.kids[verb]:
        x = t.tokens[k]
        if (
            k == above
            or k < verb
            or x.dep not in ("obl", "obj", "xcomp", "advmod", "ccomp")
            or (x.dep == "advmod" and x.pos != "ADJ")
        ):
            continue
        if any(t.tokens[i].pos == "PUNCT" for i in range(verb + 1, t.left[k])):
            break
        comma = next((i for i in range(t.left[k], t.right[k]) if t.tokens[i].pos == "PUNCT" and i > t.left[k]), t.right[k])
        if comma <= k or t.tokens[t.left[k]].pos == "ADV":
            continue
        span = t.span(t.left[k], comma)
        if any(d.span.overlaps(span) and d.span.start <= t.tokens[k].start < d.span.end for d in a.dates_in(span)):
            continue
        if any(o.span.start != q.span.start and o.value is not None for o in a.quantities_in(span)):
            continue
        words = plain_words(t.tokens[t.left[k] : t.right[k]], dates=a.dates_in(span))
        if x.pos == "SCONJ" or not words or words.lower() in ("entonces", "también", "además"):
            continue
        out.append(words)
        if comma < len(t.tokens) and t.tokens[comma].pos == "PUNCT":
            break
    return out


def noun_phrase(a: Analysis, t: Tree, q: Quantity, head: int, first: int) -> str:
    """The noun at ``head`` with what belongs to it, without other figures, dates and what stands behind a comma."""
    end = t.right[head]
    for k in t.kids[head]:
        if k > head and t.tokens[k].dep == "conj":
            counted = any(o.value is not None for o in a.quantities_in(t.span(t.left[k], t.right[k])))
            if counted or is_verb(t.tokens[k]):
                end = min(end, t.left[k])
    for k in range(head + 1, end - 1):
        if t.tokens[k].pos == "CCONJ" and any(is_finite(x) for x in t.tokens[k + 1 : k + 3]):
            end = k
            break
    clause = next(
        (k for k in range(head + 1, end) if is_finite(t.tokens[k]) or t.tokens[k].lower in ("que", "donde", "cuyo")), end
    )
    if clause < end and is_finite(t.tokens[clause]):
        end = clause  # the clause's own verb, hung on its subject
    for o in a.quantities_in(t.span(first, end)):
        if o.span.start > t.tokens[head].start and o.span != q.span:
            end = min(end, next((i for i in range(head, end) if t.tokens[i].start >= o.span.start), end))
    return measure_words(a, t, first, max(end, head + 1), q)


def verb_behind(t: Tree, noun: int) -> int | None:
    """The finite verb right behind a noun phrase, whose subject the phrase then is, whatever the parser says."""
    for k in range(noun + 1, min(t.right[noun] + 5, len(t.tokens))):
        x = t.tokens[k]
        if x.pos in ("PUNCT", "CCONJ", "SCONJ") or x.lower == "que":
            return None
        if x.pos == "VERB" and (is_finite(x) or any(is_finite(t.tokens[i]) for i in t.children(k, "aux", "aux:pass"))):
            return k
        if x.pos in ("ADJ", "NOUN") and t.tokens[k - 1].lower == "no" and x.dep != "amod":
            return k  # a verb behind "no", taken for a noun
    return None
