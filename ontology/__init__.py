"""The vocabulary, the actors everybody knows, the shapes and the questions, as files; installed as ``kg.ontology``."""
