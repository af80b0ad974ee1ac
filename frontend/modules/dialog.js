// <button commandfor="ID" command="show-modal"> and command="close" for browsers that do not know them yet;
// a press on the veil closes; a dialog swapped in with data-shown opens itself, and one with data-fleeting leaves when closed.
const KNOWN = "command" in HTMLButtonElement.prototype;

document.addEventListener("click", ({ target }) => {
  if (target instanceof HTMLDialogElement && !target.hasAttribute("data-firm")) target.close("");
  const button = target.closest?.("button[commandfor]");
  if (KNOWN || !button) return;
  const dialog = document.getElementById(button.getAttribute("commandfor"));
  if (button.getAttribute("command") === "show-modal") dialog?.showModal();
  if (button.getAttribute("command") === "close") dialog?.close(button.value);
});

document.addEventListener("htmx:afterSettle", ({ target }) => {
  const found = target.matches?.("dialog[data-shown]") ? [target] : target.querySelectorAll("dialog[data-shown]");
  for (const dialog of found) if (!dialog.open) dialog.showModal();
});

document.addEventListener("close", ({ target }) => {
  if (target.matches?.("dialog[data-fleeting]")) target.remove();
}, true);
