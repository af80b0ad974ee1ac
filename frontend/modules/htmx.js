// htmx without eval and without inline styles, so the content security policy can stay strict.
// A refusal, in JSON ({code, reason}) or as the note of site/errors/refusal.html, becomes a toast; a form sent back with 422 is swapped in like any answer.
import htmx from "htmx.org";
import { toast } from "./toast.js";
import { word } from "./words.js";

htmx.config.allowEval = false;
htmx.config.includeIndicatorStyles = false;
htmx.config.selfRequestsOnly = true;
htmx.config.historyCacheSize = 0; // pages behind the sign-in must not stay on a shared computer
htmx.config.scrollBehavior = "auto";
htmx.config.responseHandling = [
  { code: "204", swap: false },
  { code: "[23]..", swap: true },
  { code: "422", swap: true },
  { code: "[45]..", swap: false, error: true },
];

export function csrfToken() {
  return document.querySelector("meta[name=csrf-token]")?.content ?? "";
}

document.addEventListener("htmx:configRequest", ({ detail }) => {
  if (detail.verb !== "get") detail.headers["X-CSRFToken"] = csrfToken();
});

document.addEventListener("htmx:responseError", ({ detail }) => {
  toast(reasonIn(detail.xhr) ?? word("failed"), "error");
});

document.addEventListener("htmx:sendError", () => toast(word("offline"), "error"));

function reasonIn(xhr) {
  if (!xhr.getResponseHeader("Content-Type")?.includes("json"))
    return new DOMParser().parseFromString(xhr.responseText, "text/html").querySelector("[data-reason]")?.textContent;
  try {
    return JSON.parse(xhr.responseText).reason;
  } catch {
    return null; // cut short on its way
  }
}

export default htmx;
