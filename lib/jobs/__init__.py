"""Work that outlives a click, a closed tab and, as far as it is paid for, the process itself.

job.py      one clip in the making
batch.py    many clips of one script
turns.py    whose turn it is
crew.py     the threads that do it
manager.py  what is asked of them
upkeep.py   what a server does beside: recovery, catching up
"""

from lib.jobs.batch import Batch
from lib.jobs.job import Job
from lib.jobs.manager import DOUBLE_CLICK_S, Jobs

__all__ = ["DOUBLE_CLICK_S", "Batch", "Job", "Jobs"]
