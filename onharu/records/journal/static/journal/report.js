// A day's report saves itself, question by question.
//   Every answer is sent at once, text when the typing rests. The form goes with the hidden twins of its fields
//   (was-…: what this screen was shown), and the server writes only what differs: the last word on each question wins.
//   What another screen wrote meanwhile is put into the form, except where somebody is typing: there it is shown beside.

const REST = 900;
const TYPING = 5000;
const SHOWN = 8000;
const AGAIN = 10000;
const NAMES = ["mood", "condition", "sleep", "highlights", "challenges", "tags"];
const TEXTS = new Set(["sleep", "highlights", "challenges"]);

const form = document.querySelector("[data-report]");
const plain = (words) => words.replace(/\r\n?/g, "\n").normalize("NFC").trim();
const setOf = (words) => new Set(words.split(",").filter(Boolean));

function start() {
  const seen = form.querySelector("#report-seen");
  const said = document.getElementById("report-said");
  const words = said.querySelector("[data-said-words]");
  const undo = said.querySelector("[data-undo]");
  const typed = new Map(); // when something was last typed into a text
  const held = new Map(); // what another screen wrote while somebody typed here
  const mineAfter = new Set(); // of those, where this screen had the last word
  let base = new Map(); // what is saved, as this screen spells it
  let sent = null; // the answers that are on their way
  let last = null; // the last change, for 되돌리기: {name, before}
  let undoing = false;
  let composing = false;
  let failed = false;
  let stuck = false; // the server refuses the whole form: only another change is worth another try
  let again = false;
  let adding = false; // the typed tag is on its way
  let pressed = null; // a button pressed while answers were on their way
  let resting;
  let hiding;
  let retrying;

  const input = (name) => form.elements.namedItem(name);
  const twin = (name) => seen.querySelector(`[name="was-${name}"]`);
  const version = () => Number(seen.querySelector("[name=seen]").value);
  const boxes = () => [...form.querySelectorAll("[name=tags]")];

  function read(name) {
    if (name === "tags") return boxes().filter((box) => box.checked).map((box) => box.value).sort().join(",");
    return input(name).value;
  }

  function write(name, value) {
    if (name === "tags") for (const box of boxes()) box.checked = setOf(value).has(box.value);
    else input(name).value = value;
    if (name === "sleep") saySleep();
  }

  const spelled = (name, value) => (name === "tags" ? [...setOf(value)].sort().join(",") : plain(value));
  const same = (name, one, other) => spelled(name, one) === spelled(name, other);
  const dirty = (name) => !same(name, read(name), base.get(name));
  const anything = () => NAMES.some((name) => dirty(name) && !problem(name));
  const problem = (name) => {
    const place = form.querySelector(`[data-problem="${name}"]`);
    return place && !place.hidden;
  };

  function beingTyped(name) {
    if (!TEXTS.has(name) || document.activeElement !== input(name)) return false;
    return composing || (document.hasFocus() && performance.now() - (typed.get(name) ?? -Infinity) < TYPING);
  }

  // --- saving

  function save() {
    clearTimeout(resting);
    if (sent) again = true;
    else if (anything()) window.htmx.trigger(form, "onharu:save");
  }

  function rest() {
    clearTimeout(resting);
    resting = setTimeout(save, REST);
  }

  function changed(name) {
    if (last?.name !== name || last.closed) last = { name, before: base.get(name) };
    stuck = false;
    complain(name, "");
  }

  function closeEdit(name) {
    if (last?.name === name) last.closed = true;
  }

  form.addEventListener("input", (event) => {
    const { name } = event.target;
    if (!NAMES.includes(name)) {
      if (name === "tag") complain("tag", "");
      return;
    }
    changed(name);
    if (!TEXTS.has(name)) return save();
    typed.set(name, performance.now());
    if (name === "sleep") saySleep();
    rest();
  });
  form.addEventListener("change", (event) => TEXTS.has(event.target.name) && save());
  form.addEventListener("compositionstart", () => (composing = true));
  form.addEventListener("compositionend", () => (composing = false));
  form.addEventListener("focusout", (event) => {
    closeEdit(event.target.name);
    typed.delete(event.target.name);
    if (held.has(event.target.name)) setTimeout(() => settle(event.target.name));
  });

  form.addEventListener("click", (event) => {
    const step = event.target.closest("[data-sleep-step]");
    if (!step) return;
    event.preventDefault();
    const hours = hoursOf(read("sleep"));
    const next = hours === null ? 7 : Math.min(24, Math.max(0, hours + Number(step.dataset.sleepStep)));
    changed("sleep");
    write("sleep", String(next));
    rest();
  });

  // --- what is on its way

  document.addEventListener("htmx:beforeRequest", (event) => {
    if (event.detail.elt !== form) return;
    sent = new Map(NAMES.map((name) => [name, read(name)]));
    sent.set("tag", input("tag").value);
    again = false;
  });

  // htmx sends along the button that has the focus; only a pressed one is meant.
  form.addEventListener("htmx:configRequest", (event) => {
    if (event.detail.elt !== form) return;
    event.detail.formData.delete("sleep-step");
    if (event.detail.triggeringEvent?.type === "submit") return;
    for (const name of ["add", "save"]) event.detail.formData.delete(name);
  });

  // An older answer that comes late says nothing new.
  seen.addEventListener("htmx:beforeSwap", (event) => {
    const found = /name="seen" value="(\d+)"/.exec(event.detail.xhr.responseText);
    if (found && Number(found[1]) < version()) event.detail.shouldSwap = false;
  });

  seen.addEventListener("htmx:afterSwap", (event) => merge(event.detail.requestConfig.elt === form ? sent : null));

  document.addEventListener("htmx:afterRequest", (event) => {
    if (event.detail.elt !== form) return;
    const ok = event.detail.successful || event.detail.xhr?.status === 422;
    sent = null;
    failed = !ok;
    if (!ok && stuck) return;
    if (!ok) tellFailed();
    else if (pressed) form.requestSubmit(pressed);
    else if (!stuck && (again || anything())) rest();
    pressed = null;
  });

  // What does not reach the server is said here and tried again; what it refuses, it says itself.
  for (const failure of ["htmx:sendError", "htmx:timeout", "htmx:responseError"]) {
    form.addEventListener(failure, (event) => {
      if (event.detail.elt !== form) return;
      stuck = failure === "htmx:responseError" && event.detail.xhr.status < 500;
      if (!stuck) event.stopPropagation();
    });
  }

  function merge(mine) {
    const errors = errorsSaid();
    stuck = "form" in errors;
    renewChips();
    for (const name of NAMES) {
      const now = twin(name).value;
      const own = mine && !stuck && !same(name, mine.get(name), base.get(name)) && !(name in errors);
      if (name === "tags") mergeTags(now, own ? mine.get(name) : base.get(name));
      else if (own) saved(name, mine.get(name));
      else if (!same(name, now, base.get(name))) elsewhere(name, now);
      twin(name).value = base.get(name);
    }
    for (const [name, message] of Object.entries(errors)) complain(name, message);
    if (mine) answered(mine, errors);
    document.querySelector("[data-report-delete]").hidden = !seen.querySelector("[data-there]");
  }

  function saved(name, value) {
    base.set(name, value);
    if (held.has(name)) mineAfter.add(name);
  }

  // Tags are a set: what was put on or taken off here, on top of what is saved.
  function mergeTags(now, before) {
    const [here, then, there] = [setOf(read("tags")), setOf(before), setOf(now)];
    const wanted = new Set([...there, ...[...here].filter((tag) => !then.has(tag))]);
    for (const tag of then) if (!here.has(tag)) wanted.delete(tag);
    base.set("tags", [...there].sort().join(","));
    write("tags", [...wanted].join(","));
  }

  function elsewhere(name, now) {
    if (same(name, now, read(name))) {
      base.set(name, now);
      return;
    }
    if (dirty(name) || beingTyped(name)) {
      if (TEXTS.has(name)) hold(name, now);
      if (!dirty(name)) return;
      // Answered here and not sent yet: that will be the last word.
      base.set(name, now);
      return;
    }
    base.set(name, now);
    write(name, now);
    arrive(name);
  }

  function arrive(name) {
    const place = name === "mood" || name === "condition" ? form.querySelector(`#${name}-problem`).closest("fieldset") : input(name);
    place.classList.remove("arrived");
    void place.offsetWidth;
    place.classList.add("arrived");
  }

  function hold(name, now) {
    held.set(name, now);
    setTimeout(() => settle(name), TYPING + 100);
    const box = form.querySelector(`[data-held="${name}"]`);
    if (!box) return;
    box.querySelector("[data-held-words]").textContent = now;
    box.hidden = false;
  }

  function release(name) {
    held.delete(name);
    mineAfter.delete(name);
    form.querySelector(`[data-held="${name}"]`)?.toggleAttribute("hidden", true);
  }

  // Nothing was typed after it came: then it is the last word, and stands here too.
  function settle(name) {
    if (!held.has(name) || dirty(name) || beingTyped(name) || mineAfter.has(name)) return;
    base.set(name, held.get(name));
    write(name, held.get(name));
    twin(name).value = base.get(name);
    release(name);
  }

  function take(name) {
    changed(name);
    write(name, held.get(name));
    release(name);
    save();
  }

  function keep(name) {
    base.set(name, held.get(name));
    twin(name).value = base.get(name);
    release(name);
    save();
  }

  for (const box of form.querySelectorAll("[data-held]")) {
    box.addEventListener("click", (event) => {
      const name = box.dataset.held;
      if (!event.target.closest("button")) return;
      if (event.target.closest("[data-held-take]")) take(name);
      else keep(name);
      input(name).focus();
    });
  }

  // --- words

  function errorsSaid() {
    const found = [...seen.querySelectorAll("[data-error]")].map((one) => [one.dataset.error, one.textContent]);
    return Object.fromEntries(found);
  }

  function complain(name, message) {
    const place = form.querySelector(`[data-problem="${name}"]`);
    if (!place) {
      if (message) document.dispatchEvent(new CustomEvent("onharu:toast", { detail: { message } }));
      return;
    }
    place.querySelector("span").textContent = message;
    place.hidden = !message;
    const field = input(name);
    if (field instanceof HTMLElement) field.toggleAttribute("aria-invalid", Boolean(message));
    if (message && field instanceof HTMLElement) field.setAttribute("aria-invalid", "true");
  }

  function answered(mine, errors) {
    if (mine.get("tag") && !("tag" in errors) && input("tag").value === mine.get("tag") && adding) {
      input("tag").value = "";
      if (last?.name !== "tags") last = { name: "tags", before: mine.get("tags") };
    }
    adding = false;
    if (last && !TEXTS.has(last.name)) last.closed = true;
    if (Object.keys(errors).length) return;
    tell(undoing ? said.dataset.undone : said.dataset.saved, !undoing && last !== null);
    undoing = false;
  }

  form.addEventListener("submit", (event) => {
    if (sent) pressed = event.submitter;
    else adding = Boolean(input("tag").value.trim()) && ["add", "save"].includes(event.submitter?.name);
  });

  function tell(message, canUndo) {
    words.textContent = message;
    undo.hidden = !canUndo;
    said.hidden = false;
    said.classList.remove("report-said-failed");
    clearTimeout(hiding);
    hiding = setTimeout(hide, SHOWN);
  }

  function hide() {
    if (said.matches(":hover, :focus-within")) hiding = setTimeout(hide, SHOWN);
    else said.hidden = true;
  }

  function tellFailed() {
    tell(said.dataset.failed, false);
    clearTimeout(hiding);
    said.classList.add("report-said-failed");
    clearTimeout(retrying);
    retrying = setTimeout(save, AGAIN);
  }

  window.addEventListener("online", save);

  undo.addEventListener("click", () => {
    if (!last) return;
    const { name, before } = last;
    last = null;
    undoing = true;
    undo.hidden = true;
    release(name);
    write(name, before);
    (input(name) instanceof HTMLElement ? input(name) : form.querySelector(`[name="${name}"]:checked, [name="${name}"]`))?.focus();
    save();
  });

  // --- sleep and tags

  function hoursOf(text) {
    const match = /^(\d{1,2})(?:[.,](\d{1,3}))?$/.exec(text.trim());
    if (match) return Number(`${match[1]}.${match[2] ?? 0}`);
    const clock = /^(\d{1,2})\s*(?::|시간|h)\s*(?:(\d{1,2})\s*(?:분|m|min)?)?$/.exec(text.trim());
    return clock ? Number(clock[1]) + Number(clock[2] ?? 0) / 60 : null;
  }

  function saySleep() {
    const place = document.getElementById("sleep-said");
    const hours = hoursOf(read("sleep"));
    const minutes = hours === null || hours > 24 ? null : Math.round(hours * 4) * 15;
    const pattern = minutes % 60 ? place.dataset.minutes : place.dataset.hours;
    const filled = () => pattern.replace("{hours}", Math.floor(minutes / 60)).replace("{minutes}", minutes % 60);
    place.textContent = minutes === null ? "" : filled();
  }

  function renewChips() {
    const list = document.getElementById("report-tags");
    const offered = new Map(
      [...seen.querySelector("template[data-chips]").content.querySelectorAll("[data-chip]")].map((one) => [one.dataset.chip, one]),
    );
    for (const chip of list.querySelectorAll("[data-chip]")) {
      const now = offered.get(chip.dataset.chip);
      if (now) chip.querySelector("span").textContent = now.querySelector("span").textContent;
      offered.delete(chip.dataset.chip);
    }
    for (const chip of offered.values()) {
      const made = document.importNode(chip, true);
      made.querySelector("input").checked = false;
      list.append(made);
    }
  }

  // --- leaving

  // The last words go on their own way, as the page will not wait for their answer.
  function flush() {
    if (!anything()) return;
    fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)), keepalive: true, headers: { "HX-Request": "true" } }).catch(() => {});
  }

  document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && flush());
  window.addEventListener("beforeunload", (event) => {
    if (!anything()) return;
    flush();
    if (failed || !navigator.onLine) event.preventDefault();
  });

  for (const name of NAMES) base.set(name, twin(name).value);
  form.querySelector("[data-without-module]").hidden = true;
  form.querySelector("[data-with-module]").hidden = false;
  if (anything()) rest();
}

if (form) start();
