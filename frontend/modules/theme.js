// Theme and care mode at once, without a page load. The form works alone too: the server keeps the choice in a cookie.
document.addEventListener("submit", async (event) => {
  const form = event.target.closest("form[data-look]");
  if (!form || !event.submitter) return;
  event.preventDefault();
  const { name, value } = event.submitter;
  show(name, value);
  const body = new FormData(form, event.submitter);
  const answer = await fetch(form.action, { method: "POST", body, redirect: "manual" }).catch(() => null);
  if (!answer) form.submit(); // let the browser say what is wrong with the network
});

function show(name, value) {
  const root = document.documentElement;
  if (name === "theme") root.dataset.theme = value;
  if (name === "care") root.toggleAttribute("data-care", value === "on");
  for (const button of document.querySelectorAll(`form[data-look] button[name="${name}"]`))
    button.setAttribute("aria-pressed", button.value === value);
}
