"""`python -m player` is the `player` command."""

from player.cli import main

if __name__ == "__main__":
    main()
