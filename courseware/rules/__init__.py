"""Rules across files. A rule takes a source and yields the problems that break it, each with place and
hint."""
