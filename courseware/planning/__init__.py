"""The parts of a plan: lessons, questions, references, figures, minutes, and the size of suspend data."""
