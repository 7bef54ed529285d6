"""The page Compare: the same words in several voices, until one is chosen."""
