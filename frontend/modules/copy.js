// <button data-copy="text"> or <button data-copy-from="ID">: into the clipboard, and the button says so for a moment.
import { toast } from "./toast.js";
import { word } from "./words.js";

document.addEventListener("click", async ({ target }) => {
  const button = target.closest?.("[data-copy], [data-copy-from]");
  if (!button) return;
  const source = document.getElementById(button.dataset.copyFrom);
  try {
    await navigator.clipboard.writeText(button.dataset.copy ?? source.value ?? source.textContent.trim());
    toast(word("copied"));
  } catch {
    toast(word("not_copied"), "error"); // no permission, or a page without https
  }
});
