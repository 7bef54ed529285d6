"""The page Compare: the same text in several voices, to choose one of them."""
