// Keeps the shell (styles, modules, icons, the offline page) and nothing else: no page of a person, no answer of the API
// and no photograph is ever stored on the device by this worker.
const VERSION = "{{ version }}";
const SHELL = {{ shell|safe }};
const OFFLINE = "/offline/";
const CACHE = `onharu-shell-${VERSION}`;
const SIGN_OUT = ["/logout/", "/auth/logout/"];
const ICON = "{{ icon }}";
const HERE = self.location.origin;

async function keepShell() {
  const cache = await caches.open(CACHE);
  await cache.addAll([...SHELL, OFFLINE].map((url) => new Request(url, { cache: "reload" })));
}

async function dropCaches(keep) {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name !== keep).map((name) => caches.delete(name)));
}

// Nothing personal is in the caches; signing out empties them all the same and then fetches the public shell afresh.
// A browser that signed out rings for nobody: its maker then tells the server that the subscription is gone.
async function forget() {
  await unsubscribe().catch(() => {});
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

// ---- Messages. The server says every word: lines, buttons, where to post what was pressed, where a press leads.

async function unsubscribe() {
  const [subscription, shown] = await Promise.all([
    self.registration.pushManager?.getSubscription(),
    self.registration.getNotifications?.() ?? [],
  ]);
  for (const one of shown) one.close();
  await subscription?.unsubscribe();
}

function saidIn(event) {
  try {
    return event.data.json();
  } catch {
    return { title: "온하루", body: "", actions: [], open: "/" };
  }
}

// A newer message with the same tag takes the place of the one that is shown, and rings all the same.
async function show(said) {
  await self.registration.showNotification(said.title, {
    body: said.body,
    lang: said.lang,
    tag: said.tag ?? "",
    renotify: Boolean(said.tag),
    actions: said.actions ?? [],
    icon: ICON,
    badge: ICON,
    data: said,
  });
}

// The token stands in the body: addresses are written into logs. No cookie goes along, so it works when signed out.
async function post(said, answer) {
  const url = new URL(said.answer.url, HERE);
  if (url.origin !== HERE) throw new TypeError("elsewhere");
  const response = await fetch(url, {
    method: "POST",
    credentials: "omit",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ token: said.answer.token, answer }),
  });
  if (!response.ok) throw new TypeError("refused");
  return response.json();
}

async function open(said) {
  const url = new URL(said.open ?? "/", HERE);
  const target = url.origin === HERE ? url.href : HERE;
  const windows = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  const near = windows.find((one) => one.url === target) ?? windows[0];
  if (near) return near.url === target ? near.focus() : near.focus().then((one) => one.navigate(target));
  return self.clients.openWindow(target);
}

// What could not be sent is not lost in silence: the message comes back and says so. Sending twice does no harm.
async function answer(said, action) {
  try {
    const done = await post(said, action);
    if (done.to_check > 0) await show({ ...said, actions: [], body: said.check ?? said.unsent });
  } catch {
    await show({ ...said, body: said.unsent });
  }
}

self.addEventListener("push", (event) => {
  const said = saidIn(event);
  const noted = said.answer ? post(said, "shown").catch(() => {}) : null;
  event.waitUntil(Promise.all([show(said), noted]));
});

self.addEventListener("notificationclick", (event) => {
  const said = event.notification.data ?? {};
  event.notification.close();
  event.waitUntil(event.action && said.answer ? answer(said, event.action) : open(said));
});
