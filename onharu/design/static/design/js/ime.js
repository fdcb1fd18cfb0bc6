// Searching in Korean. <input data-search hx-trigger="onharu:search" …> gets the event onharu:search
//   120 ms after the last change, once for each new text. Syllables that are still being composed count too,
//   because our search understands half-typed ones (김ㅊ); write data-search="whole" to wait for compositionend instead.
// Enter ends a composition without sending the form twice; Arrow down goes to the first result (data-search-results="#id").

const DEBOUNCE = 120;
const ENTER_AGAIN = 400;
const waiting = new WeakMap();
const asked = new WeakMap();
const sent = new WeakMap();

function ask(input) {
  const text = input.value.normalize("NFC").trim();
  if (asked.get(input) === text) return;
  asked.set(input, text);
  input.dispatchEvent(new CustomEvent("onharu:search", { bubbles: true, detail: { text } }));
}

function later(input) {
  clearTimeout(waiting.get(input));
  waiting.set(
    input,
    setTimeout(() => ask(input), DEBOUNCE),
  );
}

function isSearch(target) {
  return target instanceof HTMLInputElement && target.dataset.search !== undefined;
}

document.addEventListener("input", (event) => {
  if (!isSearch(event.target)) return;
  if (event.isComposing && event.target.dataset.search === "whole") return;
  later(event.target);
});

document.addEventListener("compositionend", (event) => {
  if (isSearch(event.target)) later(event.target);
});

document.addEventListener("keydown", (event) => {
  if (!isSearch(event.target)) return;
  if (event.key === "Enter") enter(event);
  if (event.key === "ArrowDown" && !event.isComposing) move(event, event.target.dataset.searchResults, 0);
});

// keyCode 229 is how Safari says that the Enter belongs to the input method.
function enter(event) {
  const input = event.target;
  const now = event.timeStamp;
  const composing = event.isComposing || event.keyCode === 229;
  if (composing || now - (sent.get(input) ?? -ENTER_AGAIN) < ENTER_AGAIN) {
    event.preventDefault();
    return;
  }
  sent.set(input, now);
  clearTimeout(waiting.get(input));
  if (input.hasAttribute("hx-get")) {
    event.preventDefault();
    ask(input);
  }
}

function move(event, selector, index) {
  const results = selector ? [...document.querySelectorAll(`${selector} :is(a[href], button)`)] : [];
  if (!results[index]) return;
  event.preventDefault();
  results[index].focus();
}

// Among the results, the arrows walk; up from the first one returns to the input.
document.addEventListener("keydown", (event) => {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const list = step && event.target.closest?.("[data-search-list]");
  if (!list) return;
  const results = [...list.querySelectorAll("a[href], button")];
  const next = results.indexOf(event.target) + step;
  event.preventDefault();
  if (next < 0) document.querySelector(`[data-search-results="#${list.id}"]`)?.focus();
  else results[next]?.focus();
});
