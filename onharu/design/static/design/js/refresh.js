// Parts of a page that are replaced while somebody uses it keep what that person did to them.
//   data-keep on the part: its <details> with an id stay open, and rows with data-row that came from elsewhere are
//     marked .arrived for a moment. The focus is kept by htmx itself, for everything that has an id; here only for what
//     stands in a <details>, which comes closed and takes no focus until it is open again.
//   data-part on a part that loads itself: when the load fails, [data-part-waiting] gives way to [data-part-failed].
//   What an answer tells by HX-Trigger (a toast with 되돌리기, a sheet to close) is told on <body> when what was pressed
//     has been replaced meanwhile: htmx tells it there, where nobody listens any more.

const open = new Set();
const rows = new Map();
let own = -Infinity;

const OWN_FOR = 1500;

function parts() {
  return [...document.querySelectorAll("[data-keep]")];
}

function rowsOf(part) {
  return new Set([...part.querySelectorAll("[data-row]")].map((row) => row.dataset.row));
}

document.addEventListener("htmx:afterRequest", (event) => {
  if (event.detail.requestConfig.verb !== "get") own = event.timeStamp;
});

document.addEventListener("htmx:beforeRequest", ({ detail: { elt, xhr } }) => {
  xhr.addEventListener("readystatechange", () => {
    if (xhr.readyState !== XMLHttpRequest.DONE || elt.isConnected) return;
    const told = xhr.getResponseHeader("HX-Trigger");
    if (!told?.startsWith("{")) return;
    for (const [name, detail] of Object.entries(JSON.parse(told))) window.htmx.trigger(document.body, name, detail);
  });
});

let focused = null;

function focusOf(part) {
  const one = document.activeElement;
  if (!one?.id || !part.contains(one) || !one.closest("details")) return null;
  return { id: one.id, from: one.selectionStart ?? null, to: one.selectionEnd ?? null };
}

function focusAgain() {
  const one = focused && document.activeElement === document.body ? document.getElementById(focused.id) : null;
  one?.focus({ preventScroll: true });
  if (one && focused.from !== null) one.setSelectionRange?.(focused.from, focused.to);
  focused = null;
}

document.addEventListener("htmx:beforeSwap", () => {
  focused = null;
  for (const part of parts()) {
    rows.set(part.id, rowsOf(part));
    focused ??= focusOf(part);
    for (const details of part.querySelectorAll("details[id]")) {
      if (details.open) open.add(details.id);
      else open.delete(details.id);
    }
  }
});

document.addEventListener("htmx:afterSwap", (event) => {
  for (const part of parts()) {
    for (const details of part.querySelectorAll("details[id]")) if (open.has(details.id)) details.open = true;
    const before = rows.get(part.id);
    // What was written here needs no announcement: the person has just pressed it.
    if (!before || event.timeStamp - own < OWN_FOR) continue;
    for (const row of part.querySelectorAll("[data-row]")) if (!before.has(row.dataset.row)) row.classList.add("arrived");
  }
  rows.clear();
  focusAgain();
});

for (const failure of ["htmx:responseError", "htmx:sendError", "htmx:timeout"]) {
  document.addEventListener(failure, (event) => {
    const part = event.target.closest?.("[data-part]");
    if (!part) return;
    part.querySelector("[data-part-waiting]")?.toggleAttribute("hidden", true);
    part.querySelector("[data-part-failed]")?.toggleAttribute("hidden", false);
  });
}
