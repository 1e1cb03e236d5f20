"""What the templates stand on: compiled once, words filled, one accent made into a palette."""
