if (!document.documentElement.dataset.escape) {
  document.documentElement.dataset.escape = "yes";
  // Esc closes a popover with all its fields, and a field sends its text when it is left. So it is
  // left first. A list that is open closes by itself.
  const FIELD = ":is(textarea, input:not([role=combobox]))";
  document.addEventListener("keydown", ({ key, target }) => {
    if (key === "Escape" && target.matches(`[data-testid=stPopoverBody] ${FIELD}`)) target.blur();
  }, true);
}
