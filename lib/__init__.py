"""Soundcheck's own modules; only `lib.ui` knows about screens."""
