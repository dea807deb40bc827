"""The other way from an article to facts: a language model's answers, held to the same evidence as the rules' findings."""
