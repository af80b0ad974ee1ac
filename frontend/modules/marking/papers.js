// Buttons [data-paper] open a PDF beside the sheet. The reader is half a megabyte, so it comes with the first paper that is opened.
const viewer = document.querySelector("[data-viewer]");

viewer?.addEventListener("click", async ({ target }) => {
  const button = target.closest("[data-paper]");
  if (!button) return;
  for (const other of viewer.querySelectorAll("[data-paper]")) other.setAttribute("aria-pressed", String(other === button));
  const { open } = await import("./viewer.js");
  await open(viewer, button.dataset.paper);
});
