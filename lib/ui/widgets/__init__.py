"""Parts of the screen that several pages use. No page is imported here."""
