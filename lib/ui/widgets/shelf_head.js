// The head of the shelf: the names of its columns, which sort it, and the box that ticks all.

const COLUMNS = [
  ["tick"], ["sound", "Sound", "longest"], ["words", "Name and text", "title"], ["voices", "Voices"],
  ["price", "Price"], ["when", "When", "newest"], ["acts"],
];

class ShelfHead {
  constructor(shelf) {
    this.shelf = shelf;
    this.root = element("div", { role: "row", class: "head", "aria-rowindex": "1" });
  }

  draw({ sort, found }) {
    const { ticks } = this.shelf;
    const most = Math.min(found, ticks.most);
    const all = found > 0 && ticks.size >= most;
    const print = JSON.stringify([sort, found, most, all, ticks.size > 0]);
    if (print === this.print) return; // whatever has the focus must keep it
    this.print = print;
    this.root.replaceChildren(...COLUMNS.map(([name, label, by]) => {
      const cell = element("div", { role: "columnheader", class: name });
      if (name === "tick") cell.append(this.box(all, found, most));
      else if (by) cell.append(this.sorter(cell, label, by, sort));
      else if (label) cell.append(label);
      else cell.setAttribute("aria-label", "Star and download");
      return cell;
    }));
  }

  box(all, found, most) {
    const { shelf } = this;
    const some = shelf.ticks.size > 0;
    const which = most < found ? "the first" : "all";
    const label = some ? "Choose none" : `Choose ${which} ${most.toLocaleString("en")}`;
    const box = element("input", {
      type: "checkbox",
      "aria-label": label,
      onclick: () => (some ? shelf.ticks.clear() : shelf.press("tick_all", 0)),
    });
    box.checked = all;
    box.indeterminate = !all && some;
    return element("label", { title: label }, box);
  }

  sorter(cell, label, by, now) {
    const isNow = now === by || (by === "newest" && now === "oldest");
    const isUp = by === "title" || now === "oldest";
    if (isNow) cell.setAttribute("aria-sort", isUp ? "ascending" : "descending");
    const next = by === "newest" && now === "newest" ? "oldest" : by;
    const onclick = () => this.shelf.press(`sort_${next}`, 0);
    const arrow = isUp ? " ↑" : " ↓";
    return element("button", { type: "button", onclick }, `${label}${isNow ? arrow : ""}`);
  }
}
