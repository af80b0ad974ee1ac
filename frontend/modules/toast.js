// A short word at the bottom. The server sends one with the header HX-Trigger: {"toast": {"text": "…", "tone": "error"}}.
// Errors stay until pressed; the rest leaves after six seconds, but not while somebody points at it.
const SHOWN_MS = 6000;

export function toast(text, tone = "") {
  const line = document.createElement("div");
  line.className = `toast ${tone}`;
  line.textContent = text;
  line.addEventListener("click", () => line.remove());
  document.getElementById("toasts")?.append(line);
  if (tone !== "error") leave(line);
}

function leave(line) {
  setTimeout(() => (line.matches(":hover") ? leave(line) : line.remove()), SHOWN_MS);
}

document.addEventListener("toast", ({ detail }) => toast(detail.text ?? detail.value, detail.tone));
