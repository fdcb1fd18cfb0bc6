// Bottom sheets on the native dialog: the browser traps the focus, makes the rest inert and closes on Esc.
// Added here: the back button closes, a tap outside closes, the focus returns, and toasts stay visible above the sheet.

const MARK = "onharuSheet";
const openers = new WeakMap();

function open(sheet, opener = document.activeElement) {
  if (sheet.open) return;
  openers.set(sheet, opener);
  sheet.showModal();
  history.pushState({ ...history.state, [MARK]: sheet.id }, "");
  sheet.append(toasts());
  sheet.dispatchEvent(new CustomEvent("onharu:sheet-opened", { bubbles: true }));
}

function toasts() {
  return document.getElementById("toasts") ?? "";
}

function topSheet() {
  return [...document.querySelectorAll("dialog[data-sheet][open]")].at(-1);
}

function closed(sheet) {
  (topSheet() ?? document.body).append(toasts());
  const opener = openers.get(sheet);
  openers.delete(sheet);
  // A live refresh may have replaced the opener while the sheet was open; its id says which one took its place.
  const back = opener?.isConnected ? opener : opener?.id && document.getElementById(opener.id);
  if (back) back.focus({ preventScroll: true });
  if (sheet.hasAttribute("data-sheet-auto")) sheet.remove();
  // Closed by anything but the back button: take our own step out of the history.
  if (history.state?.[MARK] === sheet.id) history.back();
}

document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-sheet-open]");
  if (opener) {
    const sheet = document.getElementById(opener.dataset.sheetOpen);
    if (sheet) open(sheet, opener);
    return;
  }
  const sheet = event.target.closest("dialog[data-sheet]");
  // A click on the backdrop has the dialog itself as its target.
  if (sheet && (event.target === sheet || event.target.closest("[data-sheet-close]"))) sheet.close();
});

document.addEventListener("close", (event) => event.target.matches?.("dialog[data-sheet]") && closed(event.target), true);

window.addEventListener("popstate", () => {
  const sheet = topSheet();
  if (sheet && history.state?.[MARK] !== sheet.id) sheet.close();
});

document.addEventListener("onharu:close-sheet", () => topSheet()?.close());

// A fragment with data-sheet-auto opens as soon as htmx has put it on the page.
let lastPressed = null;
document.addEventListener("htmx:beforeRequest", (event) => {
  if (event.detail.target?.id === "sheet-slot") lastPressed = event.detail.elt;
});
document.addEventListener("htmx:afterSwap", (event) => {
  if (event.target.id !== "sheet-slot") return;
  const sheet = event.target.querySelector("dialog[data-sheet-auto]");
  if (sheet) open(sheet, lastPressed);
});

// A page that was left with a sheet open comes back without it, so its step in the history means nothing any more.
if (history.state?.[MARK]) history.replaceState({ ...history.state, [MARK]: null }, "");
