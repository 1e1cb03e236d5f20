"""Helps `render`: the compiled templates, the texts that they show, and the colours of a brand."""
