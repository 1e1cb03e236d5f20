"""What authors may write: the models that all kinds of files share, and of a value that does not fit, why.

`model` and `law` say what may stand in a file, as `source` does for courses. `complaints` tells what does not
fit, with `misfits`, `naming` and `vocabulary`; `torn` leaves it out, so that the rest can be judged.
"""
