"""What authors write, each value with its place.

`yaml12` reads a file into the values of `written`; `model` and `law` say what they may be. Where libyaml
gives up, `slips` says why, with `alignment` and `quoting`; where a value does not fit, `complaints` does,
with `misfits`, `naming` and `vocabulary`.
"""
