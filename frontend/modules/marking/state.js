// Says in the page's <output data-autosave-state> how it stands with what was marked.
import { places } from "./vault.js";
import { word } from "./words.js";

const SHOWN = { signed_out: "refused", other_person: "refused" }; // states that look alike (form.css)

document.addEventListener("waiting", ({ detail: { state, records, time } }) => {
  for (const place of document.querySelectorAll("[data-autosave-state]")) {
    if (!state && !place.dataset.state) continue;
    place.dataset.state = SHOWN[state] ?? (state || "saved");
    place.textContent = told(state, records, time);
    if (state === "signed_out") place.append(" ", signIn());
  }
});

function told(state, records, time) {
  if (state === "conflict") return word("choose");
  if (state === "refused") return word(records.some((one) => one.kind === "seal") ? "not_sealed" : "refused", { reason: records.find((one) => one.refused !== undefined).refused });
  const n = records.filter((one) => one.kind === "change").length;
  if (state === "offline") return word("waiting", { n });
  if (state === "sending" || state in SHOWN) return word(state, { n });
  return word("on_server", { time });
}

function signIn() {
  const link = document.createElement("a");
  link.href = `${places.login}?next=${encodeURIComponent(location.pathname)}`;
  link.textContent = word("sign_in");
  return link;
}
