"""What an indicator calls the thing it measures: a phrase around a noun that tells it apart, in the words of the article.

The figure's own noun comes first ("muertes por sobredosis"), with what its clause says of it ("camiones argentinos frenados en la
frontera", "municipios que no reportan"); where the figure has no noun, the thing estimated ("cifra el faltante en …"), else what the
clause is about, in it or before it ("lo que costaría el gasoducto"). ``None`` leaves the words to :mod:`kg.extract.measures`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from kg.extract.analysis import Analysis
from kg.extract.clause_phrases import OBJECTS, THERE_IS, noun_phrase, rest_words, told_of, verb_behind, verb_chain
from kg.extract.clause_words import LONGEST, finite_of, is_plural, lowered, plain_words, subject_at, subject_words
from kg.extract.governing_nouns import carried, done_by_noun, of_group
from kg.extract.measures import measure_words
from kg.extract.mishaps import VICTIMS, in_mishap
from kg.extract.movement import Words
from kg.extract.reduced_clauses import doer, of_words, reduced
from kg.extract.sizes import duration_of, length_of
from kg.extract.sums import COSTING, EARNING, costing, rate_on, sum_of
from kg.extract.syntax import SUBJECTS, Tree, case, first_conjunct, is_finite, is_verb
from kg.extract.uncounted import MEASURING
from kg.extract.words import word_list
from kg.model import Quantity, Token

#: Verbs whose subject is a part of what the figure is a share of.
_PART_OF: Final = frozenset({"representar", "suponer", "constituir", "equivaler", "llegar", "significar", "aportar"})
#: Verbs that move the price of what they are done to.
_PRICING: Final = frozenset({"encarecer", "abaratar"})
#: Nouns that count steps of a scale, never things.
_STEPS: Final = frozenset({"punto", "décima", "centésima", "centavo", "céntimo", "grado", "posición", "escalón"})
LENGTHS: Final = frozenset({"kilómetro", "metro", "milla", "legua"})
#: Verbs of loss whose object is what is lost, and no step of something that falls.
_REMOVING: Final = frozenset({"destruir", "eliminar", "perder", "suprimir", "recortar"})
#: Verbs that tell of victims only that there are so many.
_LEAVING: Final = frozenset({"dejar", "causar", "provocar", "ocasionar", "haber", "registrar", "reportar", "contabilizar"})
_REACHING: Final = frozenset({"llegar", "alcanzar", "superar", "pasar", "exceder", "rebasar"})
_DIMENSIONS: Final = frozenset(word_list("altura altitud profundidad longitud ancho alto largo distancia diámetro espesor"))


def measure_label(a: Analysis, t: Tree, q: Quantity, token: int, verb: int | None, words: Words, noun: str | None) -> str | None:
    """The phrase for what ``q`` measures; ``noun`` is the plural that a bare number counts, where one is known."""
    rule = q.rule.removeprefix("definite-").removeprefix("range-")
    inside = [i for i, x in enumerate(t.tokens) if q.span.start <= x.start < q.span.end]
    if not inside:
        return None
    moves = verb is not None and t.tokens[verb].lemma in words.increase | words.decrease
    if (rate := rate_on(a, t, q, token, verb)) is not None:
        return rate
    if rule in ("percent", "fraction", "ratio", "times"):
        if verb is not None and t.tokens[verb].lemma in ("costar", "valer") and (cost := costing(a, t, q, verb)) is not None:
            return cost
        return _share(a, t, q, inside, token, verb, moves)
    if rule == "duration":
        return duration_of(a, t, q, token, verb)
    if verb is not None and t.tokens[verb].lemma in words.estimating:
        put = _estimated(a, t, q, inside, verb)
        if put is not None or rule != "count":
            return put
    if rule in ("money", "bare") and (total := sum_of(a, t, q, token, verb)) is not None:
        return total
    if rule == "measure" and (long := length_of(a, t, q, token, verb, words)) is not None:
        return long
    if rule == "measure" and (q.unit or "") in LENGTHS and (far := _distance(a, t, q, inside)) is not None:
        return far
    if rule == "measure" and (of := _substance(a, t, q, inside)) is not None:
        return told_of(a, t, q, of, token, verb, plural=False, short_only=True) if verb is not None else of
    removed = rule == "count" and verb is not None and t.tokens[verb].lemma in _REMOVING and t.tokens[token].dep == "obj"
    if (moves and not removed) or q.unit in _STEPS:
        return None
    if rule == "count" and q.noun is not None:
        head = next((i for i in inside if t.tokens[i].start >= q.noun.start), token)
        if verb is not None and t.tokens[verb].lemma in _LEAVING and t.tokens[first_conjunct(t, token)].head == verb:
            victims = noun_phrase(a, t, q, head, head)
            if VICTIMS.search(victims) is not None:
                return in_mishap(a, t, q, victims)
        counted = _counted(a, t, q, head, token, verb)
        return in_mishap(a, t, q, counted) if counted is not None else None
    if rule == "bare" and noun is not None and (own := _relative_of(a, t, q, noun, token)) is not None:
        return own
    behind = inside[-1] + 1
    if rule == "bare" and noun is not None and behind < len(t.tokens) and is_finite(t.tokens[behind]):
        follows = t.tokens[behind].head if t.tokens[behind].pos == "AUX" else behind  # "y 40 | resultaron heridas"
        return told_of(a, t, q, noun, -1, follows, plural=True, there_is=frozenset({"haber", "ser", "estar"}))
    if rule == "bare" and noun is not None and verb is not None:
        return _said_of(a, t, q, noun, token, verb)
    if rule == "measure" and q.noun is not None and verb is not None and t.tokens[verb].lemma not in MEASURING:
        if any(t.tokens[k].dep == "nmod" and k > token and case(t, k) == "de" for k in t.kids[token]):
            return None
        return _said_of(a, t, q, a.text[q.noun.start : q.noun.end], token, verb)
    return None


def _share(a: Analysis, t: Tree, q: Quantity, inside: list[int], token: int, verb: int | None, moves: bool) -> str | None:
    """A part of something: the whole, with what is said of the part ("chilenos que respaldan la presencia militar")."""
    behind = inside[-1] + 1
    if (
        q.rule == "ratio" and behind < len(t.tokens) and t.tokens[behind].pos == "NOUN"
    ):  # "tres de cada diez venezolanos aprueban"
        whole = behind
        phrase = plain_words(t.tokens[whole : t.right[whole]])
    else:
        if behind >= len(t.tokens) or t.tokens[behind].lower not in ("de", "del"):
            return None
        whole = t.tokens[behind].head
        if whole <= behind or whole >= behind + 6 or t.tokens[whole].pos not in ("NOUN", "PROPN"):
            return None
        phrase = noun_phrase(a, t, q, whole, behind + 1)
    if re.match(r"sus?\b", phrase) and verb is not None:
        bare = re.sub(r"^sus? ", "", phrase)
        short = told_of(a, t, q, bare, token, verb, plural=is_plural(t, whole), short_only=True) if not moves else bare
        return f"{_owned(a, t, phrase, verb)}{short.removeprefix(bare) if ' por ' not in short else ''}"
    if not phrase or verb is None or moves or q.unit == "times":
        return phrase or None
    if t.tokens[verb].lemma in _PART_OF:
        subject = subject_at(t, verb)
        if subject is not None and subject not in inside and t.tokens[subject].pos in ("NOUN", "PROPN"):
            stop = t.right[whole]
            words = " ".join(x.text for x in t.tokens[behind:stop])[:80].split(",")[0].strip()
            return f"{noun_phrase(a, t, q, subject, t.left[subject])} como parte {words}"
        return phrase
    if " que " in f" {phrase} ":
        short = told_of(a, t, q, phrase.split(" que ")[0], token, verb, plural=is_plural(t, whole), short_only=True)
        return f"{phrase}{short.removeprefix(phrase.split(' que ')[0])}" if t.tokens[token].dep in OBJECTS else phrase
    own = verb_behind(t, whole)
    if own is not None:
        verb, token = own, -1
    elif not is_finite(finite_of(t, verb)):
        return phrase
    return told_of(a, t, q, phrase, token, verb, plural=is_plural(t, whole), there_is=frozenset({"haber", "ser", "estar"}))


def _counted(a: Analysis, t: Tree, q: Quantity, noun: int, token: int, verb: int | None) -> str | None:
    """Counted things: their noun phrase, with the noun they hang on ("envío de soldados") or what their clause says of them."""
    phrase = noun_phrase(a, t, q, noun, noun)
    if not phrase:
        return None
    above = t.tokens[token].head
    if (deed := done_by_noun(a, t, q, phrase, token)) is not None:
        return deed
    hung = t.tokens[token].dep == "appos" and above == token - 2 and case(t, above) != ""  # "a las islas | 12.000 migrantes"
    if t.tokens[token].dep in ("nmod", "appos") and t.tokens[above].pos == "NOUN" and above < token and not hung:
        linked = case(t, token)
        if (members := of_group(a, t, q, phrase, token)) is not None:
            return members
        if linked == "de" or (linked == "con" and " " not in phrase):
            return f"{_head_words(a, t, q, above, token)} {linked} {phrase}"
        return phrase
    bare = phrase.split(" que ")[0]
    clause = next((k for k in t.children(noun, "acl:relcl") if k > noun and t.tokens[t.left[k]].lower == "que"), None)
    if clause is not None and (told := _reduced_relative(a, t, q, bare, clause)) is not None:
        return told
    if verb is None or verb == token:
        return phrase
    if (aboard := carried(a, t, q, phrase, token, verb)) is not None:
        return aboard
    bare = re.sub(r"\s(?:a|de|en|con|por) (?:el|la|los|las)$", "", bare)
    told = told_of(a, t, q, bare, token, verb, plural=True)
    return told if told != bare else phrase


def _relative_of(a: Analysis, t: Tree, q: Quantity, noun: str, token: int) -> str | None:
    """What a relative clause says of a lone number: "los 92 que amparaba el protocolo anterior" → "buques amparados por …"."""
    clause = next((k for k in t.children(token, "acl:relcl", "acl") if k > token and t.tokens[t.left[k]].lower == "que"), None)
    if clause is None:
        return None
    return _reduced_relative(a, t, q, noun, clause) or f"{noun} {plain_words(t.tokens[t.left[clause] : t.right[clause]])}"


def _reduced_relative(a: Analysis, t: Tree, q: Quantity, phrase: str, clause: int) -> str | None:
    """ "botes que la asociación mandó al arrecife" → "botes mandados al arrecife"; ``None`` where it has to stay a clause."""
    pronoun = next((k for k in t.kids[clause] if k < clause and t.tokens[k].lower == "que"), None)
    if pronoun is None or "Mood=Sub" in finite_of(t, clause).morph:
        return None
    return reduced(a, t, q, phrase, pronoun, clause, plural=True)


def _said_of(a: Analysis, t: Tree, q: Quantity, noun: str, token: int, verb: int) -> str | None:
    """A number without a noun of its own, or a unit: the noun it counts with what its clause says of it."""
    if t.tokens[verb].lemma in MEASURING | _REACHING or t.tokens[token].head != verb:
        return None
    if t.tokens[token].dep not in SUBJECTS | OBJECTS and not (t.tokens[token].dep == "obl" and case(t, token) == "a"):
        return None
    if t.tokens[verb].lemma == "tener" and t.tokens[token].dep in SUBJECTS:
        return told_of(a, t, q, noun, token, verb, plural=True, there_is=frozenset())
    if t.tokens[verb].lemma in THERE_IS:
        return f"{noun} {rest_words(a, t, q, verb, token)}".strip() if q.rule.endswith("bare") else None
    out = told_of(a, t, q, noun, token, verb, plural=True)
    return out if out != noun else None


def _estimated(a: Analysis, t: Tree, q: Quantity, inside: list[int], verb: int) -> str | None:
    """What is put at a figure: "cifra el faltante en 1.080 millones", "cifran en 400.000 dólares lo que dejaron de ganar"."""
    tokens = t.tokens
    for k in t.kids[verb]:
        if k in inside or tokens[k].dep not in ("obj", "ccomp", "csubj", "nsubj", "acl", "obl"):
            continue
        first = t.left[k]
        if tokens[k].dep == "obj" and tokens[k].pos == "NOUN":
            return _owned(a, t, noun_phrase(a, t, q, k, first), verb)
        if first + 1 < len(tokens) and tokens[first].lower == "lo" and tokens[first + 1].lower == "que" and first > inside[-1]:
            return _unearned(a, t, q, verb, plain_words(tokens[first : t.right[k]]))
    behind = inside[-1] + 1
    if behind + 1 < len(tokens) and tokens[behind].lower == "lo" and tokens[behind + 1].lower == "que":
        return _unearned(a, t, q, verb, plain_words(tokens[behind:]))
    return None


def _unearned(a: Analysis, t: Tree, q: Quantity, verb: int, words: str) -> str:
    """ "lo que han dejado de ganar" are losses, of whom the clause is about."""
    if re.match(rf"lo que (?:ha |han |habían? )?(?:deja\w*|dejó) de (?:{'|'.join(EARNING)})\b", words) is None:
        return words
    whose = doer(a, t, q, verb, -1)
    return f"pérdidas {of_words(whose)}" if whose else "pérdidas"


def _substance(a: Analysis, t: Tree, q: Quantity, inside: list[int]) -> str | None:
    """ "320 kilos del metal", "2,1 toneladas de cocaína": what there is so much of."""
    behind = inside[-1] + 1
    if behind + 1 >= len(t.tokens) or t.tokens[behind].lower not in ("de", "del"):
        return None
    noun = t.tokens[behind].head
    if not behind < noun < behind + 4 or t.tokens[noun].pos != "NOUN" or t.tokens[noun].lower in _DIMENSIONS:
        return None
    if (q.unit or "") in LENGTHS | {"hectárea"} and any(t.tokens[k].pos == "DET" for k in t.kids[noun]):
        return None  # "40 kilómetros de carretera", not "40 kilómetros de la frontera"
    return noun_phrase(a, t, q, noun, behind + 1) or None


def _distance(a: Analysis, t: Tree, q: Quantity, inside: list[int]) -> str | None:
    """ "a menos de 600 kilómetros de la línea divisoria": how far it is to what stands behind."""
    behind = inside[-1] + 1
    led = re.search(r"\ba(?:\s+(?:unos|unas|solo|apenas|sólo))?\s*$", a.text[max(0, q.span.start - 14) : q.span.start])
    if led is None or behind + 1 >= len(t.tokens) or t.tokens[behind].lower not in ("de", "del"):
        return None
    to = t.tokens[behind].head
    if to <= behind or t.tokens[to].pos not in ("NOUN", "PROPN") or t.tokens[to].lower in _DIMENSIONS:
        return None
    words = plain_words(t.tokens[behind + 1 : t.right[to]])
    return f"distancia {'al' if t.tokens[behind].lower == 'del' else 'a'} {words}" if words else None


def owned(a: Analysis, t: Tree, measure: str, verb: int | None) -> str:
    """``measure`` with its possessive told: "su capacidad" → "capacidad de las presas de Chihuahua"."""
    return _owned(a, t, measure, verb) if verb is not None else measure


def _owned(a: Analysis, t: Tree, measure: str, verb: int) -> str:
    match = re.match(r"(?:su|sus)\s+(.+)", measure)
    if match is None:
        return measure
    subject = next((k for k in t.kids[verb] if t.tokens[k].dep in SUBJECTS), None)
    if subject is not None and t.tokens[subject].lower in ("que", "quien", "cual"):
        subject = t.tokens[verb].head if t.tokens[verb].dep.startswith("acl") else None
        owner = plain_words(t.tokens[t.left[subject] : t.left[verb]]) if subject is not None else ""
    else:
        owner = plain_words(_before_verb(t, subject)) if subject is not None else ""
    if owner.lower().startswith(measure.lower()):
        return measure
    if not owner or not any(x.pos in ("NOUN", "PROPN") for x in t.tokens if x.text in owner.split()) or len(owner.split()) > 9:
        return match.group(1)
    owner = owner[:1].lower() + owner[1:] if owner.split()[0].lower() in ("el", "la", "los", "las") else owner
    return re.sub(r"^de el\b", "del", f"{match.group(1)} {re.sub(r'^de el ', 'del ', 'de ' + owner)}")


def _before_verb(t: Tree, subject: int) -> Sequence[Token]:
    """A subject's tokens, up to a verb that the parser put among them."""
    stop = next((k for k in range(subject + 1, t.right[subject]) if is_finite(t.tokens[k])), t.right[subject])
    return t.tokens[t.left[subject] : stop]


def clause_as_measure(a: Analysis, t: Tree, q: Quantity, verb: int) -> str | None:
    """ "lo que Caracas les adeuda", "lo que costaría el gasoducto": a clause that names no thing, told as one with what it is about."""
    tokens = t.tokens
    if not is_verb(tokens[verb]) or (q.span.start < tokens[verb].start and tokens[verb].lemma not in MEASURING):
        return None
    other = next(
        (
            k
            for k in t.kids[verb]
            if tokens[k].dep in SUBJECTS | OBJECTS
            and tokens[k].pos == "NOUN"
            and not q.span.start <= tokens[k].start < q.span.end
        ),
        None,
    )
    if tokens[verb].lemma in COSTING and (cost := costing(a, t, q, verb)) is not None:
        return cost
    if tokens[verb].lemma in MEASURING and other is not None:
        return noun_phrase(a, t, q, other, t.left[other])
    chain, first = verb_chain(t, verb)
    finite = any(is_finite(x) for x in tokens[first : verb + 1])
    subject = subject_words(a, t, q, verb, -1)
    relative = next((k for k in t.kids[verb] if tokens[k].lower == "que" and tokens[k].dep in OBJECTS), None)
    above = tokens[verb].head
    if relative is not None and tokens[verb].dep == "acl:relcl" and tokens[above].pos == "NOUN" and above < relative:
        return measure_words(a, t, t.left[above], max(above + 1, t.left[verb]), q)
    if (named := _antecedent_before(a, t, q, first)) is not None:
        return named
    if subject and finite:
        return f"lo que {subject} {chain}"
    done = next((k for k in t.kids[verb] if k > verb and tokens[k].dep == "obj" and tokens[k].pos == "NOUN"), None)
    if finite and done is not None and not q.span.start <= tokens[done].start < q.span.end:
        return f"lo que {lowered(tokens, chain)} {plain_words(tokens[t.left[done] : t.right[done]])}"
    topic = _topic(a, t, verb)
    if not finite:
        return re.sub(r"^(?:el|la|los|las) ", "", topic) if topic else None
    led = next((k for k in t.kids[verb] if k < verb and tokens[k].dep == "obl" and tokens[k].pos in ("NOUN", "PROPN")), None)
    about = topic or (plain_words(tokens[t.left[led] : t.right[led]]) if led is not None else None)
    return f"lo que {lowered(tokens, chain)} {about}" if about else None


def lasting(a: Analysis, t: Tree, q: Quantity, verb: int) -> str | None:
    """ "su hermano lleva nueve días en huelga de hambre": what somebody has been in for so long."""
    if t.tokens[verb].lemma != "llevar":
        return None
    state = next((k for k in t.kids[verb] if k > verb and t.tokens[k].pos == "NOUN" and case(t, k) in ("en", "sin")), None)
    if state is None:
        return None
    words = noun_phrase(a, t, q, state, state)
    subject = subject_words(a, t, q, verb, -1)
    return f"{words} de {subject}".replace(" de el ", " del ") if subject else words


def apposed(a: Analysis, t: Tree, q: Quantity, previous: Quantity | None, measure: str) -> str | None:
    """A share put beside a figure: "41.300 hectáreas, siete de cada diez en suelo español", "865 millones, casi la mitad de lo debido"."""
    rule = q.rule.removeprefix("definite-")
    if previous is None or rule not in ("percent", "fraction", "ratio") or previous.unit in ("percent", "times"):
        return None
    if not re.fullmatch(r"(?: \w+)?,\s*(?:casi|más de|cerca de|un|el)?\s*", a.text[previous.span.end : q.span.start]):
        return None
    behind = [x for x in t.tokens if x.start >= q.span.end]
    if not behind or re.match(r"\s*(?:más|menos|superior|inferior|mayor|menor)\b", a.text[q.span.end :]):
        return None
    words = plain_words(behind, list(a.dates_in(t.span(0, len(t.tokens)))))
    if re.match(r"de (?:ellos|ellas|estos|estas)\b", words):
        return " ".join(f"{measure} {' '.join(words.split()[2:])}".split()[:LONGEST])
    if behind[0].lower in ("de", "del"):
        return " ".join(f"{measure} como parte {words}".split()[:LONGEST])
    return " ".join(f"{measure} {words}".split()[:LONGEST]) if words and not is_verb(behind[0]) else None


def _antecedent_before(a: Analysis, t: Tree, q: Quantity, first: int) -> str | None:
    """The noun before ", que" where the parser made no relative clause: "las remesas, que en 2025 rondaron los …"."""
    tokens = t.tokens
    for k in range(first - 1, max(first - 6, 1), -1):
        if tokens[k].pos == "PUNCT" or is_verb(tokens[k]):
            return None
        if tokens[k].lower == "que" and tokens[k - 1].text == ",":
            noun = k - 2
            while (
                tokens[noun].head < noun and tokens[tokens[noun].head].pos in ("NOUN", "PROPN") and noun - tokens[noun].head < 8
            ):
                noun = tokens[noun].head
            return measure_words(a, t, t.left[noun], k - 1, q) if tokens[noun].pos == "NOUN" else None
    return None


def _topic(a: Analysis, t: Tree, verb: int) -> str | None:
    """What the clauses before a verb without a subject are about: the subject, not an actor, nearest before it."""
    for k in range(verb - 1, -1, -1):
        x = t.tokens[k]
        if x.dep in ("nsubj", "nsubj:pass") and x.pos == "NOUN" and not a.actors(t, k):
            return plain_words(t.tokens[t.left[k] : t.right[k]])
    return None


def priced(a: Analysis, t: Tree, measure: str, verb: int | None) -> str:
    """ "ha encarecido un 14 % la carne": it is the price that rose."""
    if (
        verb is None
        or t.tokens[verb].lemma not in _PRICING
        or re.search(r"(?i)\b(?:precio|cost[eo]s?|tarifas?|flete)\b", measure)
    ):
        return measure
    at = next((k for k, x in enumerate(t.tokens) if measure.startswith(x.text) and k and t.tokens[k - 1].pos == "DET"), None)
    article = t.tokens[at - 1].lower if at is not None else ""
    return f"precio de {article} {measure}".replace(" de el ", " del ").replace("  ", " ")


def whole_of_a_cut(t: Tree, q: Quantity, text: str, measured: int, words: Words) -> int | None:
    """What is cut where a figure tells from where to where: "una rebaja del arancel, del 35 % al 20 %" measures the tariff."""
    noun = t.tokens[measured]
    if noun.lemma not in words.increase | words.decrease:
        return None
    before, after = text[max(0, q.span.start - 5) : q.span.start].lower(), text[q.span.end : q.span.end + 5].lower()
    if not (re.search(r"\b(?:del?|desde)\s+(?:el\s)?$", before) and re.match(r"\s*(?:al?|hasta)\b", after)):
        return None
    return next((k for k in t.kids[measured] if t.tokens[k].dep == "nmod" and case(t, k) == "de"), None)


def _head_words(a: Analysis, t: Tree, q: Quantity, head: int, until: int) -> str:
    """A governing noun with its adjectives, up to the figure."""
    return measure_words(a, t, head, max(head + 1, t.left[until]), q)
