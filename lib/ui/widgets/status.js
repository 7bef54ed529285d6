// Status: a sentence that is heard and not seen. Behind waveform.js and shared.js. Python hands over
// {words}; a screen reader says them when they change in an element that was there before.

export default mounting(({ parentElement }) => {
  const root = element("p", { class: "soundcheck-status", role: "status" });
  parentElement.append(root);
  return {
    show: ({ words }) => {
      if (root.textContent !== words) root.textContent = words;
    },
    leave: () => root.remove(),
  };
});
