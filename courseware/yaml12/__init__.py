"""YAML 1.2 into values that keep their places, and what goes wrong in it, in a trainer's words.

`composing` reads, `written` is what it reads into; the rest says what a slip of the keyboard has become.
"""
