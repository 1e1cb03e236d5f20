"""The steps of a registration's story, each a module: what is sent, folded, learned, awarded, answered."""
