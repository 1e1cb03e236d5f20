"""Rules across files: each takes a source and yields what breaks it, with its place and its remedy."""
