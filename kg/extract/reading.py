"""One sentence as the grammar of names reads it, and what that grammar makes of it: a :class:`Mention`.

The grammar asks the same few things of every token: can it be part of a name, does the gazetteer know a name that begins here, is it
a demonym. :class:`Line` answers them; :mod:`kg.extract.names`, :mod:`kg.extract.offices` and :mod:`kg.extract.groups` ask. Positions
are token indices into the sentence, ends are exclusive; the spans of mentions are code points of the article's body.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from kg.extract.gazetteer import Gazetteer, Name
from kg.extract.lexicon import Lexicon
from kg.model import Sentence, Span, Token

MentionKind = Literal["name", "person", "role", "group", "government", "body", "pair", "side"]

# the nouns that mean the article's two sides: "ambos países"
PAIR_NOUNS = frozenset(
    {"países", "gobiernos", "naciones", "capitales", "delegaciones", "partes", "estados", "ejecutivos", "vecinos"}
    | {"administraciones", "cancillerías"}
)
ARTICLES = frozenset({"el", "la", "los", "las"})
# words of one letter case that stand inside names: of organisations, and of people besides
JOINERS = frozenset({"de", "del", "da", "do", "dos", "di"})
PARTICLES = frozenset({"el", "la", "al", "bin", "ben", "von", "van"}) | JOINERS

# the classes whose nouns name an organisation, from the most to the least telling: "agencia" is an outlet before it is a public body
ORGANIZATIONS = (
    "MediaOutlet",
    "CriminalOrganization",
    "Party",
    "InternationalOrganization",
    "PublicBody",
    "CivilOrganization",
    "Company",
)
_LONGEST_NOUN = 3  # words: "cámara de comercio"
_OPENING = frozenset("“«\"‘'¿¡:—-")
_MARKERS = frozenset({"P.", "R.", "P", "R"})
_OPENING_WORDS = frozenset({"usted", "ustedes", "yo", "nosotros", "nosotras", "acá", "ahí", "según", "pero", "para", "en", "que"})
_PARTICIPLES = ("ado", "ido", "ados", "idos")


@dataclass(frozen=True, slots=True)
class Mention:
    """Words that name somebody. Tokens ``first`` to ``last`` (exclusive) of ``sentence``; ``name`` is what stays of them as a name.

    ``known`` are the gazetteer's candidates; ``role`` the office noun or the noun of the group; ``title`` the office as the text has it,
    or an organisation's acronym; ``country`` an actor id from a demonym or "de" + country; ``local`` the country of the city or region
    that the words name ("comerciantes de Ipiales"); ``org`` the organisation (or person, or place) named behind the noun; ``definite``
    and ``possessive`` tell "el canciller" and "su canciller" from "un canciller".
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
    local: str | None = None
    plural: bool = False
    feminine: bool = False
    definite: bool = False
    possessive: bool = False
    place: bool = False


@dataclass(frozen=True, slots=True)
class NamingWords:
    """The lexicon's word lists that the grammar of names asks for; ``organizations`` gives each noun its class."""

    roles: frozenset[str]
    groups: frozenset[str]
    governments: frozenset[str]
    organizations: dict[str, str]
    vessels: frozenset[str]  # of the groups' nouns, those for ships, which bear names
    places: frozenset[str]
    given: frozenset[str]
    partisan: frozenset[str]  # adjectives of parties
    factions: frozenset[str]  # nouns for a party's members and groups in a parliament
    general: frozenset[str]  # nouns that take up a body of whatever class: "la entidad"
    gangs: frozenset[str]  # nouns for gangs and for those in them
    outlet_names: frozenset[str]  # words in names of outlets: "courrier", "gazeta"
    fields: frozenset[str]  # names of ministries that go by their field alone: "Interior"
    housed: frozenset[str]  # nouns for organisations that are told by their place: "diócesis"
    camps: frozenset[str]  # nouns for a political camp: "chavismo"
    group_firsts: frozenset[str]  # the words that a noun of several words for unnamed people begins with
    first_words: frozenset[str]  # the words that a noun for an organisation begins with

    def people(self, noun: str) -> bool:
        """Whether a noun in the plural is one for people: "exportadores"."""
        return noun.endswith("s") and bool({noun[:-1], noun[:-2]} & self.groups)


@lru_cache(maxsize=2)
def naming_words(lex: Lexicon) -> NamingWords:
    """The lists of ``lex``; of a noun that names two classes of organisations the more telling class counts."""
    organizations: dict[str, str] = {}
    for cls in reversed(ORGANIZATIONS):
        organizations.update(dict.fromkeys(lex.classes.get(cls, ()), cls))
    groups = lex.classes["group-noun"] | lex.classes["camp"]
    feminine = {noun + "a" if noun.endswith("or") else noun[:-1] + "a" for noun in groups if noun.endswith(("or", "o"))}
    return NamingWords(
        lex.classes["person-role"] | lex.classes["government-role"],
        # "vendedoras"; but "las mineras" are companies, and "las presas" stand in a river
        groups | (feminine - organizations.keys() - lex.classes["place-noun"]),
        lex.classes["Government"],
        organizations,
        lex.classes["vessel"],
        lex.classes["place-noun"],
        lex.classes["given-name"],
        lex.classes["partisan"],
        lex.classes["faction"],
        lex.classes["general-body"],
        lex.classes["CriminalOrganization"] | lex.classes["gang-member"],
        lex.classes["outlet-name"],
        lex.classes["ministry-field"],
        lex.classes["housed-body"],
        lex.classes["camp"],
        frozenset(noun.split()[0] for noun in groups if " " in noun),
        frozenset(noun.split()[0] for noun in organizations),
    )


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence with all that the grammar needs to read it. ``text`` is the article's body, ``countries`` the article's (actor ids)."""

    text: str
    sentence: Sentence
    gazetteer: Gazetteer
    words: NamingWords
    countries: tuple[str, ...]
    tokens: tuple[Token, ...]

    def __len__(self) -> int:
        return len(self.tokens)

    def before(self, i: int) -> str:
        """The word before token ``i`` in lower case; empty at the beginning."""
        return self.tokens[i - 1].lower if i else ""

    def slice(self, first: int, last: int) -> str:
        """The text from token ``first`` to the end of the token before ``last``."""
        return self.text[self.tokens[first].start : self.tokens[last - 1].end]

    def mention(self, kind: MentionKind, first: int, last: int, name: str | None = None) -> Mention:
        """A mention of these tokens; its name is all their text where no other is given."""
        span = Span(self.tokens[first].start, self.tokens[last - 1].end)
        return Mention(self.sentence.index, first, last, span, kind, self.slice(first, last) if name is None else name)

    def capital(self, i: int) -> bool:
        """Whether token ``i`` can be part of a name. At the start of a sentence a capital alone says nothing."""
        if not 0 <= i < len(self.tokens):
            return False
        token = self.tokens[i]
        if not token.text[0].isupper() or ")" in token.text:
            return False  # "Ístmica).-", at the end of a dateline
        if self._is_marker(i):
            return False
        if i and self.tokens[i - 1].text not in _OPENING and self.tokens[i - 1].pos != "SPACE" and not self._is_marker(i - 1):
            return True
        if token.lower in ARTICLES:
            return self._opens_title(i)
        if token.text in self.words.given or token.pos == "PROPN" or (token.text.isupper() and len(token.text) > 1):
            verbal = "VerbForm" in token.morph or token.lower.endswith(_PARTICIPLES)
            return token.lower not in _OPENING_WORDS and not verbal
        return i + 1 < len(self) and self.tokens[i + 1].text[:1].isupper() and token.pos in ("NOUN", "ADJ")

    def _is_marker(self, i: int) -> bool:
        """Whether token ``i`` is the "P." or "R." that opens a question or an answer of an interview."""
        return i == 0 and self.tokens[i].text in _MARKERS

    def _opens_title(self, i: int) -> bool:
        """Whether the article at ``i`` begins a name in quotation marks behind its noun: "el diario «La Voz»"."""
        quoted = i > 1 and self.tokens[i - 1].text in ("“", "«", '"') and self.organization(i - 2) is not None
        return quoted and i + 1 < len(self) and self.tokens[i + 1].text[:1].isupper()

    def closes(self, i: int) -> bool:
        """Whether an apposition ends before token ``i``: at a comma, a stop, or the end."""
        return i >= len(self.tokens) or self.tokens[i].text in (",", ".", ";", ":", ")", "—")

    def given(self, i: int) -> bool:
        """Whether token ``i`` is somebody's first name."""
        return self.tokens[i].text in self.words.given

    def organization(self, i: int) -> str | None:
        """The class of organisation that token ``i`` is the noun for, alone or with the words behind it ("banco central")."""
        found = self.words.organizations.get(self.organization_noun(i))
        if found == "MediaOutlet" and self.before(i) in ("este", "esta", "nuestro", "nuestra"):
            return None  # "dijo a este diario Evelio Rojas": the name is no paper's
        return found

    def organization_noun(self, i: int) -> str:
        """The longest noun for an organisation that begins at token ``i``; empty where there is none."""
        if self.tokens[i].lower not in self.words.first_words:
            return ""
        words = [t.lower for t in self.tokens[i : i + _LONGEST_NOUN]]
        nouns = (" ".join(words[:count]) for count in range(len(words), 0, -1))
        return next((noun for noun in nouns if noun in self.words.organizations), "")

    def demonym(self, i: int) -> str | None:
        """The country of a demonym at ``i`` ("chileno" → ``cl``)."""
        if not 0 <= i < len(self.tokens):
            return None
        country = self.gazetteer.demonyms.get(self.tokens[i].lower)
        return country if country and self.tokens[i].text[0].islower() else None

    def local_demonym(self, i: int) -> str | None:
        """The country of a city's or region's demonym at ``i`` ("tacneños" → ``pe``)."""
        if not 0 <= i < len(self) or not self.tokens[i].text[:1].islower():
            return None
        return self.gazetteer.local_demonym(self.tokens[i].lower, self.countries)

    def place(self, i: int) -> tuple[int, str | None] | None:
        """The longest name of a city or region from token ``i``: the token it ends before, and its country where that is certain."""
        if not self.tokens[i].text[:1].isupper():
            return None
        hit = self.gazetteer.place_at(self.text, self.tokens[i].start, self.countries)
        if hit is None:
            return None
        end = self.tokens[i].start + len(hit[0])
        j = next((k for k in range(i, len(self)) if self.tokens[k].end >= end), None)
        return (j + 1, hit[1]) if j is not None and self.tokens[j].end == end else None

    def known(self, i: int) -> tuple[int, tuple[Name, ...]] | None:
        """The gazetteer's longest name from token ``i``: the token it ends before, and the actors it may be."""
        token = self.tokens[i]
        if not token.text[:1].isupper() and token.lower not in ARTICLES:
            return None
        hit = self.gazetteer.at(self.text, token.start, self.countries)
        if hit is None:
            return None
        end = token.start + len(hit[0])
        j = i
        while j < len(self) and self.tokens[j].end <= end:
            j += 1
        if j == i and token.end == end + 1 and token.text.endswith("."):
            return i + 1, hit[1]  # "lo escribió en X."
        return (j, hit[1]) if j > i and self.tokens[j - 1].end >= end - 1 else None

    def place_or_country(self, j: int) -> int:
        """The token before which a country's, a city's or a region's name at ``j`` ends; 0 where there is none."""
        if not 0 <= j < len(self):
            return 0
        hit = self.known(j)
        if hit is not None and self.gazetteer.actors[hit[1][0].actor].kind == "Country":
            return hit[0]
        city = self.place(j)
        return city[0] if city is not None else 0

    def after_joiner(self, j: int) -> int | None:
        """The capitalised token after "de", "de la", "del" … at ``j``."""
        if self.capital(j + 1):
            return j + 1
        if j + 1 < len(self) and self.tokens[j + 1].lower in ARTICLES and self.capital(j + 2):
            return j + 2
        return None
