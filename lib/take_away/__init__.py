"""The take-away file: one page with voices and their player, which needs no app and no network."""
