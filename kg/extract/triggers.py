"""Which words of the lexicon stand at a token: lemma look-up, participles, misspelt lemmas, wordings of several words, "se".

An entry fits by its words, its "se" and, where it shares its verb with others, its prepositions; the longest wording wins.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Final

from kg.extract.lexicon import PREPOSITIONS, Lexicon, Valency, lexicon
from kg.extract.syntax import SUBJECTS, Tree, case, finite_morph, has_se, is_verb
from kg.model import Token

#: Participles that are not made by rule, of the verbs that news of this kind use; the grammar's list, not the ontology's.
_IRREGULAR: Final = {
    "abierto": "abrir",
    "cubierto": "cubrir",
    "descubierto": "descubrir",
    "devuelto": "devolver",
    "dicho": "decir",
    "dispuesto": "disponer",
    "electo": "elegir",
    "escrito": "escribir",
    "expuesto": "exponer",
    "hecho": "hacer",
    "impuesto": "imponer",
    "muerto": "morir",
    "opuesto": "oponer",
    "pospuesto": "posponer",
    "previsto": "prever",
    "propuesto": "proponer",
    "puesto": "poner",
    "reabierto": "reabrir",
    "resuelto": "resolver",
    "roto": "romper",
    "suscrito": "suscribir",
    "visto": "ver",
}
#: Stem vowels and spellings that the lemmatizer takes from the form into the lemma, and what the lemma has: "desmientir", "atacqar".
_STEM_CHANGES: Final = (
    ("ie", "e"),
    ("ue", "o"),
    ("ye", "e"),
    ("i", "e"),
    ("u", "o"),
    ("qu", "c"),
    ("gu", "g"),
    ("c", "z"),
    ("j", "g"),
)
_ENCLITICS: Final = frozenset({"se", "lo", "la", "los", "las"})
_ACCENTS: Final = str.maketrans("áéíóú", "aeiou")
_ENDINGS: Final = ("ar", "er", "ir")
#: Verbs of talking that several do with one another where nobody stands behind "con". "Hablaron" may be each by himself.
_MUTUAL: Final = frozenset(
    {"conversar", "dialogar", "platicar", "parlamentar", "departir", "conferenciar", "almorzar", "cenar", "desayunar"}
)
#: Bodies that meet, one noun for several.
BODIES: Final = frozenset(
    {"comisión", "comité", "consejo", "mesa", "junta", "grupo", "gabinete", "asamblea", "directorio", "foro", "comisiones"}
)
#: The words of a wording may stand this many tokens apart: "puso el jueves en duda".
_GAP: Final = 3


@lru_cache(maxsize=2)
def participles(language: str = "es") -> dict[str, str]:
    """Masculine singular participle → verb lemma, for the lexicon's verbs; participles tagged as adjectives are looked up here."""
    table = dict(_IRREGULAR)
    for lemma in lexicon(language).verbs:
        if lemma.endswith("ar"):
            table.setdefault(lemma[:-2] + "ado", lemma)
        elif lemma.endswith(("er", "ir")):
            table.setdefault(lemma[:-2] + "ido", lemma)
    return table


def participle_lemma(form: str, language: str = "es") -> str | None:
    """The verb of a participle in any gender and number ("cerradas" → "cerrar"), ``None`` for a word that is none."""
    masculine = form.rstrip("s")
    masculine = masculine[:-1] + "o" if masculine.endswith("a") else masculine
    return participles(language).get(masculine)


def verb_lemma(lemma: str, lex: Lexicon) -> str:
    """The lexicon's lemma for a verb form whose stem vowel or spelling the lemmatizer left as it was ("desmientir" for "desmentir")."""
    if lemma in lex.verbs:
        return lemma
    for changed, plain in _STEM_CHANGES:
        at = lemma.rfind(changed, 0, len(lemma) - 2)
        if at > 0 and lemma[:at] + plain + lemma[at + len(changed) :] in lex.verbs:
            return lemma[:at] + plain + lemma[at + len(changed) :]
    plain = lemma.translate(_ACCENTS)  # "rehúsar" for "rehusar"
    if plain in lex.verbs:
        return plain
    for ending in _ENDINGS:
        if lemma.endswith(_ENDINGS) and lemma[:-2] + ending in lex.verbs:
            return lemma[:-2] + ending
    return lemma


def noun_entries(token: Token, lex: Lexicon) -> tuple[Valency, ...]:
    """The noun entries for a token, by its form before its lemma: the lemmatizer errs on rare nouns more than on their plural."""
    return lex.nouns.get(token.lower) or lex.nouns.get(token.lower.removesuffix("s")) or lex.nouns.get(token.lemma) or ()


def fitting(t: Tree, i: int, entries: tuple[Valency, ...], se: bool, *, several: bool = False) -> Iterator[tuple[Valency, int]]:
    """The entries that fit at token ``i``, each with the number of tokens it takes.

    All of the longest wording, one for each concept; ``se`` says that a reflexive pronoun stands with the token, and pronominal
    entries win there. ``entries`` are a tuple of the lexicon's, longest first; ``several``: only those of several words.
    """
    if not entries:
        return
    best = 0
    found: list[tuple[Valency, int]] = []
    ambiguous, present = False, None
    near: set[str] = set()
    tied: set[str] = set()
    if len(entries[0].words) > 1:
        near = _forms(t, range(i + 1, min(i + _GAP + 1, len(t.tokens))))
        near.add("se")
        tied = _forms(t, (*t.kids[i], t.tokens[i].head))
    for entry in entries if len(entries) < _MANY else _possible(entries, near, tied):
        words = entry.words
        reach: int | None = 1
        if len(words) > 1:  # most wordings are ruled out by one word of theirs
            reach = _reach(t, i, words) if words[1] in near else None
            if reach is None and words[-1] in tied:
                reach = _linked(t, i, entry)
            if reach is None:
                continue
        if len(words) < best or (several and len(words) == 1):
            break
        if present is None:
            present = {case(t, k) for k in t.kids[i]}
            ambiguous = any(e.concept != entries[0].concept for e in entries)
        if reach is None or not _se_fits(t, i, entry, se) or not _prepositions_fit(t, i, entry, se, present, ambiguous):
            continue
        best = len(words)
        found.append((entry, reach))
    if se and any(entry.pronominal for entry, _ in found):
        found = [(entry, reach) for entry, reach in found if entry.pronominal]
    if len(found) < 2:
        yield from found
        return
    # two valencies of one concept ("amenazar con X", "amenazar a Y con X"): the one with more of its prepositions present
    seen = set()
    there = present or set()
    for entry, reach in sorted(found, key=lambda f: -sum(p in there for p, _ in f[0].complements)):
        if entry.concept not in seen:
            seen.add(entry.concept)
            yield entry, reach


def _possible(entries: tuple[Valency, ...], near: set[str], tied: set[str]) -> list[Valency]:
    """Of many entries those that their second or their last word does not rule out, in their order."""
    kept = _WORDINGS.get(id(entries))
    if kept is None or kept.entries is not entries:
        kept = _WORDINGS[id(entries)] = _Wordings(entries)
    at = set(kept.single)
    for word in near & kept.second.keys():
        at.update(kept.second[word])
    for word in tied & kept.last.keys():
        at.update(kept.last[word])
    return [entries[k] for k in sorted(at)]


class _Wordings:
    """The places of a verb's entries by their second and by their last word; ``single`` are those of one word."""

    def __init__(self, entries: tuple[Valency, ...]) -> None:
        self.entries = entries
        self.single = [k for k, e in enumerate(entries) if len(e.words) == 1]
        self.second: dict[str, list[int]] = {}
        self.last: dict[str, list[int]] = {}
        for k, e in enumerate(entries):
            if len(e.words) > 1:
                self.second.setdefault(e.words[1], []).append(k)
                self.last.setdefault(e.words[-1], []).append(k)


#: By the identity of the lexicon's tuples, which live as long as the lexicon.
_WORDINGS: dict[int, _Wordings] = {}
#: From so many entries on it pays to look them up by a word.
_MANY: Final = 16


def _se_fits(t: Tree, i: int, entry: Valency, se: bool) -> bool:
    """Whether an entry may stand with, or without, "se"."""
    if entry.pronominal:
        return se or (entry.role("con") is not None and _bare_participle(t, i))
    if not se or entry.pos != "verb":
        return True
    # "se limitó a recordar": a reflexive verb with "a" and infinitive is another verb
    return not any("VerbForm=Inf" in t.tokens[k].morph and k > i and case(t, k) == "a" for k in t.children(i, "xcomp", "advcl"))


def _bare_participle(t: Tree, i: int) -> bool:
    """Whether ``i`` is a participle in the plural behind its noun: those of reflexive verbs have no "se" ("reunidos ayer")."""
    token = t.tokens[i]
    if "VerbForm=Part" not in token.morph or "Number=Plur" not in token.morph:
        return False
    placed = (token.dep in ("acl", "amod") and token.head < i) or (token.dep == "advcl" and i <= 1)
    placed = placed or any(t.tokens[k].lemma == "estar" for k in t.children(i, "aux", "cop"))  # "están reunidos"
    return placed and not any(case(t, k) == "por" for k in t.kids[i])


def _prepositions_fit(t: Tree, i: int, entry: Valency, se: bool, present: set[str], ambiguous: bool) -> bool:
    """Whether the prepositions ``present`` with token ``i`` allow an entry; ``ambiguous`` verbs tell their concepts apart by them."""
    wanted = [(preposition, role) for preposition, role in entry.complements if preposition]
    mutual = entry.role("con") == "PATIENT" and "con" not in present
    if entry.pronominal and mutual:
        plural = "Number=Plur" in _finite_above(t, i) or _bare_participle(t, i)
        if not plural and not (entry.words == ("reunir",) and _body(t, i)):
            return False  # "se encuentra en …" meets nobody
    if mutual and entry.words[0] in _MUTUAL and len(entry.words) == 1 and "Number=Plur" in _finite_above(t, i):
        return True  # "Honduras y Nicaragua conversan"
    if entry.words[1:2] == ("que",) and entry.words[-1] in ("sí", "no") and not _answers(t, i, entry.words[-1]):
        return False
    if any(role == "PLACE" and not _place(t, i, p, named=p == "en") for p, role in wanted):
        return False
    telling = ambiguous and len(entry.words) == 1 and entry.pos == "verb"
    suffering = telling and _suffers(t, i)  # whom it is done to is the subject: "fue recibido", "los barcos retenidos"
    needed = [p for p, role in wanted if role == "CLASS" or (telling and not (suffering and (p, role) == ("a", "PATIENT")))]
    # "declarar X como Y" designates, "declarar" alone says
    if entry.words == ("recibir",) and needed == ["a"] and _receives_them(t, i):
        return True
    if entry.words == ("tomar", "la", "palabra") and wanted:  # "le tomó la palabra" accepts, "tomó la palabra" speaks
        return _receives_them(t, i) or "a" in present
    return not needed or any(p in present for p in needed) or (entry.pronominal and (se or _bare_participle(t, i)))


def _suffers(t: Tree, i: int) -> bool:
    """Whether ``i`` is a passive participle: with "ser", or beside its noun."""
    token = t.tokens[i]
    if "VerbForm=Part" not in token.morph and token.pos != "ADJ":
        return False
    auxiliaries = {t.tokens[k].lemma for k in t.children(i, "aux", "aux:pass")}
    return "ser" in auxiliaries or (not auxiliaries and token.dep in ("acl", "amod"))


def _answers(t: Tree, i: int, word: str) -> bool:
    """Whether "que sí" or "que no" behind a verb is a whole answer: "dijo que no a la veda", not "dijo que no contesta"."""
    for k in range(i + 1, min(i + _GAP + 1, len(t.tokens) - 2)):
        if t.tokens[k].lower == "que" and t.tokens[k + 1].lower == word:
            return t.tokens[k + 2].text in '.,;:»”"' or t.tokens[k + 2].lower in ("a", "al", "y", "pero", "de")
    return False


def _place(t: Tree, i: int, preposition: str, named: bool) -> bool:
    """Whether a noun, or a name, stands with the verb behind that preposition: "volver a Lima", not "volver a reunirse"."""
    found = [t.tokens[k] for k in t.kids[i] if case(t, k) == preposition]
    return any(x.pos == "PROPN" if named else not is_verb(x) for x in found)


def _receives_them(t: Tree, i: int) -> bool:
    """Whether an object pronoun stands with the verb: "lo recibirá el martes", "prometió recibirlos"."""
    enclitic = t.tokens[i].lower.endswith(("rlo", "rla", "rlos", "rlas"))
    return enclitic or any(
        t.tokens[k].lower in ("lo", "la", "los", "las", "le", "les") and t.tokens[k].pos == "PRON" for k in t.kids[i]
    )


def _body(t: Tree, i: int) -> bool:
    """Whether the subject is one body of several: "la comisión mixta volverá a reunirse"."""
    while t.tokens[i].dep == "xcomp" and not t.children(i, *SUBJECTS) and t.tokens[i].head != i:
        i = t.tokens[i].head
    subjects = t.children(i, "nsubj")
    if t.tokens[i].dep == "acl:relcl" and any(t.tokens[k].lower == "que" for k in subjects):
        subjects = [t.tokens[i].head]  # "una comisión técnica, que se reunirá el sábado"
    return any(t.tokens[k].lemma in BODIES for k in subjects)


def _finite_above(t: Tree, i: int) -> str:
    """The features of the finite verb that ``i`` is, or is an infinitive or gerund of: "van a reunirse", "llevan meses conversando"."""
    bare = ("VerbForm=Inf", "VerbForm=Ger")
    while any(x in t.tokens[i].morph for x in bare) and t.tokens[i].dep == "xcomp" and "VerbForm=Fin" not in finite_morph(t, i):
        i = t.tokens[i].head
    return finite_morph(t, i)


def _reach(t: Tree, i: int, words: tuple[str, ...]) -> int | None:
    """How many tokens a wording takes from token ``i`` if its further words follow in order, with little in between."""
    j = i
    for word in words[1:]:
        if word == "se":
            continue
        # "decir que no a": the refusal itself stands together; "con un no"
        gap = _GAP if word != "no" else 2 if t.tokens[j].lower == "con" else 1
        if words == ("tratar", "de"):
            gap = 2  # "trata el precio del gas" is no "trata de"
        for k in range(j + 1, min(j + gap + 1, len(t.tokens))):
            token = t.tokens[k]
            if token.text in ".;:" or (token.lower == "que" and word != "que"):
                return None  # "reconoció que su gobierno autorizó …" recognises no government
            if _is_word(token, word):
                j = k
                break
        else:
            return None
    if words[-1] == "no" and j + 1 < len(t.tokens) and t.tokens[j + 1].pos in ("VERB", "AUX", "PRON"):
        return None  # "dijo que no entregó": a clause, and no refusal
    return j - i + 1


def _forms(t: Tree, tokens: Iterable[int]) -> set[str]:
    """All words of wordings that these tokens can be, as :func:`_is_word` tells."""
    found: set[str] = set()
    for k in tokens:
        token = t.tokens[k]
        found.add(token.lower)
        found.add(token.lemma)
        if token.lower.endswith(("se", "lo", "la", "los", "las")) and "VerbForm=Inf" in token.morph:
            found.add(token.lower[: token.lower.rfind("r") + 1])
        elif token.lower in ("al", "del"):
            found.add(token.lower[:-1])
        elif "VerbForm=Part" in token.morph:
            found.add(masculine(token.lower))
    return found


def masculine(word: str) -> str:
    """A participle or adjective in the masculine singular: "convencidas" → "convencido"."""
    singular = word.removesuffix("s")
    return singular[:-1] + "o" if singular.endswith("a") else singular


def _is_word(token: Token, word: str) -> bool:
    """Whether a token is a word of a wording: by form, lemma, with "se" at its end, or as contraction with the article."""
    if word in (token.lower, token.lemma) or (word in ("a", "de") and token.lower == word + "l"):
        return True
    if token.lower.startswith(word) and token.lower[len(word) :] in _ENCLITICS:
        return True  # "no quiso comentarlo"
    return "VerbForm=Part" in token.morph and word == masculine(token.lower)


#: What is done with things that a relative clause can be about, and that no noun tells.
_OF_THINGS: Final = frozenset(
    {"mobilize", "deployment", "aid", "tariff", "sanction", "closure", "boarding", "seizure", "invasion", "expropriation"}
)


def _linked(t: Tree, i: int, entry: Valency) -> int | None:
    """One token for a wording of verb and noun that stand apart but belong together in the tree, ``None`` if they do not.

    "elevó al 50 % los aranceles", "los aranceles fueron elevados", "los aranceles impuestos por Perú".
    """
    person = len(entry.words) == 3 and entry.words[1] == "a"  # "el embajador fue citado" fits "citar a embajador"
    if entry.pos != "verb" or not (person or len(entry.words) == 2) or entry.words[-1] in PREPOSITIONS:
        return None
    token = t.tokens[i]
    if person:
        passive = any(t.tokens[k].lemma == "ser" for k in t.children(i, "aux", "aux:pass"))
        suffering = t.children(i, "nsubj", "nsubj:pass") if passive else []
        if token.dep in ("acl", "amod") and token.head < i and "VerbForm=Part" in token.morph:
            suffering.append(token.head)
        return 1 if any(_is_word(t.tokens[k], entry.words[2]) for k in suffering) else None
    nouns = [k for k in t.children(i, "obj", "nsubj:pass") if k > i or "VerbForm=Part" in token.morph]
    if entry.pronominal or (entry.concept == "postponement" and has_se(t, i)):
        nouns.extend(t.children(i, "nsubj"))  # "la cita se corrió", "se rompió el dique"
    if token.dep in ("acl", "amod") and token.head < i:
        nouns.append(token.head)
    things = entry.concept in _OF_THINGS and token.dep == "acl:relcl" and token.head < i
    if things and any(t.tokens[k].lower == "que" and k < i for k in t.children(i, "obj")):
        nouns.append(token.head)  # "los controles que la Armada instaló"
    return 1 if any(t.tokens[k].pos == "NOUN" and _is_word(t.tokens[k], entry.words[1]) for k in nouns) else None
