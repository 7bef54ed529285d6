"""Work that outlives a click, a closed tab and, as far as it is paid for, the process itself.

job.py      one clip in the making
turns.py    whose turn it is
manager.py  the threads that do it
"""

from lib.jobs.job import Job
from lib.jobs.manager import DOUBLE_CLICK_S, Jobs

__all__ = ["DOUBLE_CLICK_S", "Job", "Jobs"]
