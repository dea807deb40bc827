"""Runs of capitalised words: where a name ends, and what class of actor it names.

A name is what the gazetteer knows, unless a longer name stands there ("Marina" / "Marina Real"), or a run of capitalised words, joined
over "de", "del", "y" where the first word says that it is an organisation or a person. Its class comes from its first word, from the
common noun before it ("el río Bravo") and from the preposition that governs it.
"""

from __future__ import annotations

import re

from kg.extract.gazetteer import Name
from kg.extract.reading import ARTICLES, JOINERS, PARTICLES, Line, Mention
from kg.model import Span

_ORGANIZATION_JOINERS = JOINERS | {"para", "contra", "por"}  # "Comisión para la Verdad", "Mesa por los Derechos del Migrante"
_FOREIGN = frozenset({"der", "den", "du", "des", "of"})  # "Van der Meulen"
# first words of names that are an outlet's only with a name of its own behind them: "Agencia Meridia", but "Agencia Tributaria"
_AGENCIES = frozenset({"agencia", "red"})
_NEWS = frozenset({"noticias", "prensa", "informativa", "informativo", "radio", "tv", "televisión"})
_WAVES = frozenset({"FM", "AM", "TV"})
_OUTLET = re.compile(r"(?:Tele|Radio|Noti)[a-záéíóúñ]{3,}|[A-Z]\w+(?:visión|TV)|TV\w+")
_BROADCAST = frozenset({"micrófonos", "cámaras", "pantallas", "páginas", "web"})
_CONFESSIONS = frozenset({"católica", "evangélica", "ortodoxa", "anglicana", "protestante", "metodista", "luterana"})
_FEMININE = frozenset({"la", "una"})  # companies are feminine: "la petrolera", "la compañía"
_WRITING = ("escrib", "publi", "firm")
_ADDRESSING = frozenset({"decir", "declarar", "contar", "explicar", "comentar", "asegurar", "confirmar", "relatar", "adelantar"})
_WHERE = frozenset({"en", "desde", "hacia", "hasta"})
_NAMED_AFTER = frozenset({"de", "del", "a", "al", "por", "entre", "y"})  # what stands behind these may be anything
_CITING = frozenset({"citar", "consultar", "recoger", "difundir", "publicar", "citado", "publicado"})
_PARLIAMENT = frozenset({"diputados", "senadores", "representantes", "comunes", "lores", "baja", "alta", "legislativa"})
_ORDINALS = frozenset(
    {"primer", "primera", "segundo", "segunda", "tercer", "tercera", "cuarto", "cuarta", "quinto", "quinta"}
) | {
    *("sexto", "sexta", "séptimo", "séptima", "octavo", "octava", "noveno", "novena", "décimo", "décima", "alto", "alta"),
}
# endings of adjectives that tell a field: "Agrícola y Ganadero"
_OF_FIELDS = ("ero", "era", "al", "ales", "ico", "ica", "icos", "icas", "ivo", "iva", "ario", "aria", "arios", "arias", "oria")
# adjectives in names of organisations of two words; a surname is none of them
_ADJECTIVES = frozenset(
    {"nacional", "austral", "federal", "popular", "liberal", "libre", "unida", "unido", "ciudadana", "ciudadano", "obrera"}
    | {"democrática", "democrático", "abierta", "abiertos", "social", "civil", "central", "binacional", "universal", "global"}
)
# adjectives by which a body is of several states
_SUPRANATIONAL = frozenset(
    {"intergubernamental", "internacional", "interamericana", "interamericano", "centroamericana", "centroamericano", "andina"}
    | {"andino", "iberoamericana", "iberoamericano", "latinoamericana", "latinoamericano", "sudamericana", "sudamericano"}
    | {"suramericana", "suramericano", "panamericana", "panamericano", "hemisférica", "hemisférico", "interparlamentaria"}
    | {"interparlamentario", "multilateral", "mundial", "euromediterránea", "africana", "africano"}
)
_WITH_DEMONYM = frozenset({"PublicBody", "Government", "Party", "Company", "CivilOrganization"})


def name(line: Line, i: int) -> Mention | None:
    """The name that begins at token ``i``: known or not, with its demonym ("el Senado mexicano") and its acronym behind it."""
    if not line.tokens[i].text[0].isupper() and line.tokens[i].lower not in ARTICLES:
        return None
    known = line.known(i)
    capital = line.capital(i)
    if known is None and (not capital or (line.tokens[i].text == "ONG" and line.capital(i + 1))):
        return None  # "la ONG Puente Humano" is called without the noun
    if known is not None and line.tokens[i].lower in ARTICLES and known[0] == i + 1:
        known = None
    last = run_end(line, i) if capital else known[0] if known else i + 1
    if known is not None and known[0] == i + 1 and line.tokens[i].text.endswith(".") and len(line.tokens[i].text) == 2:
        last = i + 1  # "lo escribió en X. Negó que …": the sentence ends here, whatever the parser says
    described = descriptor(line, i)
    if described == "MediaOutlet" and last < len(line) and line.tokens[last].text.isdigit():
        last += 1  # "el sitio Frontera 502"
    elif described == "MediaOutlet" and last - i == 1 and _titled_by_two(line, i):
        last += 2  # "el semanario Punto y Coma"
    if known is not None and all(n.kind in ("capital", "metonym") for n in known[1]) and described == "Place":
        known = None  # "el río San Juan"
    names: tuple[Name, ...] = ()
    if known is not None and (known[0] >= last or _ends_before_person(line, i, known)):
        last, names = known
    if not names and ((line.tokens[i].lower in ARTICLES and last - i == 1) or _in_capitals(line)):
        return None
    network = line.tokens[i].text.rstrip(".") == "X" and line.before(i) == "en"
    if len(line.slice(i, last).rstrip(".")) < 2 and not network and described != "MediaOutlet":
        return None
    cls = _class_of(line, i, last, names)
    country = line.demonym(last) or (_demonym_before(line, i) if described == cls or cls == "Company" else None)
    described_by = last < len(line) and line.tokens[last].lower in _CONFESSIONS and line.tokens[i].lower == "iglesia"
    end = last + 1 if (line.demonym(last) and cls in _WITH_DEMONYM) or described_by else last
    after = _acronym_end(line, end)
    return Mention(
        line.sentence.index,
        i,
        after or end,
        Span(line.tokens[i].start, line.tokens[(after or end) - 1].end),
        "person" if cls == "Person" else "name",
        line.slice(i, end),
        cls=cls,
        known=names,
        country=country or country_in(line, i, last),
        title=line.slice(end + 1, after - 1) if after else None,
        local=_seat(line, i, last) if cls == "Place" else None,
        place=cls == "Place",
    )


def _titled_by_two(line: Line, i: int) -> bool:
    """Whether "y" behind the one word at ``i`` goes on with an outlet's name: its noun is a single one and names it directly."""
    noun = i - 1
    while noun >= 0 and line.tokens[noun].text in ("“", "«", '"'):
        noun -= 1
    one = noun >= 0 and line.tokens[noun].text.islower() and not line.tokens[noun].lower.endswith("s")
    return (
        one and i + 2 < len(line) and line.tokens[i + 1].lower in ("y", "e") and _goes_on(line, i + 2) and not line.given(i + 2)
    )


def _seat(line: Line, i: int, last: int) -> str | None:
    """The country of the city or region that exactly these tokens name."""
    city = line.place(i)
    return city[1] if city is not None and city[0] == last else None


def _in_capitals(line: Line) -> bool:
    """Whether the whole sentence is in capitals, as headings are: they tell nothing there."""
    words = [t.text for t in line.tokens if t.text.isalpha()]
    return len(words) > 1 and all(w.isupper() for w in words)


def _demonym_before(line: Line, i: int) -> str | None:
    """The country of a demonym between a name and its noun ("la petroquímica venezolana Orinoquia Química")."""
    j = i - 1
    while j > 0 and line.tokens[j].pos == "ADJ" and not (line.demonym(j) or line.local_demonym(j)):
        j -= 1
    return line.demonym(j) or line.local_demonym(j)


def run_end(line: Line, i: int) -> int:
    """The token before which the run of name words from the capitalised token ``i`` ends."""
    tokens = line.tokens
    described = line.organization(i - 1) if i and tokens[i - 1].text[:1].islower() else None
    opens = line.organization(i) or tokens[i].lower in ("departamento", "oficina") or (tokens[i].lower in ARTICLES and i > 0)
    joined_on = i + 1 < len(line) and tokens[i + 1].lower in JOINERS and line.after_joiner(i + 1) is not None
    abroad = joined_on and tokens[i].lower in line.words.outlet_names  # "Folha do Pantanal"
    organization = bool(opens or described or abroad)
    person = line.given(i)
    j, joined = i + 1, False
    while j < len(line):
        word = tokens[j].lower
        if line.capital(j):
            somebody = line.given(j) and line.capital(j + 1)
            if somebody and not person and not organization and _known_within(line, i, j):
                break  # "Texas Dale Hutchins"
            if somebody and organization and (joined or _is_whole_noun(line, i, j)):
                break  # "secretario de Estado Marco Rubio", "comandante de la Guardia Civil Juan Pérez"
            j += 1
            continue
        k = line.after_joiner(j)
        if organization and word in _ORGANIZATION_JOINERS and k is not None and (word != "por" or line.known(k) is None):
            j, joined = k, True
        elif organization and word in ("y", "e") and _goes_on(line, j + 1) and (joined or _is_second_adjective(line, j)):
            j += 2
        elif organization and joined and word in ("y", "e") and (second := _second_field(line, j + 1)):
            j = second
        elif organization and joined and word in ("y", "e") and tokens[j + 1 : j + 2] and _further_field(line, j + 1):
            j += 3
        elif organization and word == "en" and _names_nationals(line, i, j) and line.place_or_country(j + 1):
            j = line.place_or_country(j + 1)
        elif person and word in PARTICLES and k is not None and not line.known(k):
            j = k + 1
        elif (word in _FOREIGN or word == "&") and line.capital(j + 1):
            j += 2
        elif not person and not described and word in JOINERS and k is not None and _is_one_name(line, i, j, k):
            j, joined = k, True
        else:
            break
    return j


def _is_whole_noun(line: Line, i: int, j: int) -> bool:
    """Whether the name from ``i`` to ``j`` is a noun of several words for a body, which needs no name: "Protección Civil"."""
    noun = line.organization_noun(i)
    return " " in noun and noun.count(" ") + 1 == j - i and line.organization(i) == "PublicBody"


def _is_second_adjective(line: Line, j: int) -> bool:
    """Whether "y" at ``j`` joins two capitalised adjectives of one organisation: "Servicio Agrícola y | Ganadero"."""
    word = line.tokens[j + 1].lower
    return line.tokens[j - 1].text[:1].isupper() and line.organization(j - 1) is None and word.endswith(_OF_FIELDS)


def _second_field(line: Line, j: int) -> int:
    """The end of one more field of the same body with a preposition of its own, "Confederación de la Producción y | del Comercio"; 0
    where none stands at ``j``."""
    k = line.after_joiner(j) if j < len(line) and line.tokens[j].lower in ("de", "del") else None
    return k + 1 if k is not None and _goes_on(line, k) and line.place(k) is None and not line.given(k) else 0


def _further_field(line: Line, j: int) -> bool:
    """Whether an article and one more field of the same body follow: "los Mercados y | la Competencia"."""
    return line.tokens[j].lower in ARTICLES and _goes_on(line, j + 1) and not line.given(j + 1)


def _names_nationals(line: Line, i: int, j: int) -> bool:
    """Whether the name so far says of which country its members are: "Cámara Española de Comercio | en México"."""
    return any(line.gazetteer.demonyms.get(t.lower) for t in line.tokens[i:j])


def _is_one_name(line: Line, i: int, j: int, k: int) -> bool:
    """Whether the words from ``i``, which name nothing known, go on over the "de" at ``j``: "el Bloco de Esquerda", "Boca de Sarapiquí"."""
    plain = j - i <= 2 and all(t.text[1:].islower() for t in line.tokens[i:j])
    if not plain or line.place(i) is not None or line.known(i) is not None or line.given(k):
        return False
    return line.before(i) in ARTICLES or (line.known(k) is None and line.organization(k) is None)


def _goes_on(line: Line, j: int) -> bool:
    """Whether the word after "y" still belongs to the organisation's name: capitalised, and no other actor."""
    return line.capital(j) and not line.known(j) and line.organization(j) is None


def _known_within(line: Line, i: int, j: int) -> bool:
    hit = line.known(i)
    return hit is not None and hit[0] <= j


def _ends_before_person(line: Line, i: int, known: tuple[int, tuple[Name, ...]]) -> bool:
    """Whether a run that is longer than the known name goes on with a person's name only ("Texas Dale Hutchins")."""
    if line.organization(i) or line.given(i):
        return False
    return any(n.kind == "label" for n in known[1]) and line.given(known[0])


def _acronym_end(line: Line, j: int) -> int | None:
    """The token after "(ELN)" at ``j``; None where there is none."""
    tokens = line.tokens[j : j + 3]
    if len(tokens) == 3 and tokens[0].text == "(" and tokens[2].text == ")" and tokens[1].text[:1].isupper():
        return j + 3
    return None


def country_in(line: Line, i: int, last: int) -> str | None:
    """The country named inside an organisation's name, or that of a city or region ("… de la Industria de Brasil", "… de Tacna")."""
    for k in range(i + 1, last):
        hit = line.known(k)
        if hit is not None and hit[0] <= last and line.gazetteer.actors[hit[1][0].actor].kind == "Country":
            return hit[1][0].actor
    for k in range(i + 1, last):
        city = line.place(k)
        if city is not None and city[0] <= last and line.tokens[k - 1].lower in ("de", "del", "la", "el"):
            return city[1]
        word = line.tokens[k].lower
        own = line.gazetteer.demonyms.get(word) or line.gazetteer.local_demonym(word, line.countries)
        if own:
            return own  # "Agencia Portuguesa del Medio Ambiente", "Gazeta Paulista"
    return None


def exact(line: Line, first: int, last: int) -> tuple[Name, ...]:
    """What the gazetteer knows under exactly these tokens."""
    hit = line.known(first)
    return hit[1] if hit is not None and hit[0] == last else ()


def person_at(line: Line, j: int) -> tuple[int, int] | None:
    """A person's name from token ``j``, first and end: two capitalised words or more, or one that begins with a given name."""
    if not line.capital(j) or line.organization(j):
        return None
    given = line.given(j)
    hit = line.known(j)
    if hit is not None and line.gazetteer.actors[hit[1][0].actor].kind != "Person" and not given:
        return None
    end = j + 1
    while end < len(line):
        if line.capital(end):
            end += 1
            continue
        k = line.after_joiner(end)
        if line.tokens[end].lower not in PARTICLES or k is None or line.known(k):
            break
        end = k + 1
    if end - j == 1 and not given and line.before(j) in ("", ","):
        return None
    return j, end


# ------------------------------------------------------------------------------------------------------------- the class of a name


def _class_of(line: Line, i: int, last: int, names: tuple[Name, ...]) -> str | None:
    """The class of the name from ``i`` to ``last``, None where nothing tells it.

    In this order: what the gazetteer knows; a given name; the name's first word; the noun before it; the preposition or the verb of
    reporting that governs it; two capitalised words without an article are a person.
    """
    if names:
        return line.gazetteer.actors[names[0].actor].kind
    tokens, first = line.tokens, line.tokens[i].lower
    described = descriptor(line, i)
    if last - i > 1 and tokens[last - 1].text in _WAVES:
        return "MediaOutlet"  # "Altiplano FM"
    city = line.place(i)
    if city is not None and city[0] == last and (last - i > 1 or not line.given(i)):
        named_for = i and line.organization(i - 1) in ("MediaOutlet", "Company") and tokens[i - 1].lower not in line.words.places
        return described if named_for else "Place"  # "Pedro Juan Caballero", but "la agencia Cuenca"
    force = last - i == 1 and line.organization(i) and i > 0 and tokens[i - 1].pos == "DET"  # "la Marina"
    if line.before(i) == "alias" or (line.given(i) and not force and not _is_named_after_person(line, i, last, described)):
        return "Person"
    if first == "cámara" and line.organization(i) == "PublicBody":
        return "PublicBody" if _PARLIAMENT & {t.lower for t in tokens[i:last]} else "CivilOrganization"
    if _is_partisan(line, i):
        return "Party"
    told = line.organization(i) or (line.organization(i + 1) if first in _ORDINALS and i + 1 < last else None)
    if told or described:
        return _by_the_rest(line, i, last, told) if told else described
    before = line.before(i)
    if last - i == 1 and tokens[i].text in line.words.fields and before not in _NAMED_AFTER and not _stands_on_map(line, i):
        return "PublicBody"  # "según Interior", "la Hacienda brasileña"
    if first in line.words.places:
        return "Place"
    if {t.lower for t in tokens[i:last]} & line.words.outlet_names and last - i > 1:
        return "MediaOutlet"  # "Le Courrier de Garonne"
    if line.demonym(i - 1) and i > 1 and tokens[i - 2].lower in _FEMININE and not line.given(i):
        return "Company"  # "la hongkonesa Jade Delta"
    whole = line.organization(tokens[i].head) if tokens[i].dep == "appos" else None
    if whole and before == ",":
        return whole  # "la asociación que los agrupa, Bidassoa Commerce,"
    if _OUTLET.fullmatch(tokens[i].text) or (before in ("de", "del") and i > 1 and tokens[i - 2].lower in _BROADCAST):
        return "MediaOutlet"  # "Telesabana", "los micrófonos de Onda Bahía"
    if before == "por" and i > 1 and tokens[i - 2].lemma in _CITING:
        return "MediaOutlet"
    determiner = i > 0 and tokens[i - 1].pos == "DET"
    if before == "en" and first in ARTICLES and any(t.lower.startswith(_WRITING) for t in tokens[max(0, i - 4) : i - 1]):
        return "MediaOutlet"  # "escribe en El Trópico"
    if before in _WHERE or (determiner and line.before(i - 1) in _WHERE):
        return "Place"
    if first in ARTICLES and i:
        verbs = {t.lemma for t in tokens[max(0, i - 4) : i - 1]}
        spoken_to = before == "a" and last - i > 2 and verbs & _ADDRESSING
        if first in ("los", "las"):
            gang = {t.lower for t in tokens[max(0, i - 5) : i]} & line.words.gangs
            return "CriminalOrganization" if gang else None  # "presunto cabecilla de Los Cuajes"
        return "MediaOutlet" if spoken_to else "Place"  # "dijo a La Bolsa Federal"; "La Boquilla", "El Paso"
    if determiner and any(t.lemma in ("publicar", "difundir") for t in tokens[max(0, i - 5) : i - 1]):
        return "MediaOutlet"  # "como publicó el jueves la Gazeta Paulista"
    if before in _NAMED_AFTER and not determiner:
        return None  # "de Vaca Muerta a San Pablo": nothing says that it is a person
    run = tokens[i:last]
    if len(run) == 2 and tokens[last - 1].lower in _ADJECTIVES and not determiner:
        return "CivilOrganization"  # "Voz Nacional"
    proper = all(t.text[:1].isupper() and not t.text.isupper() and t.lower not in JOINERS for t in run)
    return "Person" if len(run) >= 2 and not determiner and proper else None


def _stands_on_map(line: Line, i: int) -> bool:
    """Whether a place's noun at ``i`` is that of a place: "en la Hacienda", "la Gobernación, junto al río"."""
    return line.tokens[i].lower in line.words.places and (line.before(i) in _WHERE or line.before(i - 1) in _WHERE)


def _is_partisan(line: Line, i: int) -> bool:
    """Whether the words before a name make it a party's: "la opositora Alianza Verde", "la bancada de Alianza Patriótica"."""
    j = i - 1
    while j >= 0 and line.tokens[j].text in ("“", "«", '"'):
        j -= 1
    if j < 0:
        return False
    if line.tokens[j].lower in line.words.partisan:
        return j > 0 and (line.tokens[j - 1].pos == "DET" or line.tokens[j - 1].lower == "del")
    if line.tokens[j].lower in ARTICLES and line.before(j) == "de":
        j -= 1
    return line.tokens[j].lower in ("de", "del") and j > 0 and line.tokens[j - 1].lemma in line.words.factions


def _by_the_rest(line: Line, i: int, last: int, told: str) -> str:
    """The class of a name whose first word may tell several, by what follows it."""
    tokens = line.tokens
    second = tokens[i + 1].lower if i + 1 < last else ""
    members = any(line.words.people(t.lower) or t.lemma in line.words.organizations for t in tokens[i + 2 : last])
    if told == "InternationalOrganization" and second in ("de", "del") and members:
        return "CivilOrganization"  # "Unión de Exportadores", "Unión de Gremios Sojeros"
    agency = told == "MediaOutlet" and tokens[i].lower == "agencia" and not _NEWS & {t.lower for t in tokens[i:last]}
    if (told in ("CivilOrganization", "PublicBody") or agency) and _SUPRANATIONAL & {t.lower for t in tokens[i + 1 : last]}:
        return "InternationalOrganization"  # "Comité Intergubernamental de la Hidrovía"
    if told == "MediaOutlet" and tokens[i].lower in _AGENCIES and not _NEWS & {t.lower for t in tokens[i:last]}:
        adjective = second in _ADJECTIVES or (second != "" and tokens[i + 1].pos == "ADJ")
        if adjective or second in ("de", "del") or second in line.gazetteer.demonyms:
            return "PublicBody" if tokens[i].lower == "agencia" else "CivilOrganization"
    return told


def _is_named_after_person(line: Line, i: int, last: int, described: str | None) -> bool:
    """Whether a name that begins with a given name is a thing's: "el puente Rodolfo Robles", "el albergue Belén del Sur"."""
    if described is None:
        return False
    if last - i == 1:
        return True
    noun = line.tokens[i - 1]
    return described != "Group" and noun.text.islower() and noun.pos == "NOUN" and noun.lower not in line.words.roles


def descriptor(line: Line, i: int) -> str | None:
    """The class a common noun before the name gives it: "el digital tangerino Le Détroit", "el río Bravo", "el gremio Fenalcomex"."""
    tokens, words = line.tokens, line.words
    j = i - 1
    if j >= 0 and tokens[j].lower in ("el", "la", "“", "«", '"'):
        j -= 1
    steps = 0
    while j >= 0 and steps < 3:
        token = tokens[j]
        nominal = token.pos in ("NOUN", "PROPN")
        cls = line.organization(j)
        determined = j > 0 and tokens[j - 1].pos == "DET" and token.text.islower()
        if cls and (nominal or determined or token.lower == "digital" or steps > 0):
            return cls
        if (token.lower in words.places and nominal) or (token.lemma in words.places and token.pos == "NOUN"):
            return "Place"
        whole = j > 0 and (" " in line.organization_noun(j - 1) or (token.lower in words.groups and line.organization(j - 1)))
        if whole and line.tokens[j - 1].text.islower():
            return line.organization(j - 1)  # "la central obrera CUT", "la plataforma ecologista Tejo Vivo"
        if token.lower in words.groups and token.pos in ("NOUN", "ADJ"):
            if tokens[i].text.isupper() and len(tokens[i].text) > 1 and token.lower not in words.vessels:
                return "Company"  # "el operador francés RTE"
            several = token.lower.endswith("s") or token.lower in words.vessels
            return "Group" if several else "Person"  # "el granelero Astra Pacífico", "la lanchera Flor Amador"
        between = steps == 0 and j > 0 and token.pos in ("NOUN", "PROPN", "VERB") and tokens[j - 1].text.islower()
        if token.pos != "ADJ" and not (between and token.text.islower() and line.organization(j - 1)):
            return None  # "la asociación aymara Jacha Suma": a rare adjective may bear any tag
        j -= 1
        steps += 1
    return None
