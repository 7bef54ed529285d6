// Voices side by side: cards with a key number, a player, rows of stars and a remark. Behind
// waveform.js, shared.js and plain_player.js. Python hands over {key, keys, remarks, cards}; what
// people mark goes back as state, so that no mark is lost when two are made at once, what they
// press as a trigger.
//   card: {id, name, spoken, about, number, address, length_s, peaks, gain_db, facts, download,
//          rows: [{id, label, stars}], remark, state, actions: [{name, label, spoken}], removable}

const STARS = [1, 2, 3, 4, 5];
const CROSS = "M6 6l12 12M18 6L6 18";
const ARROW = "M12 4v11M7 10.5l5 5 5-5M5 20h14";
const STAR = "M12 2.6l2.9 5.9 6.5.9-4.7 4.6 1.1 6.5-5.8-3.1-5.8 3.1 1.1-6.5L2.6 9.4l6.5-.9z";

export default mounting(({ parentElement }) => new Board(parentElement));

function picture(path) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  svg.append(document.createElementNS(svg.namespaceURI, "path"));
  svg.firstChild.setAttribute("d", path);
  return svg;
}

class Board {
  constructor(parent) {
    this.root = parent.appendChild(element("div", { class: "soundcheck-board" }));
    this.cards = new Map();
    this.marks = {}; // what was marked here: newer than anything Python sends
    this.keys = new NumberKeys();
    this.leaving = new AbortController();
    document.addEventListener("keydown", (event) => this.pressed(event), {
      signal: this.leaving.signal,
    });
  }

  show(data, { setStateValue, setTriggerValue }) {
    this.data = data;
    this.tell = {
      mark: (marks) => setStateValue("marks", marks),
      press: (what) => setTriggerValue("pressed", what),
    };
    const wanted = new Set(data.cards.map((card) => card.id));
    for (const [id, card] of this.cards)
      if (!wanted.has(id)) {
        card.leave();
        this.cards.delete(id);
      }
    data.cards.forEach((card, place) => {
      if (!this.cards.has(card.id)) this.cards.set(card.id, new Card(this));
      const shown = this.cards.get(card.id);
      shown.show(card, data);
      if (this.root.children[place] !== shown.root)
        this.root.insertBefore(shown.root, this.root.children[place] ?? null);
    });
  }

  mark(id, name, value) {
    this.marks = { ...this.marks, [id]: { ...this.marks[id], [name]: value } };
    this.tell.mark(this.marks);
  }

  marked(id, name, otherwise) {
    const mine = this.marks[id] ?? {};
    return name in mine ? mine[name] : otherwise;
  }

  pressed(event) {
    const writing = event.target.closest?.("input:not([type=radio]), textarea, [contenteditable=true], [role=combobox], dialog");
    if (!this.data.keys || writing || event.ctrlKey || event.metaKey || event.altKey) return;
    const cards = this.keys.places(event.key).map((place) => this.cards.get(this.data.cards[place]?.id));
    const card = cards.find((each) => each);
    if (!card) return;
    event.preventDefault();
    card.player.toggle();
    card.root.scrollIntoView({ block: "nearest" });
  }

  leave() {
    this.leaving.abort();
    for (const card of this.cards.values()) card.leave();
  }
}

class Card {
  constructor(board) {
    this.board = board;
    this.prints = {}; // part -> what it was drawn from
    this.head = element("div", { class: "head" });
    this.sound = element("div", { class: "sound" });
    this.rows = element("div", { class: "rows" });
    this.foot = element("div", { class: "foot" });
    this.note = element("div", { class: "note" });
    const below = element("div", { class: "below" }, this.rows, this.foot);
    this.root = element("section", {}, this.head, this.sound, below, this.note);
  }

  show(data, board) {
    this.data = data;
    this.root.setAttribute("aria-label", data.name);
    this.drawSound(data, board);
    // Each part is drawn anew only when it changed: whatever has the focus must keep it.
    this.part("head", [data.name, data.about, data.removable], () => this.drawHead(data));
    this.part("rows", data.rows.map((row) => [row.id, row.label]), () => this.drawRows(data));
    this.part("foot", [data.facts, data.actions, data.download], () => this.drawFoot(data, board));
    this.part("note", data.remark, () => this.drawNote(data, board));
    this.paint();
  }

  part(name, print, draw) {
    const now = JSON.stringify(print) ?? "";
    if (this.prints[name] === now) return;
    this.prints[name] = now;
    draw();
  }

  drawHead(data) {
    this.head.replaceChildren(
      element("h3", {}, data.name),
      element("p", { class: "about", title: data.about }, data.about),
      ...(data.state ? [element("p", { class: "state" })] : []),
      ...(data.removable ? [this.press("remove", "", data.removable, CROSS)] : []),
    );
  }

  drawSound(data, board) {
    if (!this.player) {
      this.number = this.sound.appendChild(element("kbd", { "aria-hidden": "true" }));
      this.slot = this.sound.appendChild(element("div", { class: "slot" }));
    }
    this.number.textContent = data.number;
    this.number.hidden = !board.keys;
    if (!this.player) {
      this.player = board.plain ? new PlainPlayer(this.slot) : new Player(this.slot, `${board.key}_${data.id}`);
    }
    this.player.show({ ...data, key: `${board.key}_${data.id}`, name: data.spoken ?? data.name });
  }

  drawRows(data) {
    const several = data.rows.length > 1 || data.rows[0]?.label;
    this.rows.replaceChildren(...data.rows.map((row) => this.drawStars(row, several)));
    this.rows.classList.toggle("labelled", Boolean(several));
  }

  // Radio buttons under the stars: arrows choose, a screen reader says "3 stars".
  drawStars(row, labelled) {
    const name = `stars_${this.board.data.key}_${this.data.id}_${row.id}`;
    const line = element("div", { class: "line" });
    let before = null; // what it was when the pointer came down: a star pressed again is taken back
    for (const number of STARS) {
      const spoken = number === 1 ? "1 star" : `${number} stars`;
      const input = element("input", { type: "radio", name, value: number, "aria-label": spoken });
      const star = element("label", {}, input, picture(STAR));
      star.addEventListener("pointerdown", () => (before = this.stars(row)));
      input.addEventListener("change", () => this.rate(row, number));
      input.addEventListener("click", () => {
        if (before === number) this.rate(row, null);
        before = null;
      });
      line.append(star);
    }
    const legend = labelled ? row.label : `Stars for ${this.data.name}`;
    return element("fieldset", { class: "stars" },
      element("legend", { class: labelled ? "" : "unseen" }, legend), line);
  }

  stars(row) {
    return this.board.marked(this.data.id, row.id, row.stars) ?? null;
  }

  rate(row, number) {
    this.board.mark(this.data.id, row.id, number);
    this.paint();
  }

  paint() {
    this.data.rows.forEach((row, place) => {
      const given = this.stars(row);
      this.rows.children[place].querySelectorAll("label").forEach((label, star) => {
        label.classList.toggle("full", star < (given ?? 0));
        label.firstElementChild.checked = star + 1 === given;
      });
    });
    const state = this.head.querySelector(".state");
    if (!state) return;
    const rated = this.data.rows.every((row) => this.stars(row));
    state.textContent = rated ? this.data.state.rated : this.data.state.open;
  }

  drawFoot(data, board) {
    this.foot.replaceChildren(
      element("span", { class: "facts" }, data.facts ?? ""),
      ...(board.remarks ? [this.remarkButton(data)] : []),
      ...(data.actions ?? []).map(({ name, label, spoken }) => this.press(name, label, spoken)),
      ...(data.download ? [this.download(data)] : []),
    );
  }

  press(name, label, spoken, icon) {
    const onclick = () => name && this.board.tell.press({ name, id: this.data.id });
    const button = element("button", { type: "button", "aria-label": spoken, title: icon && spoken, onclick }, label);
    if (icon) button.append(picture(icon));
    return button;
  }

  download(data) {
    const spoken = `Download ${data.name}`;
    const link = element("a", { href: data.download, download: "", "aria-label": spoken, title: spoken });
    link.append(picture(ARROW));
    return link;
  }

  remarkButton(data) {
    return element("button", {
      type: "button",
      "aria-label": `Remark on ${data.name}`,
      "aria-expanded": String(Boolean(this.writing)),
      onclick: (event) => {
        this.writing = !this.writing;
        event.target.setAttribute("aria-expanded", String(this.writing));
        this.drawNote(data, this.board.data);
        this.field?.focus();
      },
    }, "Remark");
  }

  drawNote(data, board) {
    const text = this.board.marked(data.id, "remark", data.remark) ?? "";
    if (this.field && this.writing && document.activeElement === this.field) return;
    this.field = undefined;
    this.note.replaceChildren();
    if (!board.remarks) return;
    if (this.writing) {
      this.field = element("textarea", { rows: 2, "aria-label": `Your remark on ${data.name}`, placeholder: "What is good or wrong about this one?" });
      this.field.value = text;
      this.field.addEventListener("change", () => this.board.mark(data.id, "remark", this.field.value));
      this.note.append(this.field);
    } else if (text) this.note.append(element("p", { dir: "auto" }, visible(text)));
  }

  leave() {
    this.player.leave();
    this.root.remove();
  }
}
