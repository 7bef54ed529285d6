"""Read imported files in separate processes, so that no file can slow down the server."""

from lib.apart.reading import Reading, Task
from lib.apart.readings import Readings

__all__ = ["Reading", "Readings", "Task"]
