# breaks: fact-label <proposal/plan>
DELETE WHERE { <proposal/plan> rdfs:label ?label }

# breaks: fact-label <proposal/plan>
DELETE WHERE { <proposal/plan> rdfs:label ?label } ; INSERT DATA { <proposal/plan> rdfs:label "" }

# breaks: fact-evidence <proposal/cierre>
DELETE WHERE { <proposal/cierre> br:evidence ?passage }

# breaks: fact-evidence <proposal/cierre>
# breaks: range <proposal/cierre>
INSERT DATA { <proposal/cierre> br:evidence <actor/cl> }

# breaks: fact-start <proposal/plan>
INSERT DATA { <proposal/plan> br:startDate "ayer" }

# breaks: fact-start <proposal/plan>
INSERT DATA { <proposal/plan> br:startDate "2026-02-30"^^xsd:date }

# breaks: fact-end <proposal/plan>
INSERT DATA { <proposal/plan> br:endDate "2026"^^xsd:gYear }

# breaks: fact-date-text <proposal/plan>
INSERT DATA { <proposal/plan> br:dateText "" }

# breaks: fact-topic <proposal/plan>
INSERT DATA { <proposal/plan> br:topic br:opposes }

# breaks: fact-activity <proposal/plan>
DELETE WHERE { <proposal/plan> prov:wasGeneratedBy ?activity }

# breaks: fact-activity <proposal/plan>
# breaks: dangling-reference <proposal/plan>
INSERT DATA { <proposal/plan> prov:wasGeneratedBy <activity/none> }

# breaks: dates-order <proposal/plan>
INSERT DATA { <proposal/plan> br:startDate "2026-03-01"^^xsd:date ; br:endDate "2026-02-01"^^xsd:date }

# breaks: several-values <proposal/plan>
INSERT DATA { <proposal/plan> br:status br:accepted }

# breaks: undeclared-term <proposal/cierre>
INSERT DATA { <proposal/cierre> br:sponsor <actor/cl> }

# breaks: undeclared-term <proposal/cierre>
# breaks: fact-topic <proposal/cierre>
INSERT DATA { <proposal/cierre> br:topic br:borders }

# breaks: domain <proposal/cierre>
INSERT DATA { <proposal/cierre> br:holder <actor/cl> }

# breaks: blank-node _:
INSERT DATA { [] rdfs:label "nadie" }
