// One player in a place of its own on the page.

const players = new WeakMap(); // Streamlit's element -> its player

// Streamlit calls this at the start and again whenever data or theme change. It keeps only the
// last function returned, and may still run an earlier one that came too late.
export default function ({ data, parentElement }) {
  if (!players.has(parentElement)) players.set(parentElement, new Player(parentElement, data.key));
  const player = players.get(parentElement);
  const call = (player.calls = (player.calls ?? 0) + 1);
  player.show(data);
  return () => {
    if (call !== player.calls) return;
    players.delete(parentElement);
    player.leave();
  };
}
