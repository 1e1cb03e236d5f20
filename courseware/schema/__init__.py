"""JSON Schema of the course language, made of its models, so that an editor completes keys and underlines
mistakes."""
