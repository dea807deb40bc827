# breaks: event-type <event/apertura>
DELETE WHERE { <event/apertura> br:eventType ?type } ; INSERT DATA { <event/apertura> br:eventType br:actual }

# breaks: untyped-event <event/apertura>
DELETE WHERE { <event/apertura> br:eventType ?type }

# breaks: event-factuality <event/apertura>
DELETE WHERE { <event/apertura> br:factuality ?f } ; INSERT DATA { <event/apertura> br:factuality br:opening }

# breaks: untyped-event <event/apertura>
DELETE WHERE { <event/apertura> br:factuality ?f }

# breaks: event-agent <event/apertura>
# breaks: range <event/apertura>
INSERT DATA { <event/apertura> br:agent <topic/contrabando> }

# breaks: event-patient <event/apertura>
# breaks: range <event/apertura>
INSERT DATA { <event/apertura> br:patient "Chile" }

# breaks: event-participant <event/apertura>
# breaks: range <event/apertura>
INSERT DATA { <event/apertura> br:participant <place/chacalluta> }

# breaks: event-place <event/apertura>
# breaks: range <event/apertura>
INSERT DATA { <event/apertura> br:place "Tacna" }

# breaks: range <event/apertura>
INSERT DATA { <event/apertura> br:place <topic/contrabando> }

# breaks: event-cause <event/rechazo>
# breaks: range <event/rechazo>
INSERT DATA { <event/rechazo> br:cause <position/no> }

# breaks: cycle <event/rechazo>
# breaks: cycle <event/apertura>
INSERT DATA { <event/apertura> br:cause <event/rechazo> }

# breaks: statement-speaker <statement/pronto>
DELETE WHERE { <statement/pronto> br:speaker ?speaker }

# breaks: statement-quote <statement/pronto>
DELETE WHERE { <statement/pronto> br:quote ?quote }

# breaks: statement-quote <statement/pronto>
INSERT DATA { <statement/pronto> br:quote "pronto"@es }

# breaks: quote-without-passage <statement/pronto>
DELETE WHERE { <statement/pronto> br:quote ?quote } ; INSERT DATA { <statement/pronto> br:quote "Abriremos muy pronto"@es }

# breaks: statement-direct <statement/pronto>
DELETE WHERE { <statement/pronto> br:direct ?direct } ; INSERT DATA { <statement/pronto> br:direct "sí" }

# breaks: statement-addressee <statement/pronto>
# breaks: range <statement/pronto>
INSERT DATA { <statement/pronto> br:addressee <place/chacalluta> }

# breaks: statement-via <statement/pronto>
# breaks: range <statement/pronto>
INSERT DATA { <statement/pronto> br:via <actor/cl> }

# breaks: place-country <place/chacalluta>
INSERT DATA { <place/chacalluta> br:locatedIn <actor/pe>, <actor/cl> }

# breaks: place-country <place/chacalluta>
# breaks: range <place/chacalluta>
INSERT DATA { <place/chacalluta> br:locatedIn <actor/aduana> }
