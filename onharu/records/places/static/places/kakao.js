// Kakao's map beside the list, loaded only once somebody presses the button: until then nothing is asked of Kakao. What
// cannot be loaded (blocked, offline, an address not registered with Kakao) is said, and list and drawn map stay as they
// were. The container is `kakao_map.html`; rows of the list carry data-map-row with the number of their pin.

const SDK = "https://dapi.kakao.com/v2/maps/sdk.js?";
const PATIENCE = 10_000;
const LEVEL = 4;
const shown = new WeakMap();
let loading = null;

const part = (box, name) => box.querySelector(`[data-map-${name}]`);

function tell(box, state) {
  box.dataset.mapState = state;
  part(box, "status").textContent = box.dataset[`text${state[0].toUpperCase()}${state.slice(1)}`] ?? "";
  part(box, "canvas").hidden = state !== "shown";
  const button = part(box, "open");
  button.hidden = state === "shown";
  button.setAttribute("aria-disabled", String(state === "loading"));
}

// Kakao looks at the Referer for the address that was registered with the key: the origin is enough, never the page.
function fetched(source) {
  return new Promise((done, failed) => {
    const script = document.createElement("script");
    script.referrerPolicy = "strict-origin";
    script.onload = done;
    script.onerror = () => {
      script.remove();
      failed(new Error("script"));
    };
    script.src = source;
    document.head.append(script);
  });
}

function late() {
  return new Promise((_, failed) => {
    setTimeout(() => failed(new Error("late")), PATIENCE);
  });
}

async function loaded(source) {
  if (!source.startsWith(SDK)) throw new Error("address");
  if (!window.kakao?.maps?.load) await fetched(source);
  if (!window.kakao?.maps?.load) throw new Error("empty");
  await new Promise((done) => {
    window.kakao.maps.load(done);
  });
}

function sdk(source) {
  loading ??= Promise.race([loaded(source), late()]).catch((fault) => {
    loading = null;
    throw fault;
  });
  return loading;
}

function pin(point) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "map-pin";
  button.textContent = point.number;
  button.setAttribute("aria-label", `${point.number} ${point.name}`);
  button.addEventListener("click", () => {
    const row = document.querySelector(`[data-map-row="${point.number}"]`);
    row?.scrollIntoView({ block: "nearest" });
    (row?.querySelector("a, button, summary") ?? row)?.focus({ preventScroll: true });
  });
  return button;
}

function middle(words) {
  const mark = document.createElement("span");
  mark.className = "map-middle";
  mark.title = words;
  return mark;
}

function draw(box) {
  const { maps } = window.kakao;
  const { middle: from, points } = JSON.parse(box.dataset.points);
  const spot = (point) => new maps.LatLng(point.latitude, point.longitude);
  const center = spot(from);
  const map = new maps.Map(part(box, "canvas"), { center, level: LEVEL });
  const bounds = new maps.LatLngBounds();
  bounds.extend(center);
  new maps.CustomOverlay({ position: center, content: middle(box.dataset.textMiddle) }).setMap(map);
  const spots = new Map();
  for (const point of points) {
    const position = spot(point);
    spots.set(String(point.number), position);
    bounds.extend(position);
    new maps.CustomOverlay({ position, content: pin(point), clickable: true }).setMap(map);
  }
  if (points.length) map.setBounds(bounds);
  shown.set(box, { map, spots });
}

async function open(box) {
  if (box.dataset.mapState === "loading") return;
  if (!navigator.onLine) {
    tell(box, "offline");
    return;
  }
  tell(box, "loading");
  try {
    await sdk(box.dataset.mapScript);
    // A map in a box without height shows nothing and says nothing, so the box is opened first.
    part(box, "canvas").hidden = false;
    draw(box);
    tell(box, "shown");
  } catch {
    part(box, "canvas").replaceChildren();
    tell(box, "failed");
  }
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-map-open]");
  if (button) open(button.closest("[data-map]"));
});

document.addEventListener("focusin", (event) => {
  const number = event.target.closest("[data-map-row]")?.dataset.mapRow;
  if (!number) return;
  for (const box of document.querySelectorAll("[data-map]")) {
    const drawn = shown.get(box);
    const position = drawn?.spots.get(number);
    if (position) drawn.map.panTo(position);
  }
});
