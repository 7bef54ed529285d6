// One row of the shelf: its sound, two readable lines, and its facts. Behind waveform.js.

const ICONS = {
  play: "M7 4.5v15l13-7.5z",
  star: "M12 2.6l2.9 5.9 6.5.9-4.7 4.6 1.1 6.5-5.8-3.1-5.8 3.1 1.1-6.5L2.6 9.4l6.5-.9z",
  save: "M12 4v11M7 10.5l5 5 5-5M5 20h14",
};
const WAVE_PX = 32;
const TAKE_PX = [34, 16];
const TAKES_SHOWN = 4;

function drawing(path, name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("aria-hidden", "true");
  svg.setAttribute("class", name);
  if (!["ahead", "take"].includes(name)) svg.setAttribute("viewBox", "0 0 24 24");
  svg.append(document.createElementNS(svg.namespaceURI, "path"));
  svg.firstChild.setAttribute("d", path);
  return svg;
}

class ShelfRow {
  constructor(shelf, index) {
    this.shelf = shelf;
    this.index = index;
    this.print = "";
    this.root = element("div", { role: "row", class: "row", tabindex: "-1" });
    this.root.setAttribute("aria-rowindex", index + 2);
    this.place();
  }

  place() {
    this.root.style.transform = `translateY(${this.index * this.shelf.rowPx}px)`;
  }

  // row: undefined until the browser has been sent it.
  show(row) {
    const { shelf } = this;
    this.root.setAttribute("aria-selected", String(Boolean(row && shelf.ticks.has(row.id))));
    this.root.classList.toggle("chosen", Boolean(row && row.id === shelf.data.chosen));
    const print = JSON.stringify([row, shelf.data.words, shelf.barsPx]);
    if (this.print === print) return this.tick();
    this.print = print;
    if (this.row?.id !== row?.id) this.active = undefined;
    this.row = row;
    this.draw();
  }

  draw() {
    const { row } = this;
    if (!row) return this.root.replaceChildren(element("div", { role: "gridcell", class: "waiting" }, "…"));
    const { words } = this.shelf.data;
    if (!row.takes.some((take) => take.id === this.active)) this.active = row.id;
    this.cells ??= Object.fromEntries(
      ["tick", "sound", "words", "voices", "price", "when", "acts"].map((name) => [
        name, element("div", { role: "gridcell", class: name }),
      ]),
    );
    if (!this.root.contains(this.cells.tick)) this.root.replaceChildren(...Object.values(this.cells));
    this.drawTick();
    this.drawSound();
    this.cells.words.replaceChildren(
      element("p", { class: "title", dir: "auto", title: row.title }, ...matched(row.title, words)),
      ...(row.text ? [element("p", { class: "text", dir: "auto", title: row.text }, ...matched(row.text, words))] : []),
      ...this.below(),
      this.takes,
    );
    this.cells.voices.replaceChildren(element("p", { title: row.voices }, row.voices));
    this.cells.price.replaceChildren(row.price);
    this.cells.when.replaceChildren(element("span", { title: row.at }, row.when));
    this.drawActs();
  }

  // What lies under the row, and on a narrow screen the facts that have no column there.
  below() {
    const { row } = this;
    const old = row.is_older ? "older version" : row.older ? `${row.older} older` : "";
    const facts = [row.voices, lengthWords(this.take.length_s), row.when, row.price];
    return [
      ...(old ? [element("span", { class: "tag" }, old)] : []),
      element("p", { class: "facts" }, facts.join(" · ")),
    ];
  }

  get take() {
    return this.row.takes.find((take) => take.id === this.active);
  }

  // ---- Ticks, stars, files ----

  drawTick() {
    const { row, shelf } = this;
    this.box = element("input", {
      type: "checkbox",
      tabindex: "-1",
      "aria-label": `Choose ${row.title}`,
      onclick: (event) => shelf.ticks.toggle(this.index, event.shiftKey),
    });
    this.cells.tick.replaceChildren(element("label", {}, this.box));
    this.tick();
  }

  tick() {
    if (this.row) this.box.checked = this.shelf.ticks.has(this.row.id);
  }

  drawActs() {
    const { row, shelf } = this;
    const star = element("button", {
      type: "button",
      tabindex: "-1",
      class: "star",
      title: row.star ? "Starred" : "Star",
      "aria-label": `Star ${row.title}`,
      "aria-pressed": String(row.star),
      onclick: () => this.star(),
    }, drawing(ICONS.star, "icon"));
    this.link = element("a", {
      href: row.download,
      download: "",
      tabindex: "-1",
      class: "save",
      title: "Download",
      "aria-label": `Download ${row.title}`,
    }, drawing(ICONS.save, "icon"));
    this.cells.acts.replaceChildren(star, this.link);
  }

  star() {
    this.row.star = !this.row.star;
    this.cells.acts.firstChild.setAttribute("aria-pressed", String(this.row.star));
    this.shelf.press("star", this.row.id);
  }

  // ---- Sound ----

  drawSound() {
    const { row, cells, take } = this;
    if (!this.slot) {
      this.slot = element("div", { class: "slot" });
      this.takes = element("div", { class: "takes" });
      cells.sound.replaceChildren(this.slot);
    }
    if (this.player && this.playing !== take.id) this.silence();
    if (this.player) this.player.show(this.clipOf(take));
    else this.slot.replaceChildren(this.still(take));
    const { length } = row.takes;
    this.takes.replaceChildren(...(length > 1 ? this.nearby().map((each) => this.takeButton(each)) : []));
    if (length > TAKES_SHOWN) this.takes.append(element("span", {}, `${length} takes`));
    if (!take.on_top)
      this.takes.append(element("button", {
        type: "button",
        class: "prefer",
        tabindex: "-1",
        onclick: () => this.shelf.press("prefer", take.id),
      }, "This one"));
  }

  clipOf(take) {
    return { ...take, key: `${this.shelf.data.key}_${take.id}`, small: true };
  }

  // As the player looks before it has played. The sound is fetched with the first press only.
  still(take) {
    const button = element("button", {
      type: "button",
      tabindex: "-1",
      "aria-label": `Play ${take.name}`,
      onclick: () => this.toggle(),
    }, drawing(ICONS.play, "play"));
    const path = barsPath(take.peaks, this.shelf.barsPx, WAVE_PX);
    const wave = element("div", { class: "bars", onclick: (event) => this.playFrom(event) }, drawing(path, "ahead"));
    return element("div", { class: "soundcheck-player small ready" },
      button, wave, element("span", { class: "time" }, lengthWords(take.length_s)));
  }

  toggle() {
    if (!this.row) return;
    if (!this.player) {
      const { take } = this;
      this.slot.replaceChildren();
      this.playing = take.id;
      const key = this.clipOf(take).key;
      this.player = this.shelf.data.plain ? new PlainPlayer(this.slot) : new Player(this.slot, key);
      this.player.show(this.clipOf(take));
    }
    this.player.toggle();
  }

  playFrom(event) {
    const bars = event.currentTarget.getBoundingClientRect();
    const share = (event.clientX - bars.left) / bars.width;
    this.toggle();
    if (this.player.seek) this.player.seek(share * this.take.length_s);
  }

  get isPlaying() {
    return Boolean(this.player && !this.player.audio.paused);
  }

  silence() {
    this.player?.audio.pause();
    this.player?.leave();
    this.player = undefined;
  }

  // As many takes as there is room for, the active one among them.
  nearby() {
    const { takes } = this.row;
    const at = takes.indexOf(this.take);
    const start = Math.min(Math.max(at - 1, 0), Math.max(takes.length - TAKES_SHOWN, 0));
    return takes.slice(start, start + TAKES_SHOWN);
  }

  takeButton(take) {
    const pressed = String(take.id === this.active);
    const label = `Take ${take.number}${take.on_top ? ", this one is used" : ""}`;
    const [width, height] = TAKE_PX;
    return element("button", {
      type: "button",
      tabindex: "-1",
      class: "take",
      title: label,
      "aria-label": label,
      "aria-pressed": pressed,
      onclick: () => this.choose(take.id),
    }, drawing(barsPath(take.peaks, width, height), "take"));
  }

  // Hear another take of the same words.
  choose(id) {
    this.active = id;
    this.silence();
    this.drawSound();
    this.toggle();
  }

  step(by) {
    const at = this.row.takes.findIndex((take) => take.id === this.active);
    const next = this.row.takes[at + by];
    if (next) this.choose(next.id);
  }

  leave() {
    this.silence();
    this.root.remove();
  }
}
