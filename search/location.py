"""Where the index lives when nobody says: the one default of every command."""

from __future__ import annotations

from pathlib import Path

import click
import platformdirs


def default_location() -> str:
    """The index folder in the platform's user data folder."""
    return str(Path(platformdirs.user_data_dir("onrecord", appauthor=False)) / "index")


index_option = click.option(
    "--index",
    "location",
    envvar="ONRECORD_INDEX",
    default=default_location,
    show_default="a folder of your user data",
    metavar="DIR|URL",
    help="The index: a folder, or opensearch:http://HOST:PORT/NAME.",
)
"""``--index`` as every command has it; gives the parameter ``location``."""
