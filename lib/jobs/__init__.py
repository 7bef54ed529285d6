"""Jobs that make clips. They survive a closed tab; paid work also survives the process.

job.py      one clip that is being made
batch.py    many clips of one script
turns.py    fair scheduling between jobs
crew.py     the worker threads
manager.py  the interface for the rest of Soundcheck
upkeep.py   background work of a server: recovery, late writes
"""

from lib.jobs.batch import Batch
from lib.jobs.job import Job
from lib.jobs.manager import DOUBLE_CLICK_S, Jobs

__all__ = ["DOUBLE_CLICK_S", "Batch", "Job", "Jobs"]
