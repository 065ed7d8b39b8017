"""``python -m web`` is ``onrecord``."""

from web.cli import main

if __name__ == "__main__":
    main()
