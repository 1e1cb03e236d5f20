"""The models of what authors may write, and the messages about what fits none of them. `model` and `law`
define the models that all kinds of files share; `source` defines those of a course. Messages about keys are
in `key_messages`, about values in `value_messages`, with `key_names` and `vocabulary`. `partial` takes what
is invalid out of a file, so that the rules can judge the rest."""
