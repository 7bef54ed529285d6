// On a phone the menu lies over the page, and Streamlit leaves it there when a page is chosen.
if (!document.documentElement.dataset.menuCloses) {
  document.documentElement.dataset.menuCloses = "yes";
  document.addEventListener("click", (event) => {
    if (window.innerWidth < 768 && event.target.closest("[data-testid=stSidebarNavLink]"))
      document.querySelector("[data-testid=stSidebarCollapseButton] button")?.click();
  });
}
