"""The page Voices: every voice of a model as a card."""
