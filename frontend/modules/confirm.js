// <form data-confirm="Refuse 31 entries?" data-count="31"> asks first, and lets go only when the number was typed.
// Without data-count a press is enough. Buttons with data-confirm ask for themselves (several buttons in one form).
// The dialog is #confirm in base.html. Forms with hx-post are asked the same way.
const agreed = new WeakSet();

document.addEventListener("submit", (event) => {
  const asks = [event.submitter, event.target].find((part) => part?.dataset.confirm);
  if (!asks || agreed.delete(asks)) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  ask(asks.dataset.confirm, asks.dataset.count).then((yes) => {
    if (!yes) return;
    agreed.add(asks);
    event.target.requestSubmit(event.submitter);
  });
}, true);

export function ask(question, count) {
  const dialog = document.getElementById("confirm");
  const typed = dialog.querySelector("input");
  const go = dialog.querySelector("button[value=yes]");
  dialog.querySelector("[data-question]").textContent = question;
  dialog.querySelector("[data-typed]").hidden = !count;
  dialog.querySelector("[data-number]").textContent = count ?? "";
  typed.value = "";
  typed.oninput = () => (go.disabled = Boolean(count) && typed.value.trim() !== count);
  typed.oninput();
  dialog.returnValue = "";
  dialog.showModal();
  return new Promise((answer) => {
    dialog.addEventListener("close", () => answer(dialog.returnValue === "yes"), { once: true });
  });
}
