# breaks: position-holder <position/roa>
DELETE WHERE { <position/roa> br:holder ?holder }

# breaks: position-holder <position/roa>
INSERT DATA { <position/roa> br:holder <actor/cl> }

# breaks: position-holder <position/roa>
# breaks: range <position/roa>
DELETE WHERE { <position/roa> br:holder ?holder } ; INSERT DATA { <position/roa> br:holder <topic/contrabando> }

# breaks: position-target <position/roa>
DELETE WHERE { <position/roa> br:target ?target }

# breaks: position-target <position/roa>
# breaks: range <position/roa>
DELETE WHERE { <position/roa> br:target ?target } ; INSERT DATA { <position/roa> br:target "el paso" }

# breaks: range <position/roa>
DELETE WHERE { <position/roa> br:target ?target } ; INSERT DATA { <position/roa> br:target <article/2026-02-02-paso> }

# breaks: position-stance <position/roa>
DELETE WHERE { <position/roa> br:stance ?stance }

# breaks: position-stance <position/roa>
INSERT DATA { <position/roa> br:stance br:doubts }

# breaks: position-stance <position/roa>
DELETE WHERE { <position/roa> br:stance ?stance } ; INSERT DATA { <position/roa> br:stance br:accepted }

# breaks: position-statement <position/roa>
# breaks: range <position/roa>
DELETE WHERE { <position/roa> br:expressedIn ?statement } ; INSERT DATA { <position/roa> br:expressedIn <event/apertura> }

# breaks: position-condition <position/roa>
DELETE WHERE { <position/roa> br:condition ?condition } ; INSERT DATA { <position/roa> br:condition "" }

# breaks: position-reason <position/roa>
INSERT DATA { <position/roa> br:reason <actor/cl> }

# breaks: duplicate-position <position/roa-2>
INSERT { <position/roa-2> a br:Position ; rdfs:label "otra vez"@es ; br:evidence ?p ; prov:wasGeneratedBy <activity/rules> ;
    br:holder <actor/pedro-roa> ; br:target <proposal/paso> ; br:stance br:supports }
WHERE { <position/roa> br:evidence ?p }
