"""Where the text names somebody: proper names, office + name, unnamed groups, governments, bodies, "both countries".

Surface grammar over tagged tokens, not over arcs: the head of "el ministro español de Asuntos Exteriores, Álvaro Montenegro" is where
parsers disagree most (pattern 8 of the failure list), its words are not. The order of precedence, in one pass from left to right:

1. what the gazetteer knows, unless a longer name stands there ("Marina" / "Marina Real");
2. runs of capitalised words, joined over "de", "del", "y" where the first word says that it is an organisation or a person;
3. an office before or behind a name, which makes the name a person and the office its title;
4. offices without a name, groups, governments and bodies, by their noun and a demonym or "de" + name;
5. "ambos países", "los dos gobiernos".

Nothing is resolved here: a mention says what the words are, :mod:`kg.extract.resolution` says who is meant.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from kg.extract.gazetteer import Gazetteer, Name
from kg.extract.lexicon import Lexicon
from kg.model import Document, Sentence, Span, Token

MentionKind = Literal["name", "person", "role", "group", "government", "body", "pair"]

# the classes whose nouns name an organisation, from the most to the least telling
ORGANIZATIONS = (
    "MediaOutlet",
    "CriminalOrganization",
    "Party",
    "InternationalOrganization",
    "PublicBody",
    "CivilOrganization",
    "Company",
)
_JOINERS = {"de", "del", "da", "do", "dos", "di"}
_PARTICLES = {"el", "la", "al", "bin", "ben", "von", "van", "de", "del", "da", "do", "dos", "di", "y"}
_ARTICLES = {"el", "la", "los", "las"}
_PEOPLE = ("ero", "era", "or", "ora", "ista", "ante", "ente", "ario", "aria", "ano", "ino")
_PAIR_NOUNS = {
    "países",
    "gobiernos",
    "naciones",
    "capitales",
    "delegaciones",
    "partes",
    "estados",
    "ejecutivos",
    "vecinos",
    "administraciones",
    "cancillerías",
}
_SINGULAR_GROUP = {"un", "una", "otro", "otra", "algún", "alguna", "cierto", "ningún"}


@dataclass(frozen=True, slots=True)
class Mention:
    """Words that name somebody. Tokens ``first`` to ``last`` (exclusive) of ``sentence``; ``name`` is what stays of them as a name.

    ``known`` are the gazetteer's candidates; ``role`` the office noun; ``country`` an actor id from a demonym or "de" + country;
    ``org`` the organisation named in a title or after "de"; ``ordinal`` tells "un tercer funcionario" from the others.
    """

    sentence: int
    first: int
    last: int
    span: Span
    kind: MentionKind
    name: str
    cls: str | None = None
    known: tuple[Name, ...] = ()
    role: str | None = None
    title: str | None = None
    country: str | None = None
    org: str | None = None
    plural: bool = False
    feminine: bool = False
    definite: bool = False
    possessive: bool = False
    place: bool = False


@dataclass(frozen=True)
class _Words:
    """The word lists that the grammar asks for, folded together once."""

    roles: frozenset[str]
    groups: frozenset[str]
    governments: frozenset[str]
    organizations: dict[str, str]
    places: frozenset[str]
    given: frozenset[str]


_CACHE: dict[int, tuple[Lexicon, _Words]] = {}


def _words(lex: Lexicon) -> _Words:
    """The folded lists of ``lex``, made once for each lexicon (which is too large to hash)."""
    if id(lex) not in _CACHE:
        organizations: dict[str, str] = {}
        for cls in reversed(ORGANIZATIONS):
            organizations.update({noun: cls for noun in lex.classes.get(cls, ())})
        words = _Words(
            lex.classes["person-role"] | lex.classes["government-role"],
            lex.classes["group-noun"],
            lex.classes["Government"],
            organizations,
            lex.classes["place-noun"],
            lex.classes["given-name"],
        )
        _CACHE[id(lex)] = (lex, words)
    return _CACHE[id(lex)][1]


def find_mentions(document: Document, gaz: Gazetteer, lex: Lexicon) -> tuple[Mention, ...]:
    """All mentions of actors in the document, in order, not overlapping."""
    words = _words(lex)
    countries = tuple(c.lower() for c in document.article.countries)
    out: list[Mention] = []
    for sentence in document.sentences:
        out.extend(_Scanner(document.article.text, sentence, gaz, words, countries).scan())
    return tuple(out)


class _Scanner:
    """One sentence's worth of the grammar; a class only because its parts share the tokens."""

    def __init__(self, text: str, sentence: Sentence, gaz: Gazetteer, words: _Words, countries: tuple[str, ...]):
        self.text, self.sentence, self.tokens = text, sentence, sentence.tokens
        self.n, self.gaz, self.w, self.countries = len(sentence.tokens), gaz, words, countries

    # ---------------------------------------------------------------------------------------------------- the pass

    def scan(self) -> list[Mention]:
        out: list[Mention] = []
        i = 0
        while i < self.n:
            found = self._pair(i) or self._government(i) or self._role(i) or self._group(i) or self._name(i) or self._body(i)
            if found is None:
                i += 1
                continue
            found = self._apposition(found)
            out.append(found)
            i = max(found.last, i + 1)
        return out

    def _make(self, kind: MentionKind, first: int, last: int, name: str, **more: object) -> Mention:
        start = first
        return Mention(
            self.sentence.index,
            start,
            last,
            Span(self.tokens[start].start, self.tokens[last - 1].end),
            kind,
            name,
            **more,  # type: ignore[arg-type]
        )

    def _slice(self, first: int, last: int) -> str:
        return self.text[self.tokens[first].start : self.tokens[last - 1].end]

    # ---------------------------------------------------------------------------------------------------- words

    def _capital(self, i: int) -> bool:
        """Whether token ``i`` can be part of a name. At the start of a sentence a capital alone says nothing."""
        if not 0 <= i < self.n:
            return False
        token = self.tokens[i]
        if not token.text[:1].isupper() or not token.text[:1].isalpha():
            return False
        before = self.tokens[i - 1] if i else None
        if before is None or before.text in "“«\"'‘¿¡:—-" or before.pos == "SPACE":
            if token.text in self.w.given or token.pos == "PROPN" or (token.text.isupper() and len(token.text) > 1):
                return (
                    token.lower not in _ARTICLES
                    and "VerbForm" not in token.morph
                    and not token.lower.endswith(("ado", "ido", "ados", "idos"))
                    and token.lower not in ("según", "pero", "para", "en", "que")
                )
            return i + 1 < self.n and self.tokens[i + 1].text[:1].isupper() and token.pos in ("NOUN", "ADJ")
        return True

    def _country_word(self, i: int) -> str | None:
        """The country of a demonym adjective at ``i``."""
        return self.gaz.demonyms.get(self.tokens[i].lower) if 0 <= i < self.n and self.tokens[i].text[:1].islower() else None

    def _known(self, i: int) -> tuple[int, tuple[Name, ...]] | None:
        """The gazetteer's longest name from token ``i``: the token it ends before, and its actors."""
        if not self.tokens[i].text[:1].isupper() and self.tokens[i].lower not in _ARTICLES:
            return None
        hit = self.gaz.at(self.text, self.tokens[i].start, self.countries)
        if hit is None:
            return None
        end = self.tokens[i].start + len(hit[0])
        j = i
        while j < self.n and self.tokens[j].end <= end:
            j += 1
        return (j, hit[1]) if j > i and self.tokens[j - 1].end >= end - 1 else None

    # ---------------------------------------------------------------------------------------------------- names

    def _run(self, i: int) -> int:
        """The end of the run of name words from token ``i`` (a capitalised one)."""
        first = self.tokens[i].lower
        described = self.w.organizations.get(self.tokens[i - 1].lower) if i and self.tokens[i - 1].text[:1].islower() else None
        organisation = first in self.w.organizations or first in ("departamento", "oficina") or described is not None or (first in _ARTICLES and i > 0)
        person = self.tokens[i].text in self.w.given
        j, joined = i + 1, False
        while j < self.n:
            token = self.tokens[j]
            if self._capital(j):
                if (
                    token.text in self.w.given
                    and self._capital(j + 1)
                    and not person
                    and not organisation
                    and j > i
                    and self._known_span(i, j)
                ):
                    break  # "Texas Dale Hutchins"
                if organisation and token.text in self.w.given and self._capital(j + 1) and joined:
                    break  # "secretario de Estado Marco Rubio"
                j += 1
                continue
            if organisation and token.lower in _JOINERS | {"para", "contra"} and self._after_joiner(j) is not None:
                k = self._after_joiner(j)
                assert k is not None
                joined = True
                j = k
                continue
            if (
                organisation
                and joined
                and token.lower in ("y", "e")
                and self._capital(j + 1)
                and not self._known(j + 1)
                and self.tokens[j + 1].lower not in self.w.organizations
            ):
                j += 2
                continue
            if (
                person
                and token.lower in _PARTICLES - {"y"}
                and self._after_joiner(j) is not None
                and not self._known(self._after_joiner(j) or j)
            ):
                k = self._after_joiner(j)
                assert k is not None
                j = k + 1
                continue
            break
        return j

    def _known_span(self, i: int, j: int) -> bool:
        hit = self._known(i)
        return hit is not None and hit[0] <= j

    def _after_joiner(self, j: int) -> int | None:
        """The capitalised token after "de", "de la", "del" … at ``j``."""
        if self._capital(j + 1):
            return j + 1
        if j + 1 < self.n and self.tokens[j + 1].lower in _ARTICLES and self._capital(j + 2):
            return j + 2
        return None

    def _name(self, i: int) -> Mention | None:
        token = self.tokens[i]
        known = self._known(i)
        if known is None and not self._capital(i):
            return None
        if known is not None and token.lower in _ARTICLES and known[0] == i + 1:
            known = None
        last = self._run(i) if self._capital(i) else (known[0] if known else i + 1)
        names: tuple[Name, ...] = ()
        if known is not None and all(n.kind in ("capital", "metonym") for n in known[1]) and self._descriptor(i) == "Place":
            known = None  # "el río San Juan"
        if known is not None and known[0] >= last:
            last, names = known
        elif known is not None and self.tokens[i].lower not in self.w.organizations and self.tokens[i].text not in self.w.given:
            # a longer run than the known name: keep the longer, unless what follows is only a person's name
            if any(n.kind == "label" for n in known[1]) and self.tokens[known[0]].text in self.w.given:
                last, names = known
        if not names and last - i == 1 and token.lower in _ARTICLES:
            return None
        text = self._slice(i, last)
        if len(text) < 2 and not self._media_before(i):
            return None
        country = self._country_word(last)
        cls = self._class_of_name(i, last, names)
        extra = last
        if country and cls in ("PublicBody", "Government", "Party", "Company", "CivilOrganization"):
            extra = last + 1
        alias_end = self._acronym(extra)
        mention = self._make(
            "person" if cls == "Person" else "name",
            i,
            alias_end or extra,
            self._slice(i, extra),
            cls=cls,
            known=names,
            country=country or self._country_in(i, last),
            title=self._slice(extra + 1, (alias_end or 0) - 1) if alias_end else None,
            place=cls == "Place",
        )
        return mention

    def _acronym(self, j: int) -> int | None:
        """The end of "(ELN)" at ``j``; the letters become an alias."""
        if (
            j + 2 < self.n
            and self.tokens[j].text == "("
            and self.tokens[j + 2].text == ")"
            and self.tokens[j + 1].text[:1].isupper()
        ):
            return j + 3
        return None

    def _country_in(self, i: int, last: int) -> str | None:
        """A country named inside an organisation's name ("… de la Industria de Brasil")."""
        for k in range(i + 1, last):
            hit = self._known(k)
            if hit is not None and self.gaz.actors[hit[1][0].actor].kind == "Country":
                return hit[1][0].actor
        return None

    def _media_before(self, i: int) -> bool:
        return i > 0 and self.w.organizations.get(self.tokens[i - 1].lower) == "MediaOutlet"

    def _class_of_name(self, i: int, last: int, names: tuple[Name, ...]) -> str | None:
        if names:
            return self.gaz.actors[names[0].actor].kind
        tokens = self.tokens
        first = tokens[i].lower
        if tokens[i].text in self.w.given and (last - i > 1 or not self._descriptor(i)):
            return "Person"
        if first in self.w.organizations:
            return self.w.organizations[first]
        described = self._descriptor(i)
        if described:
            return described
        if first in self.w.places:
            return "Place"
        before = tokens[i - 1].lower if i else ""
        if (
            before == "por"
            and i > 1
            and tokens[i - 2].lemma in ("citar", "consultar", "recoger", "difundir", "publicar", "citado", "publicado")
        ):
            return "MediaOutlet"
        determiner = i > 0 and tokens[i - 1].pos == "DET"
        if before in ("en", "desde", "hacia", "hasta") or (
            determiner and i > 1 and tokens[i - 2].lower in ("en", "desde", "hacia", "hasta")
        ):
            return "Place"
        if first in _ARTICLES and i:
            return "Place"  # "La Boquilla", "El Paso"
        if determiner and i > 1 and any(t.lemma in ("publicar", "difundir") for t in tokens[max(0, i - 5) : i - 1]):
            return "MediaOutlet"  # "como publicó el jueves la Gazeta Paulista"
        if before in ("de", "del", "a", "al", "por", "entre", "y") and not determiner:
            return None  # "de Vaca Muerta a San Pablo": nothing says that it is a person
        if last - i >= 2 and not determiner and not any(t.lower in _JOINERS for t in tokens[i:last]):
            return "Person" if all(t.text[:1].isupper() and not t.text.isupper() for t in tokens[i:last]) else None
        return None

    def _descriptor(self, i: int) -> str | None:
        """The class a common noun before the name gives it: "el digital tangerino Le Détroit", "el río Bravo", "el gremio Fenalcomex"."""
        j = i - 1
        if j >= 0 and self.tokens[j].lower in ("el", "la", "“", "«", '"'):
            j -= 1
        steps = 0
        while j >= 0 and steps < 3:
            word = self.tokens[j].lower
            if word in self.w.organizations and (self.tokens[j].pos in ("NOUN", "PROPN") or word == "digital" or steps > 0):
                return self.w.organizations[word]
            if word in self.w.places and self.tokens[j].pos in ("NOUN", "PROPN"):
                return "Place"
            lemma = self.tokens[j].lemma
            if lemma in self.w.places and self.tokens[j].pos == "NOUN":
                return "Place"
            if word in self.w.groups and self.tokens[j].pos in ("NOUN", "ADJ"):
                return "Group"
            if self.tokens[j].pos != "ADJ":
                return None
            j -= 1
            steps += 1
        return None

    # ---------------------------------------------------------------------------------------------------- offices

    def _role_noun(self, i: int) -> bool:
        token = self.tokens[i]
        lower = token.lower.removeprefix("ex").removeprefix("-")
        return (token.lower in self.w.roles or (len(lower) > 5 and lower in self.w.roles)) and token.pos in ("NOUN", "PROPN", "ADJ") and "Number=Plur" not in token.morph

    def _role(self, i: int) -> Mention | None:
        """[the] office [adjectives] [de …] [, ] [Name]."""
        tokens = self.tokens
        j = i
        definite = possessive = indefinite = False
        if tokens[j].pos == "DET" or tokens[j].lower in ("el", "la", "un", "una", "su", "los", "las"):
            if tokens[j].lower in ("el", "la"):
                definite = True
            elif tokens[j].lower in ("su", "mi", "nuestro", "nuestra"):
                possessive = True
            elif tokens[j].lower in _SINGULAR_GROUP:
                indefinite = True
            elif tokens[j].lower in ("los", "las", "sus"):
                return self._role_plural(i)
            else:
                return None
            j += 1
        ordinal = j  # "un tercer funcionario" is another one than "un funcionario"
        if (
            j < self.n
            and tokens[j].pos == "ADJ"
            and tokens[j].lower
            in (
                "tercer",
                "segundo",
                "primer",
                "alto",
                "alta",
                "nuevo",
                "nueva",
                "actual",
                "propio",
                "propia",
                "máximo",
                "entonces",
                "otro",
            )
        ):
            if (
                j + 1 < self.n
                and self._role_noun(j + 1)
                and not (tokens[j].lower == "primer" and tokens[j + 1].lower == "ministro")
            ):
                j += 1
        if j + 1 < self.n and tokens[j].lower in ("primer", "primera") and tokens[j + 1].lower in ("ministro", "ministra"):
            noun, role = j + 1, f"{tokens[j].lower} {tokens[j + 1].lower}"
        elif j < self.n and self._role_noun(j):
            noun, role = j, tokens[j].lower
        else:
            return None
        end, country, org = self._complements(noun + 1)
        title = self._slice(j, end)
        feminine = "Gender=Fem" in tokens[noun].morph or role.endswith("a")
        name_at = self._person_at(end)
        if name_at is None and end < self.n and tokens[end].text == ",":
            inner = end + 1
            # a second office between: "el ministro de Defensa colombiano, el general retirado Octavio Murcia"
            if inner < self.n and tokens[inner].lower in ("el", "la") and inner + 1 < self.n and self._role_noun(inner + 1):
                second, _, _ = self._complements(inner + 2)
                name_at = self._person_at(second)
            else:
                name_at = self._person_at(inner)
                if name_at is not None and not self._closes(name_at[1]):
                    name_at = None
        if name_at is not None:
            return self._make(
                "person",
                i,
                name_at[1],
                self._slice(*name_at),
                cls="Person",
                known=self._exact(*name_at),
                role=role,
                title=title,
                country=country,
                org=org,
                feminine=feminine,
            )
        if indefinite:
            return self._make(
                "group", i, end, self._slice(ordinal if tokens[ordinal].lower in ("tercer", "segundo", "cuarto") else j, end), cls="Group", role=role, country=country, org=org, feminine=feminine
            )
        if not (definite or possessive) and not country and not org:
            return None
        return self._make(
            "role",
            i,
            end,
            title,
            cls="Person",
            role=role,
            title=title,
            country=country,
            org=org,
            feminine=feminine,
            definite=definite,
            possessive=possessive,
        )

    def _role_plural(self, i: int) -> Mention | None:
        """ "los cancilleres Lucía Santamaría y Rubén Alcántara": the first of the named people; the rest are found as names."""
        j = i + 1
        if j >= self.n or self.tokens[j].lemma not in self.w.roles or "Number=Plur" not in self.tokens[j].morph:
            return None
        end, country, org = self._complements(j + 1)
        name_at = self._person_at(end)
        if name_at is None:
            return None
        return self._make(
            "person",
            i,
            name_at[1],
            self._slice(*name_at),
            cls="Person",
            known=self._exact(*name_at),
            role=self.tokens[j].lemma,
            title=self.tokens[j].lemma + self._slice_tail(j + 1, end),
            country=country,
            org=org,
        )

    def _slice_tail(self, first: int, last: int) -> str:
        return " " + self._slice(first, last) if last > first else ""

    def _closes(self, j: int) -> bool:
        return j >= self.n or self.tokens[j].text in ",.;:)—–" or self.tokens[j].pos in ("PUNCT", "VERB", "AUX", "CCONJ")

    def _exact(self, first: int, last: int) -> tuple[Name, ...]:
        hit = self._known(first)
        return hit[1] if hit is not None and hit[0] == last else ()

    def _person_at(self, j: int) -> tuple[int, int] | None:
        """A person's name from token ``j``: two capitalised words or more, or one that begins with a given name."""
        if j >= self.n or not self._capital(j) or self.tokens[j].lower in self.w.organizations:
            return None
        hit = self._known(j)
        if hit is not None and self.gaz.actors[hit[1][0].actor].kind != "Person" and self.tokens[j].text not in self.w.given:
            return None
        end = j + 1
        given = self.tokens[j].text in self.w.given
        while end < self.n:
            if self._capital(end):
                end += 1
            elif (
                self.tokens[end].lower in _PARTICLES - {"y"}
                and self._after_joiner(end) is not None
                and (given or end - j >= 1)
                and not self._known(self._after_joiner(end) or end)
            ):
                end = (self._after_joiner(end) or end) + 1
            else:
                break
        if end - j == 1 and not given and (j == 0 or self.tokens[j - 1].text == ","):
            return None
        return j, end

    def _complements(self, j: int) -> tuple[int, str | None, str | None]:
        """What follows an office or group noun: adjectives, "de" + body or country, "por" + region. Returns end, country, organisation."""
        country: str | None = None
        org: str | None = None
        end = j
        while end < self.n:
            token = self.tokens[end]
            demonym = self._country_word(end)
            if demonym:
                country = demonym
                end += 1
                continue
            if token.text[:1].islower() and (
                (token.pos == "ADJ" and token.dep in ("amod", "flat", "appos", "conj"))
                or (
                    token.pos == "NOUN"
                    and token.dep in ("amod", "appos", "flat")
                    and end > j - 1
                    and self.tokens[end - 1].lower[-1:] == token.lower[-1:] == "s"
                )
            ):
                end += 1
                continue
            if token.lower in ("de", "del", "por", "para", "ante", "en") and end + 1 < self.n:
                k = end + 1
                if self.tokens[k].lower in _ARTICLES:
                    k += 1
                if k < self.n and self._capital(k):
                    hit = self._known(k)
                    stop = self._run(k)
                    if stop - k > 1 and self.tokens[k].lower not in self.w.organizations:
                        for m in range(k + 1, stop):  # "de Estado Marco Rubio", but "de la Casa Blanca"
                            if self.tokens[m].text in self.w.given and m + 1 < stop:
                                stop = m
                                break
                    if hit is not None and hit[0] >= stop:
                        stop = hit[0]
                        actor = self.gaz.actors[hit[1][0].actor]
                        country = country or (actor.id if actor.kind == "Country" else actor.country)
                        if actor.kind != "Country":
                            org = self._slice(k, stop)
                    elif (
                        self.tokens[k].lower in self.w.organizations
                        or (stop - k == 1 and self.tokens[k].text.isupper())
                        or token.lower in ("de", "del")
                    ):
                        org = self._slice(k, stop)
                        country = country or self._country_in(k, stop)
                    elif token.lower in ("en", "ante", "para"):
                        break
                    end = stop
                    # "Desarrollo, Industria y Comercio": a list of capitalised fields
                    while (
                        end + 1 < self.n
                        and self.tokens[end].text in (",", "y", "e")
                        and self._capital(end + 1)
                        and self.tokens[end + 1].text not in self.w.given
                        and self._list_goes_on(end)
                    ):
                        end += 2
                        while self._capital(end) and self.tokens[end].text not in self.w.given:
                            end += 1
                    continue
                if token.lower == "de" and k + 1 < self.n and self.tokens[k].pos == "ADJ" and self.tokens[k + 1].pos == "NOUN":
                    end = k + 2  # "de alto perfil"
                    continue
                if (
                    token.lower in ("de", "del")
                    and k < self.n
                    and self.tokens[k].pos in ("NOUN", "ADJ")
                    and self.tokens[k].text[:1].islower()
                ):
                    end = k + 1
                    continue
            break
        return end, country, org

    def _list_goes_on(self, j: int) -> bool:
        if self.tokens[j].text in ("y", "e"):
            return not self._known(j + 1)
        return any(self.tokens[k].text in ("y", "e") and self._capital(k + 1) for k in range(j + 2, min(j + 4, self.n)))

    # ---------------------------------------------------------------------------------------------------- groups, governments, bodies

    def _group(self, i: int) -> Mention | None:
        token = self.tokens[i]
        if token.text[:1].isupper() and i and self.tokens[i - 1].text not in '“«"¿¡:' and token.pos == "PROPN":
            return None
        plural = "Number=Plur" in token.morph or token.lower.endswith("s")
        lemma = (
            token.lemma
            if token.lemma in self.w.groups
            else (token.lower[:-2] if token.lower.endswith("es") else token.lower.rstrip("s"))
        )
        if lemma not in self.w.groups and token.lower.rstrip("s") in self.w.groups:
            lemma = token.lower.rstrip("s")
        if lemma not in self.w.groups and plural and token.pos == "NOUN" and lemma.endswith(_PEOPLE) and self._country_word(i + 1):
            end, country, org = self._complements(i + 1)  # "los arrieros chilenos": people by their ending and their country
            return self._make("group", i, end, self._slice(i, end), cls="Group", role=lemma, country=country, org=org, plural=True)
        if (
            lemma not in self.w.groups
            or token.pos not in ("NOUN", "PROPN", "PRON", "ADJ", "VERB")
            or (not plural and self._capital(i + 1))
        ):
            return None
        before = self.tokens[i - 1].lower if i else ""
        if (
            token.pos in ("ADJ", "VERB", "PRON")
            and (before not in _ARTICLES | {"", "unos", "unas", "otros"} or token.pos == "VERB")
            and i
        ):
            return None
        collective = lemma in (
            "delegación",
            "flota",
            "personal",
            "tropa",
            "comitiva",
            "equipo",
            "gremio",
            "sindicato",
            "autoridad",
            "fuente",
            "patrullera",
            "buque",
            "pesquero",
            "embarcación",
            "hidroeléctrica",
        )
        if (
            not plural
            and before not in _SINGULAR_GROUP | {"tercer"}
            and not (collective and before in ("la", "el", "una", "un", "su"))
        ):
            return None
        end, country, org = self._complements(i + 1)
        if not plural and not collective and not (country or org or before in _SINGULAR_GROUP):
            return None
        if before in ("tercer", "segundo", "cuarto", "quinto") and i:
            return self._make("group", i - 1, end, self._slice(i - 1, end), cls="Group", role=lemma, country=country, org=org, plural=plural)
        if lemma == "autoridad" and country:
            return self._make("government", i, end, self._slice(i, end), cls="Government", country=country, plural=True)
        return self._make(
            "group",
            i,
            end,
            self._slice(i, end),
            cls="Group",
            role=lemma,
            country=country,
            org=org,
            plural=plural,
            definite=before in _ARTICLES,
        )

    def _government(self, i: int) -> Mention | None:
        token = self.tokens[i]
        if token.lower in ("parte", "bando") and i + 1 < self.n and self._country_word(i + 1) and i and self.tokens[i - 1].lower in ("la", "el"):
            return self._make("government", i, i + 2, self._slice(i, i + 2), cls="Government", country=self._country_word(i + 1), definite=True)
        if token.lower not in self.w.governments or token.pos not in ("NOUN", "PROPN", "ADJ"):
            return None
        if token.lower == "administración" and not (
            i + 1 < self.n and (self._country_word(i + 1) or self.tokens[i + 1].lower in ("de", "del") or self._capital(i + 1))
        ):
            return None
        end = i + 1
        country: str | None = None
        org: str | None = None
        if end < self.n and self._country_word(end):
            country = self._country_word(end)
            end += 1
        elif end + 1 < self.n and self.tokens[end].lower in ("de", "del"):
            k = end + 1
            if self.tokens[k].lower in _ARTICLES and k + 1 < self.n:
                k += 1
            hit = self._known(k)
            if hit is not None and self._capital(k):
                actor = self.gaz.actors[hit[1][0].actor]
                country = actor.id if actor.kind == "Country" else actor.country
                end = hit[0]
            elif self._capital(k):
                stop = self._run(k)
                org = self._slice(k, stop)
                end = stop
        elif self._capital(end) and end < self.n:  # "la administración Trump"
            stop = self._run(end)
            org = self._slice(end, stop)
            end = stop
        before = self.tokens[i - 1].lower if i else ""
        if not country and not org and not (before in ("el", "del", "al", "su") and (token.text[:1].isupper() or before == "su")):
            return None
        return self._make(
            "government",
            i,
            end,
            self._slice(i, end),
            cls="Government",
            country=country,
            org=org,
            possessive=before == "su",
            definite=True,
        )

    def _body(self, i: int) -> Mention | None:
        """A body by a common noun: "el Senado", "el ejército haitiano", "la policía de Chile"."""
        token = self.tokens[i]
        noun = token.lower if token.lower in self.w.organizations else token.lemma
        cls = self.w.organizations.get(noun)
        if cls is None or token.pos not in ("NOUN", "PROPN"):
            return None
        end, country, org = self._complements(i + 1)
        before = self.tokens[i - 1].lower if i else ""
        if cls in ("CivilOrganization", "Company", "Party") and token.text[:1].islower() and not self._country_word(i + 1) and not self._capital(i + 1):
            return None  # "un movimiento unilateral de Washington" is no organisation
        if cls == "Company" and noun in ("grupo", "estatal", "banco", "firma") and not self._capital(i + 1):
            return None  # "un grupo del Gabinete": a measure, not a company
        if cls == "MediaOutlet" or not (country or (org and token.text[:1].isupper())):
            taken_up = cls == "MediaOutlet" and before in (
                "la",
                "el",
                "misma",
                "mismo",
                "citada",
                "citado",
                "dicha",
                "dicho",
                "al",
                "del",
            )
            if not taken_up and not (cls == "CriminalOrganization" and before in ("la", "los", "las", "el")):
                return None
            if taken_up and (self._capital(i + 1) or token.pos != "NOUN"):
                return None
            if cls != "CriminalOrganization":
                end = i + 1
        return self._make(
            "body",
            i,
            end,
            self._slice(i, end),
            cls=cls,
            role=noun,
            country=country,
            org=org,
            plural="Number=Plur" in token.morph,
            definite=before in _ARTICLES,
        )

    def _pair(self, i: int) -> Mention | None:
        tokens = self.tokens
        if tokens[i].lower in ("ambos", "ambas") and i + 1 < self.n:
            last = i + 2 if tokens[i + 1].lower in _PAIR_NOUNS or tokens[i + 1].lemma in self.w.groups else i + 1
            if last == i + 1 and tokens[i + 1].pos in ("NOUN", "ADJ"):
                return None
            return self._make("pair", i, last, self._slice(i, last), plural=True)
        if (
            tokens[i].lower in ("los", "las")
            and i + 2 < self.n
            and tokens[i + 1].lower == "dos"
            and tokens[i + 2].lower in _PAIR_NOUNS
        ):
            return self._make("pair", i, i + 3, self._slice(i, i + 3), plural=True)
        if tokens[i].lower == "las" and i + 1 < self.n and tokens[i + 1].lower == "partes":
            return self._make("pair", i, i + 2, self._slice(i, i + 2), plural=True)
        return None

    # ---------------------------------------------------------------------------------------------------- appositions

    def _apposition(self, m: Mention) -> Mention:
        """A name followed by ", office …," is a person with that title; an organisation takes "(sigla)" in :meth:`_name`."""
        if m.kind not in ("person", "name") or m.role or m.last + 1 >= self.n or self.tokens[m.last].text != ",":
            return m
        j = m.last + 1
        if self.tokens[j].lower in ("el", "la", "un", "una") and j + 1 < self.n:
            j += 1
        if m.kind == "name" and (m.cls not in (None, "Place") or m.known):
            return m
        if j >= self.n or not self._role_noun(j):
            return m
        end, country, org = self._complements(j + 1)
        if self._person_at(end) is not None:
            return m
        return replace(
            m,
            kind="person",
            cls="Person",
            role=self.tokens[j].lower,
            title=self._slice(j, end),
            country=country or m.country,
            org=org,
            place=False,
            last=end,
            span=Span(m.span.start, self.tokens[end - 1].end),
            feminine="Gender=Fem" in self.tokens[j].morph,
        )
