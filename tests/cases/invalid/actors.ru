# breaks: actor-label <actor/aduana>
DELETE WHERE { <actor/aduana> rdfs:label ?label }

# breaks: actor-country <actor/aduana>
# breaks: range <actor/aduana>
INSERT DATA { <actor/aduana> br:country <actor/pe-government> }

# breaks: actor-member <actor/aduana>
# breaks: range <actor/aduana>
# breaks: dangling-reference <actor/aduana>
INSERT DATA { <actor/aduana> br:memberOf <actor/nadie> }

# breaks: actor-title <actor/pedro-roa>
INSERT DATA { <actor/pedro-roa> br:title "" }

# breaks: actor-same <actor/cl>
INSERT DATA { <actor/cl> owl:sameAs "Q298" }

# breaks: country-iso <actor/cl>
DELETE WHERE { <actor/cl> br:iso ?code }

# breaks: country-iso <actor/cl>
DELETE WHERE { <actor/cl> br:iso ?code } ; INSERT DATA { <actor/cl> br:iso "cl" }

# breaks: shared-identity <actor/cl>
# breaks: shared-identity <actor/pe>
DELETE WHERE { <actor/pe> br:iso ?code } ; INSERT DATA { <actor/pe> br:iso "CL" }

# breaks: shared-identity <actor/cl>
# breaks: shared-identity <actor/pe>
INSERT DATA { <actor/cl> owl:sameAs <http://www.wikidata.org/entity/Q419> }

# breaks: several-kinds <actor/pe>
INSERT DATA { <actor/pe> a br:Government }

# breaks: cycle <actor/pedro-roa>
# breaks: cycle <actor/cl-government>
INSERT DATA { <actor/cl-government> br:memberOf <actor/pedro-roa> }

# breaks: place-label <place/chacalluta>
DELETE WHERE { <place/chacalluta> rdfs:label ?label }

# breaks: topic-label <topic/contrabando>
DELETE WHERE { <topic/contrabando> skos:prefLabel ?label }
