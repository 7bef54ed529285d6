// What our scripts share: how Streamlit mounts them, elements, and number keys. Behind waveform.js.

const TYPED_MS = 600;

// What Streamlit calls at the start and again whenever data or theme change. It keeps only the last
// function returned, and may still run an earlier one that came too late.
function mounting(make) {
  const made = new WeakMap(); // Streamlit's element -> what stands in it
  return (call) => {
    const place = call.parentElement;
    const [data] = call.data; // component.py says why it is in a list
    if (!made.has(place)) made.set(place, make({ ...call, data }));
    const thing = made.get(place);
    const turn = (thing.turn = (thing.turn ?? 0) + 1);
    thing.show(data, call);
    return () => {
      if (turn !== thing.turn) return;
      made.delete(place);
      thing.leave();
    };
  };
}

// element("p", { class: "about" }, "words", child…): text is always text.
function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes))
    if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
    else if (value !== undefined) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

// As visible.py: signs that nobody sees, and that turn a line around or hide in it, as marks.
const UNSEEN = /[\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff]/g;

function visible(text) {
  return text.replace(UNSEEN, (sign) => `⟨U+${sign.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}⟩`);
}

// "1" is the first voice, "0" the tenth; "1" and "2" soon after each other are the twelfth.
class NumberKeys {
  #typed = "";
  #at = -Infinity;

  // Places, from 0, that a key may mean, the likelier first; none for any other key.
  places(key) {
    if (!/^[0-9]$/.test(key)) return [];
    const now = performance.now();
    this.#typed = now - this.#at < TYPED_MS ? this.#typed + key : key;
    this.#at = now;
    return [this.#typed, key].map((digits) => (digits === "0" ? 10 : Number(digits)) - 1);
  }
}
