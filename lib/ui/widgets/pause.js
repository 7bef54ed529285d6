// Pause: buttons that write a mark where the cursor stands. Behind waveform.js and shared.js. Python
// hands over {box, marks: [[label, mark]…]}; box is the selector of the text area.

export default mounting(({ parentElement }) => new Pauses(parentElement));

class Pauses {
  constructor(parent) {
    this.root = element("div", { class: "soundcheck-pauses", role: "group", "aria-label": "Insert a pause" });
    parent.append(this.root);
  }

  show({ box, marks }) {
    this.root.replaceChildren(
      element("span", { "aria-hidden": "true" }, "Pause"),
      ...marks.map(([label, mark]) =>
        element("button", {
          type: "button",
          "aria-label": `Insert a pause of ${label}`,
          // The text area keeps its focus, and so the place where the mark goes.
          onmousedown: (event) => event.preventDefault(),
          onclick: () => insert(document.querySelector(box), mark),
        }, label)));
  }

  leave() {
    this.root.remove();
  }
}

function insert(area, mark) {
  if (!area) return;
  area.focus();
  const [before, after] = [area.value[area.selectionStart - 1], area.value[area.selectionEnd]];
  const words = `${before && !/\s/.test(before) ? " " : ""}${mark}${after && !/\s/.test(after) ? " " : ""}`;
  // Old, and the only way that Undo and the page's own script both see.
  document.execCommand("insertText", false, words);
}
