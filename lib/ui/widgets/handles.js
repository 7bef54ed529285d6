// Handles beside the rows of a grid. Behind waveform.js and shared.js. The grid is a canvas that
// scrolls by itself; its rows are told by their height, and their order by its hidden table.

const EDGE_PX = 28; // from which on the grid scrolls while a row is dragged
const STEP_PX = 10;
const DOTS = "M9 6h.01M15 6h.01M9 12h.01M15 12h.01M9 18h.01M15 18h.01";

export default mounting(({ parentElement }) => new Handles(parentElement));

class Handles {
  constructor(parent) {
    this.root = element("div", { class: "soundcheck-handles", "aria-hidden": "true" });
    this.line = element("div", { class: "line" });
    parent.append(this.root);
    this.leaving = new AbortController();
    const { signal } = this.leaving;
    const soon = () => this.soon();
    document.addEventListener("scroll", soon, { capture: true, passive: true, signal });
    document.addEventListener("keydown", (event) => event.key === "Escape" && this.drop(), { capture: true, signal });
    // The grid comes later than this, and draws its table anew when it is sorted.
    this.watching = new MutationObserver(soon);
    this.resizing = new ResizeObserver(soon);
  }

  show({ box, ids, row_px: rowPx }, { setTriggerValue }) {
    if (String(ids) !== String(this.ids)) this.drop(); // the gap would be between other rows
    Object.assign(this, { ids, rowPx, tell: (id, before) => setTriggerValue("moved", { id, before }) });
    const place = document.querySelector(box);
    if (place && place !== this.place) {
      this.place = place;
      this.watching.disconnect();
      this.watching.observe(place, { childList: true, subtree: true, characterData: true });
      this.resizing.observe(place);
    }
    this.soon();
  }

  soon() {
    this.frame ??= requestAnimationFrame(() => {
      this.frame = undefined;
      this.draw();
    });
  }

  // ---- Drawing ----

  measure() {
    const scroller = this.place?.querySelector(".dvn-scroller"); // there is none yet, or no more
    const inner = scroller?.querySelector(".dvn-scroll-inner");
    if (!inner?.offsetHeight) return false;
    this.scroller = scroller;
    this.headPx = inner.offsetHeight - this.ids.length * this.rowPx;
    this.view = scroller.getBoundingClientRect();
    return this.isInOrder();
  }

  // Somebody may have sorted the grid by a column: then a place in it is none in the script.
  isInOrder() {
    const table = this.place.querySelector("canvas table");
    const heads = [...(table?.querySelectorAll("th") ?? [])].map((head) => head.textContent);
    const numbers = [...(table?.querySelectorAll(`tbody td:nth-child(${heads.indexOf("No.") + 1})`) ?? [])];
    return numbers.length > 0 && numbers.every((cell) => Number(cell.textContent) === cell.parentElement.ariaRowIndex - 1);
  }

  draw() {
    if (this.row !== undefined) return this.drawLine();
    if (!this.measure()) return this.root.replaceChildren();
    const { scrollTop, clientHeight } = this.scroller;
    const last = Math.min(Math.floor((scrollTop + clientHeight - this.headPx) / this.rowPx), this.ids.length);
    const rows = [];
    for (let row = Math.ceil(scrollTop / this.rowPx); row < last; row++) rows.push(row);
    const shown = `${rows[0]} ${rows.length} ${this.topOf(0)} ${this.ids}`;
    if (this.shown === shown && this.root.childElementCount) return;
    this.shown = shown;
    this.root.replaceChildren(...rows.map((row) => this.handle(row)));
  }

  handle(row) {
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    svg.setAttribute("viewBox", "0 0 24 24");
    svg.append(document.createElementNS(svg.namespaceURI, "path"));
    svg.firstChild.setAttribute("d", DOTS);
    const made = element("div", {
      class: "handle",
      title: "Drag to move this row",
      onpointerdown: (event) => this.take(event, row),
      onpointermove: (event) => this.drag(event),
      onpointerup: () => this.drop(true),
      onpointercancel: () => this.drop(),
    }, svg);
    made.style.top = `${this.topOf(row)}px`;
    made.style.height = `${this.rowPx}px`;
    return made;
  }

  topOf(row) {
    const aboveGrid = this.view.top - this.root.getBoundingClientRect().top;
    return aboveGrid + this.headPx + row * this.rowPx - this.scroller.scrollTop;
  }

  // ---- Dragging ----

  take(event, row) {
    if (event.button || !this.measure()) return;
    event.preventDefault();
    event.target.closest(".handle").setPointerCapture(event.pointerId);
    this.row = row;
    this.root.classList.add("dragging");
    this.root.append(this.line);
    this.drag(event);
  }

  drag({ clientY }) {
    if (this.row === undefined) return;
    this.y = clientY;
    this.drawLine();
    this.scrolling ??= setInterval(() => this.scrollAtEdges(), 16);
  }

  scrollAtEdges() {
    const { top, bottom } = this.view;
    const up = this.y < top + this.headPx + EDGE_PX;
    if (up || this.y > bottom - EDGE_PX) this.scroller.scrollTop += up ? -STEP_PX : STEP_PX;
  }

  drawLine() {
    this.view = this.scroller.getBoundingClientRect();
    const y = this.y - this.view.top - this.headPx + this.scroller.scrollTop;
    this.gap = Math.min(Math.max(Math.round(y / this.rowPx), 0), this.ids.length);
    this.line.style.top = `${this.topOf(this.gap)}px`;
    this.line.style.width = `${this.view.width}px`;
  }

  // isMeant: the button was let go, and not Escape pressed.
  drop(isMeant = false) {
    if (this.row === undefined) return;
    const { row, gap } = this;
    this.row = undefined;
    clearInterval(this.scrolling);
    this.scrolling = undefined;
    this.line.remove();
    this.root.classList.remove("dragging");
    if (isMeant && gap !== row && gap !== row + 1) this.tell(this.ids[row], this.ids[gap] ?? 0);
    this.soon();
  }

  leave() {
    this.drop();
    this.leaving.abort();
    this.watching.disconnect();
    this.resizing.disconnect();
    cancelAnimationFrame(this.frame);
    this.root.remove();
  }
}
