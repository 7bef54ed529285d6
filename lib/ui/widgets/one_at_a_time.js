// "play" does not bubble, yet a capturing listener sees it. The mark keeps it to one per page.
if (!document.documentElement.dataset.oneAtATime) {
  document.documentElement.dataset.oneAtATime = "yes";
  document.addEventListener("play", (event) => {
    for (const audio of document.querySelectorAll("audio"))
      if (audio !== event.target) audio.pause();
  }, true);
}
