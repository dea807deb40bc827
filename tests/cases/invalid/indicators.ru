# breaks: indicator-measure <indicator/camiones>
DELETE WHERE { <indicator/camiones> br:measure ?measure }

# breaks: indicator-value <indicator/camiones>
DELETE WHERE { <indicator/camiones> br:value ?value } ; INSERT DATA { <indicator/camiones> br:value "1,200" }

# breaks: indicator-unit <indicator/camiones>
DELETE WHERE { <indicator/camiones> br:unit ?unit } ; INSERT DATA { <indicator/camiones> br:unit "" }

# breaks: indicator-comparator <indicator/camiones>
DELETE WHERE { <indicator/camiones> br:comparator ?comparator }

# breaks: indicator-comparator <indicator/camiones>
DELETE WHERE { <indicator/camiones> br:comparator ?c } ; INSERT DATA { <indicator/camiones> br:comparator br:level }

# breaks: indicator-change <indicator/camiones>
DELETE WHERE { <indicator/camiones> br:change ?change } ; INSERT DATA { <indicator/camiones> br:change "level" }

# breaks: indicator-baseline <indicator/camiones>
DELETE WHERE { <indicator/camiones> br:baseline ?base } ; INSERT DATA { <indicator/camiones> br:baseline "" }

# breaks: indicator-place <indicator/camiones>
# breaks: range <indicator/camiones>
INSERT DATA { <indicator/camiones> br:place "Tacna" }

# breaks: indicator-claimant <indicator/camiones>
# breaks: range <indicator/camiones>
INSERT DATA { <indicator/camiones> br:claimant "la aduana" }
