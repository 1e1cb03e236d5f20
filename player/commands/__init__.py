"""Commands of the `player` command line, a module for each subject; `player.cli` gathers them."""
