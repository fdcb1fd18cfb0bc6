// The rest between two sets. What is kept is the instant at which it ends, never a count: a reload, a locked screen or a
// phone that slept changes nothing, and no permission is asked for.
//   started by the event onharu:rest {seconds, label} (HX-Trigger of a marked set), or by <button data-rest-start="90"
//   data-rest-label="스쿼트">; drawn into #rest (templates/workouts/rest.html), which brings its words as data-text-….
// localStorage "onharu.rest": {ends, left, seconds, label, told}. `left` stands while paused; `told` once the end was said.

const KEY = "onharu.rest";
const SOUND_KEY = "onharu.rest.sound";
const STEP = 15_000;
const MOST = 30 * 60_000;
const FORGET = 10 * 60_000;

const bar = document.getElementById("rest");
const part = (name) => bar.querySelector(`[data-rest-${name}]`);
let drawing = null;
let lock = null;
let audio = null;

// Storage may be forbidden (private windows): then the rest lives as long as the page does.
let kept = null;
function read(key = KEY) {
  try {
    return JSON.parse(localStorage.getItem(key));
  } catch {
    return key === KEY ? kept : null;
  }
}

function write(value, key = KEY) {
  if (key === KEY) kept = value;
  try {
    if (value === null) localStorage.removeItem(key);
    else localStorage.setItem(key, JSON.stringify(value));
  } catch {
    // kept in this page alone
  }
}

const leftOf = (rest) => rest.left ?? rest.ends - Date.now();
const isRunning = (rest) => rest !== null && rest.left === null && leftOf(rest) > 0;

// What somebody else wrote there, or an end that a turned-back clock put hours away, is no rest.
function current() {
  const rest = read();
  if (typeof rest?.ends !== "number" || leftOf(rest) > MOST || leftOf(rest) < -FORGET) return null;
  return rest;
}

export function start(seconds, label = "") {
  const length = Math.min(Math.max(Number(seconds) * 1000, STEP), MOST);
  write({ ends: Date.now() + length, left: null, seconds: length / 1000, label, told: false });
  say(bar.dataset.textStarted.replace("{seconds}", Math.round(length / 1000)));
  draw();
}

function change(how) {
  const rest = current();
  if (rest) write(how(rest));
  draw();
}

const paused = (rest) => ({ ...rest, left: Math.max(leftOf(rest), 0) });
const resumed = (rest) => ({ ...rest, ends: Date.now() + rest.left, left: null });

function moved(rest, by) {
  const left = Math.min(Math.max(leftOf(rest), 0) + by, MOST);
  const changed = { ...rest, seconds: Math.max(rest.seconds, left / 1000), told: rest.told && left <= 0 };
  return rest.left === null ? { ...changed, ends: Date.now() + left } : { ...changed, left: Math.max(left, 0) };
}

function clock(milliseconds) {
  const seconds = Math.ceil(Math.abs(milliseconds) / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

function draw() {
  clearTimeout(drawing);
  const rest = current();
  bar.hidden = rest === null;
  document.documentElement.toggleAttribute("data-resting", rest !== null);
  if (rest === null) {
    write(null);
    letScreenSleep();
    return;
  }
  const left = leftOf(rest);
  const over = left <= 0;
  bar.dataset.state = over ? "over" : rest.left === null ? "running" : "paused";
  part("clock").textContent = over ? `+${clock(left)}` : clock(left);
  part("words").textContent = bar.dataset[over ? "textOver" : rest.left === null ? "textRunning" : "textPaused"];
  part("label").textContent = rest.label;
  part("fill").setAttribute("width", `${over ? 100 : Math.max(0, 100 - left / (rest.seconds * 10))}%`);
  swapButtons(rest, over);
  if (over && !rest.told) end(rest);
  if (isRunning(rest)) holdScreen();
  else letScreenSleep();
  // A second ends when the shown figure does; a page nobody sees draws again when it is seen.
  if (rest.left === null && document.visibilityState === "visible") drawing = setTimeout(draw, (left % 1000) + (left > 0 ? 5 : 1005));
}

// The pressed button must not vanish from under a finger or the focus: the two take turns.
function swapButtons(rest, over) {
  const [pause, resume] = [part("pause"), part("resume")];
  const had = document.activeElement;
  pause.hidden = over || rest.left !== null;
  resume.hidden = over || rest.left === null;
  part("less").hidden = over;
  if (had === pause && pause.hidden) (resume.hidden ? part("close") : resume).focus();
  if (had === resume && resume.hidden) (pause.hidden ? part("close") : pause).focus();
  if (had === part("less") && over) part("close").focus();
}

function end(rest) {
  write({ ...rest, told: true });
  say(bar.dataset.textOver);
  navigator.vibrate?.([250, 120, 250]);
  if (wantsSound()) chime();
}

function say(words) {
  part("said").textContent = words;
}

// The screen stays on while a rest runs, where the browser can do that; the lock is given back at the end.
async function holdScreen() {
  if (lock || !navigator.wakeLock || document.visibilityState !== "visible") return;
  lock = navigator.wakeLock.request("screen").catch(() => null);
  const held = await lock;
  held?.addEventListener("release", () => (lock = null));
  if (!held || !isRunning(current())) letScreenSleep();
}

async function letScreenSleep() {
  const held = lock;
  lock = null;
  (await held)?.release();
}

const wantsSound = () => read(SOUND_KEY) === true;

// Browsers let sound begin with a press only, so the first press on a page with sound wakes it.
function wakeSound() {
  if (!wantsSound() || !("AudioContext" in window)) return;
  audio ??= new AudioContext();
  if (audio.state === "suspended") audio.resume().catch(() => {});
}

function chime() {
  wakeSound();
  if (!audio) return;
  for (const [at, pitch] of [[0, 660], [0.22, 880]]) {
    const tone = audio.createOscillator();
    const volume = audio.createGain();
    tone.frequency.value = pitch;
    volume.gain.setValueAtTime(0.0001, audio.currentTime + at);
    volume.gain.exponentialRampToValueAtTime(0.25, audio.currentTime + at + 0.02);
    volume.gain.exponentialRampToValueAtTime(0.0001, audio.currentTime + at + 0.2);
    tone.connect(volume).connect(audio.destination);
    tone.start(audio.currentTime + at);
    tone.stop(audio.currentTime + at + 0.21);
  }
}

function drawSound() {
  part("sound").setAttribute("aria-pressed", String(wantsSound()));
}

const presses = {
  pause: () => change(paused),
  resume: () => change(resumed),
  less: () => change((rest) => moved(rest, -STEP)),
  more: () => change((rest) => moved(rest, STEP)),
  close: () => {
    write(null);
    draw();
    document.getElementById("main")?.focus({ preventScroll: true });
  },
  sound: () => {
    write(!wantsSound(), SOUND_KEY);
    drawSound();
    if (wantsSound()) chime();
  },
};

if (bar) {
  for (const [name, press] of Object.entries(presses)) part(name).addEventListener("click", press);
  document.addEventListener("onharu:rest", (event) => start(event.detail.seconds, event.detail.label));
  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("[data-rest-start]");
    if (button) start(button.dataset.restStart, button.dataset.restLabel);
  });
  document.addEventListener("pointerdown", wakeSound);
  document.addEventListener("visibilitychange", draw);
  window.addEventListener("pageshow", draw);
  window.addEventListener("storage", (event) => event.key === KEY && draw());
  drawSound();
  draw();
}
