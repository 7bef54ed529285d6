"""The page Library: every clip of the installation."""
