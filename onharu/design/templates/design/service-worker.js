// Keeps the shell (styles, modules, icons, the offline page) and nothing else: no page of a person, no answer of the API
// and no photograph is ever stored on the device by this worker.
const VERSION = "{{ version }}";
const SHELL = {{ shell|safe }};
const OFFLINE = "/offline/";
const CACHE = `onharu-shell-${VERSION}`;
const SIGN_OUT = ["/logout/", "/auth/logout/"];

async function keepShell() {
  const cache = await caches.open(CACHE);
  await cache.addAll([...SHELL, OFFLINE].map((url) => new Request(url, { cache: "reload" })));
}

async function dropCaches(keep) {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name !== keep).map((name) => caches.delete(name)));
}

// Nothing personal is in the caches; signing out empties them all the same and then fetches the public shell afresh.
async function forget() {
  await dropCaches(null);
  await keepShell().catch(() => {});
}

async function page(event) {
  try {
    return (await event.preloadResponse) ?? (await fetch(event.request));
  } catch {
    return (await caches.match(OFFLINE)) ?? Response.error();
  }
}

async function shellFile(request) {
  return (await caches.match(request)) ?? fetch(request);
}

self.addEventListener("install", (event) => {
  event.waitUntil(keepShell().then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  const ready = [dropCaches(CACHE), self.registration.navigationPreload?.enable(), self.clients.claim()];
  event.waitUntil(Promise.all(ready));
});

self.addEventListener("message", (event) => {
  if (event.data === "forget") event.waitUntil(forget());
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (url.origin !== self.location.origin) return;
  if (request.method !== "GET") {
    if (SIGN_OUT.includes(url.pathname)) event.waitUntil(forget());
    return;
  }
  if (request.mode === "navigate") event.respondWith(page(event));
  else if (SHELL.includes(url.pathname)) event.respondWith(shellFile(request));
});
