// Closes <details class="menu"> on Escape, on a press outside, and when the next one opens.
// The navigation on phones is a popover and closes by itself; only following a link within the page needs help.
const open = () => document.querySelectorAll("details.menu[open]");

document.addEventListener("click", ({ target }) => {
  for (const menu of open()) if (!menu.contains(target)) menu.open = false;
  const nav = target.closest?.("nav[popover]");
  if (target.closest?.("a") && nav?.matches(":popover-open")) nav.hidePopover();
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of open()) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});
