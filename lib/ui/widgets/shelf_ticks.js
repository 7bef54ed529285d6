// Which clips of the shelf are ticked, also of those that are not in view.

class Ticks {
  constructor(shelf) {
    this.shelf = shelf;
    this.ids = new Set();
  }

  get size() {
    return this.ids.size;
  }

  has(id) {
    return this.ids.has(id);
  }

  // What Python says counts at the start, and once for each turn; later the ticks here are newer.
  hear({ turn, ids, most }) {
    this.most = most;
    if (turn === this.turn) return;
    this.ids = new Set(ids);
    this.turn = turn;
  }

  // With Shift: all rows from the one that was ticked before.
  toggle(place, isRange) {
    const { rows } = this.shelf;
    const from = isRange ? (this.last ?? place) : place;
    const on = !this.has(rows.get(place)?.id);
    for (let each = Math.min(from, place); each <= Math.max(from, place); each++) {
      const id = rows.get(each)?.id;
      if (id !== undefined) this.ids[on ? "add" : "delete"](id);
    }
    this.last = place;
    this.tell();
    this.shelf.draw();
  }

  clear() {
    this.ids.clear();
    this.tell();
    this.shelf.draw();
  }

  tell() {
    this.shelf.tell.state("ticked", [...this.ids]);
  }
}
