"""`python -m courseware`, where the command is not on the path."""

from courseware.cli import main

main()
