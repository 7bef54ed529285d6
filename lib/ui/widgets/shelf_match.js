// Marks in a text what a search found: the beginnings of words, whatever their case and accents.

const RUNS_ON = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u;

// The text as nodes: what was found is in <mark>.
function matched(text, words) {
  const found = matches(text, words);
  const nodes = [];
  let end = 0;
  for (const [from, to] of found) {
    nodes.push(text.slice(end, from), element("mark", {}, text.slice(from, to)));
    end = to;
  }
  return [...nodes, text.slice(end)];
}

// [[from, to], …] in the order of the text, none over another.
function matches(text, words) {
  const terms = words.map((word) => plain(word).map((sign) => sign.said).join("")).filter(Boolean);
  if (!terms.length) return [];
  const signs = plain(text);
  const said = signs.map((sign) => sign.said).join("");
  const either = terms.map((term) => {
    const literal = term.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
    return RUNS_ON.test(term) ? literal : `(?<![\\p{L}\\p{N}])${literal}`;
  });
  const places = signs.flatMap((sign) => Array(sign.said.length).fill(sign));
  return [...said.matchAll(new RegExp(either.join("|"), "gu"))].map(({ 0: all, index }) => [
    places[index].from,
    places[index + all.length - 1].to,
  ]);
}

// Each sign of the text with where it stands, in small letters without accents.
function plain(text) {
  let at = 0;
  return Array.from(text, (sign) => {
    const from = at;
    at += sign.length;
    return { said: sign.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase(), from, to: at };
  });
}
