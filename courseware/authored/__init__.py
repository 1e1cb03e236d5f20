"""The models of what authors may write, and the messages about what fits none of them.

`model` is the base, and `reading` makes values of an author's words; `lines`, `questions`, `law` and `status`
are parts of the files of `source`. Messages about keys are in `key_messages`, about values in
`value_messages`, `question_messages` and `journey_messages`, with `key_names` and `vocabulary`. `partial`
takes what is invalid out of a file, so that the rules can judge the rest.
"""
