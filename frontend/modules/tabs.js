// A row of tabs wider than a phone begins at the tab one is on.
function begin(root) {
  for (const tab of root.querySelectorAll(".tabs [aria-current]")) {
    const row = tab.closest(".tabs");
    row.scrollLeft = tab.offsetLeft - row.offsetLeft - (row.clientWidth - tab.offsetWidth) / 2;
  }
}

begin(document);
document.addEventListener("htmx:afterSettle", ({ target }) => begin(target));
