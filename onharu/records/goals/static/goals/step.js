// − and ＋ beside a number. Without this module the buttons stay hidden and the number is written.
// Works for what htmx brings later too: it listens on the document.

function reveal(root) {
  for (const button of root.querySelectorAll("[data-stepper] > [data-step][hidden]")) button.hidden = false;
}

function stepped(input, size, sign) {
  const places = size.includes(".") ? size.split(".")[1].length : 0;
  const now = Number.parseFloat(input.value.replace(",", ".")) || 0;
  return Math.max(0, now + sign * Number.parseFloat(size)).toFixed(places);
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-stepper] > [data-step]");
  if (!button) return;
  const box = button.parentElement;
  const input = box.querySelector("input");
  input.value = stepped(input, box.dataset.stepper, Number(button.dataset.step));
  input.dispatchEvent(new Event("input", { bubbles: true }));
});

document.addEventListener("htmx:load", (event) => reveal(event.target));
reveal(document);
