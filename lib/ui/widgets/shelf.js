// A list of clips in which each row plays. Only the rows in view are in the page, and only those
// near them are in the browser's memory: Python sends a window of the list and is asked for others.

const NARROW_PX = 640;
const ROW_PX = { wide: 68, narrow: 92 };
const SPARE = 6; // rows drawn above and below the view
const REBUILT_MS = 2000;
const AHEAD = 15; // rows asked for above the first that is missing
const ONCE = ["delete", "s", "d", "x"]; // keys that do nothing more while they are held
const KEYS = "Arrow keys move, Space plays, left and right compare takes, Enter opens, X chooses, S stars, D downloads, Delete deletes";

export default mounting(({ parentElement }) => new Shelf(parentElement));

// What scrolls when the page does.
function scrollerOf(place) {
  for (let each = place.parentElement; each; each = each.parentElement)
    if (/auto|scroll/.test(getComputedStyle(each).overflowY)) return each;
  return document.scrollingElement;
}

class Shelf {
  constructor(parent) {
    this.head = new ShelfHead(this);
    this.body = element("div", { role: "rowgroup", class: "body" });
    this.root = element("div", { role: "grid", class: "soundcheck-shelf", "aria-label": "Clips", "aria-multiselectable": "true", "aria-description": KEYS },
      element("div", { role: "rowgroup" }, this.head.root), this.body);
    parent.append(this.root);
    this.rows = new Map(); // place in the list -> row
    this.shown = new Map(); // place in the list -> ShelfRow
    this.ticks = new Ticks(this);
    this.current = 0;
    this.barsPx = 100;
    this.root.addEventListener("keydown", (event) => this.pressed(event));
    this.body.addEventListener("click", (event) => this.clicked(event));
    this.body.addEventListener("focusin", (event) => this.focused(event));
    this.body.addEventListener("focusout", ({ relatedTarget }) => {
      if (this.root.isConnected) this.hasFocus = this.body.contains(relatedTarget);
    });
    this.leaving = new AbortController();
    const soon = () => this.soon();
    document.addEventListener("scroll", soon, { capture: true, passive: true, signal: this.leaving.signal });
    window.addEventListener("resize", soon, { signal: this.leaving.signal });
    this.resizing = new ResizeObserver(soon);
    this.resizing.observe(this.root);
  }

  show(data, { setStateValue, setTriggerValue }) {
    const before = this.data;
    this.data = data;
    this.tell = { state: setStateValue, press: (name, id) => setTriggerValue("pressed", { name, id }) };
    if (before?.turn !== data.turn) this.rows.clear();
    data.rows.forEach((row, place) => this.rows.set(data.start + place, row));
    this.ticks.hear(data.ticks);
    this.asked = undefined;
    this.chosen = data.chosen;
    if (before && before.words.join() !== data.words.join()) this.current = 0;
    this.current = Math.min(this.current, Math.max(data.found - 1, 0));
    this.root.setAttribute("aria-rowcount", data.found + 1);
    this.draw();
    if (!before) this.takeFocus();
  }

  press(name, id) {
    this.tell.press(name, id);
  }

  // ---- Drawing ----

  soon() {
    this.frame ??= requestAnimationFrame(() => {
      this.frame = undefined;
      if (this.data) this.draw();
    });
  }

  draw() {
    const narrow = this.root.clientWidth < NARROW_PX;
    const rowPx = narrow ? ROW_PX.narrow : ROW_PX.wide;
    const higherPx = rowPx - (this.rowPx ?? rowPx);
    this.rowPx = rowPx;
    if (higherPx) for (const row of this.shown.values()) row.place();
    this.root.classList.toggle("narrow", narrow);
    this.head.draw(this.data);
    this.body.style.height = `${this.data.found * rowPx}px`;
    // A card that opens beside the list makes its rows higher: the one that was chosen stays put.
    if (higherPx) scrollerOf(this.root).scrollBy({ top: this.current * higherPx, behavior: "instant" });
    const top = this.body.getBoundingClientRect().top;
    const first = Math.max(Math.floor(-top / rowPx) - SPARE, 0);
    const below = Math.max(Math.ceil((window.innerHeight - top) / rowPx), first); // some rows always
    const last = Math.min(below + SPARE, this.data.found) - 1;
    for (const [place, row] of this.shown)
      if (!this.mayStay(place, row, first, last)) {
        row.leave();
        this.shown.delete(place);
      }
    for (let place = first; place <= last; place++) this.drawRow(place);
    for (const [place, row] of this.shown) if (place < first || place > last) this.fill(place, row);
    this.measureBars();
    this.ask(first, last);
    this.point();
  }

  // What sounds or has the focus stays, wherever the page is scrolled to.
  mayStay(place, row, first, last) {
    if (place >= this.data.found) return false;
    return (place >= first && place <= last) || row.isPlaying || row.root.contains(document.activeElement);
  }

  drawRow(place) {
    let row = this.shown.get(place);
    if (!row) {
      row = new ShelfRow(this, place);
      this.shown.set(place, row);
      const after = [...this.shown.entries()].filter(([other]) => other > place).sort(([a], [b]) => a - b)[0];
      this.body.insertBefore(row.root, after?.[1].root ?? null);
    }
    this.fill(place, row);
  }

  // A row that plays on is kept with its own clip, should the list have moved under it.
  fill(place, row) {
    const data = this.rows.get(place);
    if (row.row && data && row.row.id !== data.id) row.silence();
    if (data || !row.row) row.show(data);
    else row.tick();
  }

  // All waveforms are as wide as the room that the first one has.
  measureBars() {
    const bars = this.body.querySelector(".bars");
    const px = bars?.clientWidth;
    if (!px || px === this.barsPx) return;
    this.barsPx = px;
    for (const row of this.shown.values()) row.show(row.row);
  }

  // ---- Rows that are missing ----

  ask(first, last) {
    for (let place = first; place <= last; place++)
      if (!this.rows.has(place)) {
        const start = Math.max(place - AHEAD, 0);
        if (this.asked !== start) this.tell.state("start", (this.asked = start));
        return;
      }
  }

  // ---- Focus and keys ----

  // Streamlit may build the list anew while it draws the page: the focus goes on where it was.
  takeFocus() {
    const left = window.soundcheckShelf;
    const isNobodys = [null, document.body].includes(document.activeElement);
    if (left?.key === this.data.key && performance.now() - left.at < REBUILT_MS && isNobodys) this.go(left.current);
  }

  open(row) {
    this.chosen = row.id;
    this.press("open", row.id);
  }

  close(row) {
    this.chosen = null;
    this.press("close", row.id);
  }

  // One row can be reached with Tab; arrows move on from there.
  point() {
    for (const [place, row] of this.shown) row.root.tabIndex = place === this.current ? 0 : -1;
  }

  rowAt(event) {
    for (const [place, row] of this.shown) if (row.root.contains(event.target)) return place;
    return undefined;
  }

  focused(event) {
    const place = this.rowAt(event);
    this.hasFocus = true;
    if (place === undefined || place === this.current) return;
    this.current = place;
    this.point();
  }

  clicked(event) {
    const place = this.rowAt(event);
    if (place === undefined || event.target.closest("button, a, label, input, audio, .bars, [role=slider]")) return;
    const row = this.rows.get(place);
    if (row && !String(getSelection())) row.id === this.chosen ? this.close(row) : this.open(row);
  }

  go(place) {
    this.current = Math.min(Math.max(place, 0), this.data.found - 1);
    this.drawRow(this.current);
    this.point();
    const { root } = this.shown.get(this.current);
    root.focus({ preventScroll: true });
    root.scrollIntoView({ block: "nearest" });
    this.soon();
  }

  pressed(event) {
    const place = this.rowAt(event);
    if (place === undefined || event.altKey || event.target.closest("[role=slider], audio")) return;
    const all = (event.ctrlKey || event.metaKey) && event.key === "a";
    if ((event.ctrlKey || event.metaKey) && !all) return;
    const isControl = event.target.closest("button, a, input");
    if (isControl && ["Enter", " "].includes(event.key)) return;
    const act = all ? () => this.press("tick_all", 0) : this.actOf(event, place);
    if (!act) return;
    event.preventDefault(); // the page must not scroll as well
    if (event.repeat && ONCE.includes(event.key.toLowerCase())) return; // the next row has come up
    act();
  }

  actOf({ key, shiftKey }, place) {
    const view = this.shown.get(place);
    const row = this.rows.get(place);
    const page = Math.max(Math.floor(window.innerHeight / this.rowPx) - 2, 1);
    const moves = { ArrowDown: place + 1, ArrowUp: place - 1, PageDown: place + page, PageUp: place - page, Home: 0, End: this.data.found - 1 };
    if (key in moves) return () => this.go(moves[key]);
    if (!row) return undefined;
    return {
      " ": () => view.toggle(),
      ArrowRight: () => view.step(1),
      ArrowLeft: () => view.step(-1),
      Enter: () => this.open(row),
      Escape: () => this.close(row), // also when the card is only on its way
      Delete: () => this.press("delete", row.id),
      s: () => view.star(),
      d: () => view.link.click(),
      x: () => this.ticks.toggle(place, shiftKey),
    }[key.length === 1 ? key.toLowerCase() : key];
  }

  leave() {
    if (this.hasFocus) window.soundcheckShelf = { key: this.data.key, current: this.current, at: performance.now() };
    this.leaving.abort();
    this.resizing.disconnect();
    cancelAnimationFrame(this.frame);
    for (const row of this.shown.values()) row.leave();
    this.root.remove();
  }
}
