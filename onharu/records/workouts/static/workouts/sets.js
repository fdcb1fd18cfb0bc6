// Amounts of a set: − and ＋ beside a number, and what was typed stays when its part is replaced by a live refresh.
//   <div class="stepper"><button type="button" data-step="-2.5">…<input …><button type="button" data-step="2.5">…
// A press changes the number and says `change`, so a form with hx-trigger="change" saves at once.
// What was pressed may be gone with the task it finished: then the focus goes on to the task that is next.

const typed = new Map();

function numberIn(text) {
  const said = text.trim().replace(",", ".");
  return /^\d{1,5}(\.\d{1,2})?$/.test(said) ? Number(said) : null;
}

// 20 → 22.5 → 25: a press goes to the next multiple of the step, so odd amounts come back into line.
export function stepped(value, step) {
  const size = Math.abs(step);
  const places = value / size;
  const next = step > 0 ? Math.floor(places + 1 + 1e-9) : Math.ceil(places - 1 - 1e-9);
  return Math.round(next * size * 100) / 100;
}

document.addEventListener("click", (event) => {
  const button = event.target.closest?.("[data-step]");
  const input = button?.closest(".stepper")?.querySelector("input");
  if (!input) return;
  const least = Number(input.dataset.least ?? 0);
  const most = Number(input.dataset.most ?? 9999);
  const next = stepped(numberIn(input.value) ?? 0, Number(button.dataset.step));
  input.value = String(Math.min(Math.max(next, least), most));
  input.dispatchEvent(new Event("change", { bubbles: true }));
});

document.addEventListener("htmx:beforeSwap", (event) => {
  for (const input of event.target.querySelectorAll?.("[data-keep-typed]") ?? []) {
    if (input.id && input.value !== initial(input)) typed.set(input.id, { value: input.value, was: initial(input) });
  }
});

function initial(input) {
  if (input.matches("select")) return input.querySelector("option[selected]")?.value ?? input.options[0]?.value ?? "";
  return input.defaultValue;
}

// Only where the server still says what it said before: a number that was changed elsewhere is the newer truth.
document.addEventListener("htmx:afterSwap", () => {
  for (const [id, { value, was }] of typed) {
    const input = document.getElementById(id);
    if (input && initial(input) === was) input.value = value;
  }
  typed.clear();
});

let pressed = "";

document.addEventListener("htmx:beforeRequest", (event) => {
  const { elt, requestConfig } = event.detail;
  if (requestConfig.verb !== "get" && elt.closest("#workouts")) pressed = document.activeElement?.id ?? "";
});

document.addEventListener("htmx:afterSwap", (event) => {
  if (event.target.id !== "workouts" || !pressed) return;
  const gone = !document.getElementById(pressed) && document.activeElement === document.body;
  const next = event.target.querySelector(".task-now .task-head") ?? event.target.querySelector(".task-head");
  if (gone) next?.focus({ preventScroll: true });
  pressed = "";
});
