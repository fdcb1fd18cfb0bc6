// Nothing waits in silence and nothing is sent twice. Over 300 ms: a bar, aria-busy, and words for screen readers.
// A form that is on its way ignores further submits. A failed request says so in a toast, with the server's own words.

const QUIET = 300;
const bar = document.getElementById("busy");
const words = document.getElementById("busy-words");
// What is on its way: a form of the page, or a request of htmx. Not the pressed element, which an answer may replace.
const running = new Map();

function start(key, element) {
  if (running.has(key)) return;
  const timer = setTimeout(() => {
    element.setAttribute("aria-busy", "true");
    bar.hidden = false;
    words.textContent = words.dataset.textBusy;
  }, QUIET);
  running.set(key, { element, timer });
}

function stop(key) {
  const { element, timer } = running.get(key) ?? {};
  clearTimeout(timer);
  running.delete(key);
  element?.removeAttribute("aria-busy");
  if (running.size > 0) return;
  bar.hidden = true;
  words.textContent = "";
}

function pressed(form, submitter) {
  return submitter ?? form.querySelector('button:not([type="button"])') ?? form;
}

// Full-page forms: the first submit goes, the second is dropped until the page is shown again.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method === "dialog") return;
  if (form.dataset.sent !== undefined) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "";
  start(form, pressed(form, event.submitter));
});

window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
  for (const key of [...running.keys()]) stop(key);
});

// htmx would queue a second press and send it after the first answer. While a form or a button is changing something,
// its further presses are dropped before they reach that queue (htmx:confirm comes first); reads are left alone (hx-sync).
const changing = new WeakSet();

document.addEventListener("htmx:confirm", (event) => {
  if (event.detail.verb !== "get" && changing.has(event.detail.elt)) event.preventDefault();
});

document.addEventListener("htmx:beforeRequest", (event) => {
  const { elt, requestConfig, xhr } = event.detail;
  if (requestConfig.verb !== "get") changing.add(elt);
  start(xhr, elt.matches("form") ? pressed(elt, requestConfig.triggeringEvent?.submitter) : elt);
});

document.addEventListener("htmx:afterRequest", (event) => {
  changing.delete(event.detail.elt);
  stop(event.detail.xhr);
});

function complain(message) {
  document.dispatchEvent(new CustomEvent("onharu:toast", { detail: { message } }));
}

function reasonOf(xhr) {
  if (!xhr.getResponseHeader("Content-Type")?.includes("json")) return null;
  try {
    return JSON.parse(xhr.responseText).detail ?? null;
  } catch {
    return null;
  }
}

// A part that says in its own place that it did not come needs no toast besides.
function saysItself(event) {
  return Boolean(event.target.closest?.("[data-part]")?.querySelector("[data-part-failed]"));
}

const FAILURES = {
  "htmx:responseError": (event) => reasonOf(event.detail.xhr) ?? words.dataset.textFailed,
  "htmx:sendError": () => (navigator.onLine ? words.dataset.textFailed : words.dataset.textOffline),
  "htmx:timeout": () => words.dataset.textFailed,
};
for (const [failure, told] of Object.entries(FAILURES)) {
  document.addEventListener(failure, (event) => {
    if (!saysItself(event)) complain(told(event));
  });
}
