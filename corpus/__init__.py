"""Sample news, written for this project; see README.md in this folder."""
