"""The page Scripts: many lines at once, of which only the new ones are paid for."""
