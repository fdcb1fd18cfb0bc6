// Finding pharmacies near. The position is asked of the browser only when somebody presses, is sent once in the body of
// one request, and is kept nowhere: not in the page, not in its address, not in any storage. What is asked again (the
// switch, 새로고침, farther) asks the browser again.
//   data-near            pressed: find near; data-radius, data-unknown, data-more say how
//   data-near-live       pressed: ask the other list near; its form is #live-asking
//   data-again           pressed: ask the same once more, as #again says
//   #open-only           changed: the same
//   data-star="id"       two forms, of which one is shown; the event onharu:pharmacies says which

const PATIENCE = 10_000;
const FRESH = 60_000;
const LOW = 0.6;
let asking = false;

// Looked up each time: htmx puts a new body in when somebody comes back to an address that it wrote.
function say(state) {
  const said = document.getElementById("near-said");
  if (said) said.textContent = state ? said.dataset[`text${state[0].toUpperCase()}${state.slice(1)}`] : "";
}

function position() {
  if (!window.isSecureContext || !navigator.geolocation) return Promise.reject(new Error("insecure"));
  return new Promise((found, failed) => {
    navigator.geolocation.getCurrentPosition(found, failed, {
      enableHighAccuracy: true,
      timeout: PATIENCE,
      maximumAge: FRESH,
    });
  });
}

// GeolocationPositionError: 1 denied, 2 unavailable, 3 timeout.
const FAULTS = { 1: "denied", 2: "unknown", 3: "timeout" };

async function locate(how, form, name) {
  if (asking || !form) return;
  asking = true;
  const button = document.getElementById("near-me");
  button?.setAttribute("aria-disabled", "true");
  say("seeking");
  try {
    const { coords } = await position();
    say("");
    const { latitude: lat, longitude: lon, accuracy } = coords;
    const detail = { lat, lon, accuracy: Math.round(accuracy), ...how };
    form.dispatchEvent(new CustomEvent(name, { detail }));
  } catch (fault) {
    say(FAULTS[fault.code] ?? "insecure");
  } finally {
    asking = false;
    button?.removeAttribute("aria-disabled");
  }
}

function how({ radius = "", unknown = "", more = "" }) {
  return { radius, unknown, more };
}

function near(dataset) {
  locate(how(dataset), document.getElementById("near"), "onharu:here");
}

// The position travels from the event into the request and nowhere else. Six digits are a hand's breadth.
document.addEventListener("htmx:configRequest", (event) => {
  const { triggeringEvent, parameters } = event.detail;
  if (triggeringEvent?.type !== "onharu:here" && triggeringEvent?.type !== "onharu:live") return;
  const { lat, lon, ...rest } = triggeringEvent.detail;
  parameters.lat = lat.toFixed(6);
  parameters.lon = lon.toFixed(6);
  for (const [name, value] of Object.entries(rest)) if (value) parameters[name] = value;
});

function again() {
  const mark = document.getElementById("again");
  if (!mark) return;
  if (mark.dataset.near !== undefined) near(mark.dataset);
  else mark.dispatchEvent(new CustomEvent("onharu:again"));
}

document.addEventListener("click", (event) => {
  const pressed = event.target.closest("button[data-near], button[data-near-live], button[data-again]");
  if (!pressed) return;
  if (pressed.dataset.again !== undefined) again();
  else if (pressed.dataset.nearLive !== undefined) {
    locate(how(pressed.dataset), document.getElementById("live-asking"), "onharu:live");
  } else near(pressed.dataset);
});

document.addEventListener("change", (event) => {
  if (event.target.id === "open-only") again();
});

// What was found near stands for no words any more; what stands too low to be seen is brought up. The address is written
// here and not by htmx, which would fetch the page anew when a sheet over the list is closed by the back button.
document.addEventListener("htmx:afterSwap", (event) => {
  if (event.target.id !== "found" || event.detail.requestConfig?.path !== "/pharmacies/near/") return;
  const words = document.getElementById("pharmacy-q");
  if (words) words.value = "";
  history.replaceState(null, "", document.getElementById("again")?.dataset.address ?? location.pathname);
  if (event.target.getBoundingClientRect().top > window.innerHeight * LOW) event.target.scrollIntoView();
});

document.addEventListener("onharu:pharmacies", ({ detail: { pharmacy, kept } }) => {
  for (const star of document.querySelectorAll(`[data-star="${Number(pharmacy)}"]`)) {
    const held = star.contains(document.activeElement);
    for (const form of star.querySelectorAll("form")) form.hidden = (form.dataset.keeps === "1") === kept;
    if (held) star.querySelector("form:not([hidden]) button")?.focus();
  }
});
