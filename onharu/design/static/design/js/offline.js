// Says when there is no connection, and installs the service worker that keeps the shell.

const BACK_FOR = 4000;
const banner = document.getElementById("offline-banner");
let hiding;

function show(words) {
  clearTimeout(hiding);
  banner.querySelector("[data-banner-words]").textContent = words;
  banner.hidden = false;
}

function offline() {
  show(banner.dataset.textOffline);
}

function back() {
  if (banner.hidden) return;
  show(banner.dataset.textBack);
  hiding = setTimeout(() => (banner.hidden = true), BACK_FOR);
}

if (banner) {
  window.addEventListener("offline", offline);
  window.addEventListener("online", back);
  if (!navigator.onLine) offline();
}

// On the offline page, "다시 시도" tries the page that was asked for.
document.addEventListener("click", (event) => {
  if (!event.target.closest("[data-retry]")) return;
  event.preventDefault();
  location.reload();
});

// Signing out empties what this device kept; the worker also notices the request itself.
document.addEventListener("submit", (event) => {
  if (event.target.matches("[data-sign-out]")) navigator.serviceWorker?.controller?.postMessage("forget");
});

if ("serviceWorker" in navigator && window.isSecureContext) navigator.serviceWorker.register("/sw.js").catch(() => {});
