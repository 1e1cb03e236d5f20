"""What has changed since an edition."""

from __future__ import annotations

from courseware.authored.model import Model, models_below
from courseware.authored.selective import Selective
from courseware.edition_order import comes_after


def has_changed(model: Model, since: str | None) -> bool:
    """True where it says so itself."""
    changed = model.changed_in if isinstance(model, Selective) else None
    return since is not None and changed is not None and comes_after(changed, since)


def has_changed_inside(model: Model, since: str | None) -> bool:
    """True where it, or one of its answers, says so."""
    return any(has_changed(one, since) for one in models_below(model))
