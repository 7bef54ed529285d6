if (!document.documentElement.dataset.menu) {
  document.documentElement.dataset.menu = "yes";
  // A press on the menu takes the focus from a text box, and the box sends its text a moment later.
  // So the choice of the page waits for it: the server ignores a text of a page that was left.
  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-testid=stSidebarNavLink], [data-testid=stLogoLink]");
    const isForAnotherTab = event.ctrlKey || event.metaKey || event.shiftKey;
    if (!link || isForAnotherTab || !event.isTrusted) return;
    event.preventDefault();
    event.stopPropagation();
    setTimeout(() => link.click());
  }, true);
  // On a phone the menu lies over the page, and Streamlit leaves it there when a page is chosen.
  document.addEventListener("click", (event) => {
    if (window.innerWidth < 768 && event.target.closest("[data-testid=stSidebarNavLink]"))
      document.querySelector("[data-testid=stSidebarCollapseButton] button")?.click();
  });
}
