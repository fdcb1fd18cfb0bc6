// Reckons along while suggestions are corrected: weight, energy and sodium of each row and their sum. For display only;
// the server weighs again from the catalogue. What each food holds rides in data-food, the ladders of amounts on the form.

const shown = (value) => value.toLocaleString("en", { maximumFractionDigits: Math.abs(value) < 99.95 ? 1 : 0 });
const written = (text) => {
  const said = text.trim().replace(",", ".");
  return /^\d{1,7}(\.\d{1,3})?$/.test(said) ? Number(said) : NaN;
};
const part = (row, name) => row.querySelector(`[data-${name}]`);
const formOf = (element) => element.closest?.("form[data-suggested]");

function chosen(row) {
  const radio = row.querySelector('input[type="radio"]:checked');
  return radio && { radio, facts: JSON.parse(radio.dataset.food) };
}

// Another food brings its own units, and its usual portion.
function offerUnits(row, facts) {
  const select = part(row, "unit");
  select.replaceChildren(
    ...facts.units.map(([name, grams, guess, kind, words]) => {
      const option = new Option(words, name);
      Object.assign(option.dataset, { weight: grams, kind, ...(guess && { vague: "" }) });
      return option;
    }),
  );
  select.value = facts.usual[1];
  part(row, "quantity").value = facts.usual[0];
}

function holdsOf(row) {
  const food = chosen(row);
  const unit = part(row, "unit").selectedOptions[0];
  const grams = written(part(row, "quantity").value) * Number(unit?.dataset.weight);
  if (!food || !(grams > 0) || part(row, "remove").checked) return null;
  const of = (per100) => (per100 === null ? null : (per100 * grams) / 100);
  return { grams, kcal: of(food.facts.kcal), sodium: of(food.facts.sodium), basis: food.facts.basis, unit };
}

function reckon(row) {
  const form = formOf(row);
  const unknown = form.dataset.textUnknown;
  const holds = holdsOf(row);
  if (holds) {
    part(row, "grams").textContent = `${shown(holds.grams)} ${holds.basis}`;
    part(row, "kcal").textContent = holds.kcal === null ? `kcal ${unknown}` : `${shown(holds.kcal)} kcal`;
    part(row, "sodium").textContent = holds.sodium === null ? unknown : `${shown(holds.sodium)} mg`;
    part(row, "guess").hidden = holds.unit.dataset.vague === undefined;
  }
  addUp(form);
}

function addUp(form) {
  const rows = [...form.querySelectorAll("[data-row]")].map(holdsOf).filter(Boolean);
  const foot = document.getElementById("suggested-foot");
  const known = (key) => rows.map((row) => row[key]).filter((value) => value !== null);
  const say = (key) => (known(key).length ? shown(known(key).reduce((sum, value) => sum + value, 0)) : "—");
  const count = form.querySelectorAll("[data-row]").length - form.querySelectorAll("[data-remove]:checked").length;
  const go = foot.querySelector("[data-go]");
  if (go) go.textContent = go.dataset.text.replace("{count}", count);
  foot.querySelector("[data-sum]").hidden = rows.length === 0;
  foot.querySelector("[data-sum-kcal]").textContent = say("kcal");
  foot.querySelector("[data-sum-sodium]").textContent = say("sodium");
  foot.querySelector("[data-sum-unknown]").hidden = ["kcal", "sodium"].every((key) => known(key).length === rows.length);
}

function step(row, direction) {
  const field = part(row, "quantity");
  const kind = part(row, "unit").selectedOptions[0]?.dataset.kind ?? "portion";
  const ladder = JSON.parse(formOf(row).dataset.ladders)[kind];
  const now = written(field.value) || ladder[0];
  const next = direction > 0 ? ladder.find((one) => one > now) : ladder.findLast((one) => one < now);
  field.value = next ?? now;
  reckon(row);
}

// A food that was pressed folds the list away; one reached with the arrow keys does not, as the next arrow may follow.
document.addEventListener("click", (event) => {
  const radio = event.target.closest?.('[data-row] input[type="radio"]');
  if (radio && event.detail > 0) {
    const list = radio.closest("details");
    list.open = false;
    list.querySelector("summary").focus({ preventScroll: true });
  }
  const button = event.target.closest?.("[data-step]");
  const row = button?.closest("[data-row]");
  if (row) step(row, Number(button.dataset.step));
});

document.addEventListener("input", (event) => {
  const row = formOf(event.target) && event.target.closest("[data-row]");
  if (!row || event.target.dataset.search !== undefined) return;
  if (event.target.type === "radio") {
    const { radio, facts } = chosen(row);
    part(row, "title").textContent = radio.dataset.name;
    part(row, "why")?.remove();
    row.querySelector(".field-error")?.remove();
    offerUnits(row, facts);
  }
  reckon(row);
});

// Enter writes the meal down from anywhere but a search (ime.js) and a button; in the sentence it reads on.
document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.isComposing || event.keyCode === 229 || event.shiftKey) return;
  const { target } = event;
  const sentence = target.dataset?.sendOnEnter !== undefined;
  if (!sentence && !(formOf(target) && target.matches("input:not([type='search'], [type='file'])"))) return;
  event.preventDefault();
  target.form.requestSubmit(sentence ? undefined : document.getElementById("suggested-go"));
});

document.addEventListener("htmx:afterSettle", (event) => {
  const form = document.getElementById("suggested-form");
  if (form && document.getElementById("suggested-foot")?.querySelector("[data-sum]") && form.contains(event.target)) addUp(form);
});
