"""Read imported files in separate processes, so that no file can slow down the server."""

from lib.apart.readings import Reading, Readings, Task

__all__ = ["Reading", "Readings", "Task"]
