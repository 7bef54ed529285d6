"""The page Studio: a text becomes a clip."""
