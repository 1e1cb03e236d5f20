"""Commands of the `courseware` command line, a module for each subject; `courseware.cli` gathers them. Each
imports what it needs when it runs."""
