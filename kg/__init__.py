"""Knowledge graphs of who proposes, rejects and does what between two countries, from news articles."""

__version__ = "0.1.0"
