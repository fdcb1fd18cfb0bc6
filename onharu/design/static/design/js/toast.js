// Toasts: what just happened, with 되돌리기. They stay while somebody points at or focuses them.
//
// From the server: an out-of-band design/toast.html, a Django message, or the header HX-Trigger
//   {"onharu:toast": {"message": "저장했어요", "undo": "/meals/items/7/restore/"}}
// From a module: document.dispatchEvent(new CustomEvent("onharu:toast", {detail: {message, undo}}))

const STAY = 7000;
const region = document.getElementById("toasts");

function icon(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  svg.setAttribute("class", "icon icon-small");
  svg.setAttribute("aria-hidden", "true");
  use.setAttribute("href", `${region.dataset.icons}#${name}`);
  svg.append(use);
  return svg;
}

function button(kind, name, words, hideWords) {
  const made = document.createElement("button");
  const label = document.createElement("span");
  made.type = "button";
  made.className = kind;
  label.textContent = words;
  if (hideWords) label.className = "visually-hidden";
  made.append(icon(name), label);
  return made;
}

function build({ message, undo }) {
  const toast = document.createElement("div");
  const words = document.createElement("p");
  toast.className = "toast";
  toast.dataset.toast = "";
  words.className = "toast-words";
  words.textContent = message;
  toast.append(words);
  if (undo) {
    const action = button("toast-action", "undo", region.dataset.textUndo, false);
    action.setAttribute("hx-post", undo);
    action.setAttribute("hx-swap", "none");
    action.dataset.toastUndo = "";
    toast.append(action);
  }
  const close = button("toast-close", "close", region.dataset.textClose, true);
  close.dataset.toastClose = "";
  toast.append(close);
  return toast;
}

// A toast leaves after STAY, counted anew whenever the pointer or the focus has left it.
function watch(toast) {
  let timer;
  let held = 0;
  const wait = () => {
    clearTimeout(timer);
    if (held === 0) timer = setTimeout(() => dismiss(toast), STAY);
  };
  const hold = () => {
    held += 1;
    clearTimeout(timer);
  };
  const release = () => {
    held = Math.max(0, held - 1);
    wait();
  };
  toast.addEventListener("pointerenter", hold);
  toast.addEventListener("pointerleave", release);
  toast.addEventListener("focusin", hold);
  toast.addEventListener("focusout", release);
  toast.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    event.stopPropagation();
    dismiss(toast);
  });
  wait();
}

function dismiss(toast) {
  const hadFocus = toast.contains(document.activeElement);
  toast.remove();
  if (hadFocus) (document.querySelector("dialog[open]") ?? document.getElementById("main"))?.focus();
}

if (region) {
  new MutationObserver((changes) => {
    for (const change of changes) {
      for (const node of change.addedNodes) if (node.dataset?.toast !== undefined) watch(node);
    }
  }).observe(region, { childList: true });
  region.querySelectorAll("[data-toast]").forEach(watch);

  region.addEventListener("click", (event) => {
    const toast = event.target.closest("[data-toast]");
    if (event.target.closest("[data-toast-close]")) dismiss(toast);
  });
  // The undo button goes only when the server has done it.
  region.addEventListener("htmx:afterRequest", (event) => {
    if (event.target.matches("[data-toast-undo]") && event.detail.successful) dismiss(event.target.closest("[data-toast]"));
  });

  document.addEventListener("onharu:toast", (event) => {
    const toast = build(event.detail);
    region.append(toast);
    window.htmx?.process(toast);
  });
}
