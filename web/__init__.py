"""The web page, the JSON API and the ``onrecord`` command."""
