"""Work outside a request: jobs are rows, claimed by a worker with a lease. This room knows no kind of job."""

from .kind import Again, Failed, Kind, Outcome, Retry, Task, growing
from .worker import Worker, working

__all__ = ["Again", "Failed", "Kind", "Outcome", "Retry", "Task", "Worker", "growing", "working"]
