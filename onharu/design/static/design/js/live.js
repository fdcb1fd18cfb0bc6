// The live day: one EventSource to the address in <body data-live>. A `day` event {date, version} becomes
//   onharu:day and onharu:day:2026-11-22 on <body>, detail {date, version}
// so a fragment says hx-trigger="onharu:day:2026-11-22 from:body". The state (live, waiting) is told by onharu:live
// and by <html data-live-state>. After a long pause the first event may be missed, so a reconnect says onharu:live too.

const HIDDEN_FOR = 60_000;
const FIRST_WAIT = 1_000;
const LONGEST_WAIT = 30_000;

const address = document.body.dataset.live;
let source = null;
let lastId = "";
let wait = FIRST_WAIT;
let retry;
let pause;

function tell(state) {
  if (document.documentElement.dataset.liveState === state) return;
  document.documentElement.dataset.liveState = state;
  document.body.dispatchEvent(new CustomEvent("onharu:live", { bubbles: true, detail: { state } }));
}

function announce(event) {
  if (event.lastEventId) lastId = event.lastEventId;
  const detail = JSON.parse(event.data);
  document.body.dispatchEvent(new CustomEvent("onharu:day", { bubbles: true, detail }));
  document.body.dispatchEvent(new CustomEvent(`onharu:day:${detail.date}`, { bubbles: true, detail }));
}

// The browser resends Last-Event-ID only when it reconnects by itself; after our own pause it rides in the address.
function connect() {
  clearTimeout(retry);
  if (source || document.visibilityState === "hidden") return;
  const url = new URL(address, location.href);
  if (lastId) url.searchParams.set("last_event_id", lastId);
  source = new EventSource(url);
  source.addEventListener("open", () => {
    wait = FIRST_WAIT;
    tell("live");
  });
  source.addEventListener("day", announce);
  source.addEventListener("error", () => {
    tell("waiting");
    if (source?.readyState === EventSource.CLOSED) reconnect();
  });
}

// An HTTP error ends an EventSource for good: try again, less and less often, not all clients at once.
function reconnect() {
  disconnect();
  retry = setTimeout(connect, wait * (0.5 + Math.random()));
  wait = Math.min(wait * 2, LONGEST_WAIT);
}

function disconnect() {
  clearTimeout(retry);
  source?.close();
  source = null;
}

if (address) {
  document.addEventListener("visibilitychange", () => {
    clearTimeout(pause);
    if (document.visibilityState === "hidden") pause = setTimeout(disconnect, HIDDEN_FOR);
    else connect();
  });
  window.addEventListener("pagehide", disconnect);
  window.addEventListener("pageshow", connect);
  window.addEventListener("online", () => {
    wait = FIRST_WAIT;
    disconnect();
    connect();
  });
  connect();
}
