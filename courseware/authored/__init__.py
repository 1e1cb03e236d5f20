"""The models of what authors may write, and the messages about what fits none of them.

`model` is the base; `lines`, `questions`, `law` and `status` are parts of the files of `source`. Messages
about keys are in `key_messages`, about values in `value_messages`, with `key_names` and `vocabulary`.
`partial` takes what is invalid out of a file, so that the rules can judge the rest.
"""

from __future__ import annotations

import os

# No plugin has a say in what a course may hold; and looking for one reads the metadata of every library.
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
