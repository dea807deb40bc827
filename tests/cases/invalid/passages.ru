# breaks: article-title <article/2026-02-02-paso>
INSERT DATA { <article/2026-02-02-paso> dcterms:title "Otro" }

# breaks: article-issued <article/2026-02-02-paso>
DELETE WHERE { <article/2026-02-02-paso> dcterms:issued ?day } ; INSERT DATA { <article/2026-02-02-paso> dcterms:issued "02/02/2026" }

# breaks: article-language <article/2026-02-02-paso>
DELETE WHERE { <article/2026-02-02-paso> dcterms:language ?language }

# warns: article-text <article/2026-02-02-paso>
DELETE WHERE { <article/2026-02-02-paso> nif:isString ?text }

# breaks: article-one-text <article/2026-02-02-paso>
# breaks: passage-verbatim <article/2026-02-02-paso#char=0,81>
# breaks: passage-verbatim <article/2026-02-02-paso#char=83,129>
# breaks: passage-verbatim <article/2026-02-02-paso#char=131,180>
# breaks: passage-verbatim <article/2026-02-02-paso#char=182,244>
INSERT DATA { <article/2026-02-02-paso> nif:isString "Otro texto." }

# breaks: passage-verbatim <article/2026-02-02-paso#char=131,180>
DELETE WHERE { <article/2026-02-02-paso#char=131,180> nif:anchorOf ?words } ;
INSERT DATA { <article/2026-02-02-paso#char=131,180> nif:anchorOf "Lima rechazó la oferta porque teme al contrabando" }

# breaks: passage-verbatim <article/2026-02-02-paso#char=131,180>
# breaks: passage-iri <article/2026-02-02-paso#char=131,180>
DELETE WHERE { <article/2026-02-02-paso#char=131,180> nif:beginIndex ?begin } ;
INSERT DATA { <article/2026-02-02-paso#char=131,180> nif:beginIndex "127"^^xsd:nonNegativeInteger }

# breaks: passage-begin <article/2026-02-02-paso#char=131,180>
DELETE WHERE { <article/2026-02-02-paso#char=131,180> nif:beginIndex ?begin }

# breaks: passage-begin <article/2026-02-02-paso#char=131,180>
# breaks: passage-verbatim <article/2026-02-02-paso#char=131,180>
# breaks: passage-iri <article/2026-02-02-paso#char=131,180>
DELETE WHERE { <article/2026-02-02-paso#char=131,180> nif:beginIndex ?begin } ;
INSERT DATA { <article/2026-02-02-paso#char=131,180> nif:beginIndex "900"^^xsd:nonNegativeInteger }

# breaks: passage-end <article/2026-02-02-paso#char=131,180>
DELETE WHERE { <article/2026-02-02-paso#char=131,180> nif:endIndex ?end }

# breaks: passage-anchor <article/2026-02-02-paso#char=131,180>
DELETE WHERE { <article/2026-02-02-paso#char=131,180> nif:anchorOf ?words }

# breaks: passage-article <article/2026-02-02-paso#char=131,180>
DELETE WHERE { <article/2026-02-02-paso#char=131,180> nif:referenceContext ?article }

# breaks: passage-source <article/2026-02-02-paso#char=131,180>
# breaks: range <article/2026-02-02-paso#char=131,180>
INSERT DATA { <article/2026-02-02-paso#char=131,180> br:attributedTo "fuentes" }

# breaks: passage-via <article/2026-02-02-paso#char=131,180>
# breaks: range <article/2026-02-02-paso#char=131,180>
INSERT DATA { <article/2026-02-02-paso#char=131,180> br:via <actor/cl> }

# breaks: fact-evidence <indicator/camiones>
# breaks: unused-passage <article/2026-02-02-paso#char=182,244>
DELETE WHERE { <indicator/camiones> br:evidence ?passage }
