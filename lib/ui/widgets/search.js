if (!document.documentElement.dataset.search) {
  document.documentElement.dataset.search = "yes";
  // A field sends its text when it is left or Enter is pressed. A search goes on while one types.
  const PAUSE_MS = 250;
  let waiting;
  document.addEventListener("input", ({ target }) => {
    clearTimeout(waiting);
    if (!target.matches?.("[class*=st-key-row_find] input[type=text]")) return;
    const enter = { key: "Enter", code: "Enter", bubbles: true };
    waiting = setTimeout(() => target.dispatchEvent(new KeyboardEvent("keydown", enter)), PAUSE_MS);
  });
}
