"""The web page and the JSON API, both answered from a search engine."""
