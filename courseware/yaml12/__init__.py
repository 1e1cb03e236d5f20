"""YAML 1.2 -> nodes that keep their places, and its errors in a trainer's words.

`composer` builds the `nodes`. `syntax_errors` explains where libyaml stopped (`error_position`), with
`alignment` for indentation and dashes and `quotes` for quotes and brackets.
"""
