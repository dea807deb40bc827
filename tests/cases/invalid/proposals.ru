# breaks: proposal-proposer <proposal/cierre>
# breaks: range <proposal/cierre>
INSERT DATA { <proposal/cierre> br:proposer <place/chacalluta> }

# breaks: proposal-addressee <proposal/cierre>
# breaks: range <proposal/cierre>
# breaks: dangling-reference <proposal/cierre>
INSERT DATA { <proposal/cierre> br:addressee <actor/nadie> }

# breaks: proposal-status <proposal/cierre>
DELETE WHERE { <proposal/cierre> br:status ?status }

# breaks: proposal-status <proposal/cierre>
DELETE WHERE { <proposal/cierre> br:status ?status } ; INSERT DATA { <proposal/cierre> br:status br:opposes }

# breaks: proposal-whole <proposal/cierre>
INSERT DATA { <proposal/cierre> dcterms:isPartOf <event/apertura> }

# breaks: proposal-alternative <proposal/paso>
# breaks: range <proposal/paso>
INSERT DATA { <proposal/paso> br:alternativeTo <actor/cl> }

# breaks: cycle <proposal/paso>
# breaks: cycle <proposal/plan>
INSERT DATA { <proposal/plan> dcterms:isPartOf <proposal/paso> }

# breaks: cycle <proposal/paso>
INSERT DATA { <proposal/paso> br:alternativeTo <proposal/paso> }
