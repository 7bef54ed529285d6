"""The units of a saved script (one clip each), and the state of each unit."""
