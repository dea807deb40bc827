"""Counted things that hang on another noun: "el envío de 2.000 soldados a la línea" → "soldados enviados a la línea"."""

from __future__ import annotations

from typing import Final

from kg.extract.analysis import Analysis
from kg.extract.clause_words import LONGEST, is_plural, plain_words
from kg.extract.sizes import genitive
from kg.extract.sums import words_behind
from kg.extract.syntax import SUBJECTS, Tree, case, negated
from kg.extract.uncounted import DYING
from kg.extract.word_forms import agreeing, article_of, is_feminine, participle, verb_of_nominal
from kg.extract.words import word_list
from kg.model import Quantity

#: Nouns of groups, of which the counted things are what they are made of.
_GROUPS: Final = frozenset(
    word_list("caravana convoy flota flotilla contingente columna delegación misión escuadra red pelotón comitiva")
)
#: What is only asked for, wanted or refused is not done.
_WANTING: Final = frozenset({"request", "wanting", "promise", "refusal"})
#: What carries people, beside the lexicon's vessels.
_CARRIERS: Final = frozenset(
    word_list("avión vuelo autobús bus tren camión helicóptero ferri camioneta furgoneta patera cayuco balsa velero")
)


def of_group(a: Analysis, t: Tree, q: Quantity, phrase: str, token: int) -> str | None:
    """ "una caravana de 1.350 personas" → "personas de la caravana", "un velero con 41 argelinos" → "argelinos del velero"."""
    above, link = t.tokens[token].head, case(t, token)
    over = t.tokens[above].head
    if link == "con" and t.tokens[over].lemma == "reforzar" and t.tokens[above].dep == "obj":
        return f"{phrase} que refuerzan {plain_words(t.tokens[t.left[above] : t.left[token]])}"
    phrase = phrase.split(" que ")[0]
    carriers = _CARRIERS | a.lexicon.classes["vessel"]
    if (link == "de" and t.tokens[above].lemma in _GROUPS) or (link == "con" and t.tokens[above].lemma in carriers):
        return f"{phrase} {article_of(is_feminine(t.tokens[above].lower, t.tokens[above]), is_plural(t, above))} {t.tokens[above].lower}"
    return None


def carried(a: Analysis, t: Tree, q: Quantity, phrase: str, token: int, verb: int) -> str | None:
    """ "el ferri a Iquitos zarpó con 180 pasajeros" → "pasajeros del ferri a Iquitos"; "reforzó el puesto con 60 policías"."""
    if case(t, token) != "con" or t.tokens[token].head != verb:
        return None
    if t.tokens[verb].lemma == "reforzar":
        done = next((k for k in t.children(verb, "obj") if k != token), None)
        words = plain_words(t.tokens[t.left[done] : t.right[done]]) if done is not None else ""
        return f"{phrase} que refuerzan {words}" if 0 < len(words.split()) < 9 and " con " not in words else None
    subject = next((k for k in t.children(verb, *SUBJECTS) if t.tokens[k].pos == "NOUN"), None)
    if subject is None or t.tokens[subject].lemma not in _CARRIERS | a.lexicon.classes["vessel"]:
        return None
    return f"{phrase} {genitive(a, t, q, subject)}".split(" que ")[0]


def _only_wanted(a: Analysis, t: Tree, noun: int) -> bool:
    """Whether a deed's noun is the object of asking for it, wanting or refusing it."""
    over = t.tokens[noun].head
    if t.tokens[noun].dep not in ("obj", "nsubj:pass"):
        return False
    return negated(t, over) or any(v.concept in _WANTING for v in a.lexicon.verbs.get(t.tokens[over].lemma, ()))


def done_by_noun(a: Analysis, t: Tree, q: Quantity, phrase: str, token: int) -> str | None:
    """A counted thing of which the noun over it tells what is done to it; ``None`` where that noun is no deed."""
    above = t.tokens[token].head
    if t.tokens[above].pos == "PROPN" and t.tokens[above].head < above:
        above = t.tokens[above].head  # "la devolución a Tacna de 214 migrantes"
    verb = verb_of_nominal(a.document.article.language, t.tokens[above].lemma)
    made = participle(verb) if verb is not None else None
    if made is None or case(t, token) != "de" or t.tokens[token].dep != "nmod":
        return None
    if _only_wanted(a, t, above):
        return phrase  # "pidió la entrega de los 12 presos"
    head = phrase.split()[0]
    if verb in DYING and head in ("personas", "personas."):
        phrase, made, head = "muertos", "", ""
    words = f"{phrase} {agreeing(made, is_feminine(head), True)}" if made else phrase
    for k in t.kids[above]:
        link = case(t, k)
        if k != token and t.tokens[k].pos in ("NOUN", "PROPN") and link in ("a", "en", "por", "hacia", "desde"):
            stop = t.left[token] if k < token < t.right[k] else t.right[k]
            where = plain_words(t.tokens[t.left[k] : stop]).split(" que ")[0]
            if 1 < len(where.split()) < 8 and not any(c.isdigit() for c in where):
                return " ".join(f"{words.removesuffix(where).strip()} {where}".split()[:LONGEST])
    for link in (" a ", " al ", " en "):  # the parser hung it on the counted thing: "infantes a Tumaco"
        if link in phrase:
            thing, where = phrase.split(link, 1)
            return f"{thing} {agreeing(made, is_feminine(head), True)}{link}{where}"
    return f"{words} {words_behind(a, t, q, frozenset({'a', 'al', 'hacia'}))}".strip()
