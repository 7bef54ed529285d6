"""The page Settings: the key, and what holds for the whole installation."""
