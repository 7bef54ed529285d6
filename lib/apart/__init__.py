"""Files that people bring in, read in processes of their own: none may hold up the server."""

from lib.apart.readings import Reading, Readings, Task

__all__ = ["Reading", "Readings", "Task"]
