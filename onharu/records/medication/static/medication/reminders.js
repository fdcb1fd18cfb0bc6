// Lets this browser ring: asks for the permission, subscribes with the key of the house, tells the server. The page's
// forms work without it; only the browser itself can say whether it may ring.

const box = document.getElementById("this-device");
const SUBSCRIPTIONS = "/api/push/subscriptions/";

function csrf() {
  return JSON.parse(document.body.getAttribute("hx-headers"))["X-CSRFToken"];
}

function bytes(text) {
  const plain = atob(text.replaceAll("-", "+").replaceAll("_", "/").padEnd(Math.ceil(text.length / 4) * 4, "="));
  return Uint8Array.from(plain, (sign) => sign.charCodeAt(0));
}

function sameKey(subscription) {
  const kept = subscription.options?.applicationServerKey;
  if (!kept) return true;
  const [now, then] = [bytes(box.dataset.key), new Uint8Array(kept)];
  return now.length === then.length && now.every((one, index) => one === then[index]);
}

function device() {
  const agent = navigator.userAgent;
  const systems = [[/iPhone/, "iPhone"], [/iPad/, "iPad"], [/Android/, "Android"], [/Windows/, "Windows"], [/Mac OS/, "Mac"]];
  const browsers = [[/Edg\//, "Edge"], [/SamsungBrowser/, "Samsung Internet"], [/Firefox/, "Firefox"], [/Chrome/, "Chrome"], [/Safari/, "Safari"]];
  const named = (list) => list.find(([sign]) => sign.test(agent))?.[1] ?? "";
  return [named(systems) || "Linux", named(browsers)].filter(Boolean).join(" · ");
}

async function tell(method, body) {
  const headers = { "Content-Type": "application/json", "X-CSRFToken": csrf() };
  const response = await fetch(SUBSCRIPTIONS, { method, headers, body: JSON.stringify(body) });
  if (!response.ok) throw new Error((await response.json().catch(() => ({}))).detail ?? "");
}

function isApple() {
  return /iPhone|iPad/.test(navigator.userAgent) || (/Mac OS/.test(navigator.userAgent) && navigator.maxTouchPoints > 1);
}

function standsAlone() {
  return navigator.standalone === true || matchMedia("(display-mode: standalone)").matches;
}

async function stateNow() {
  if (!box.dataset.key) return "off-here";
  if (isApple() && !standsAlone()) return "home-screen";
  if (!window.isSecureContext) return "insecure";
  if (!("serviceWorker" in navigator && "PushManager" in window && "Notification" in window)) return "unsupported";
  if (Notification.permission === "denied") return "denied";
  const subscription = await (await navigator.serviceWorker.ready).pushManager.getSubscription();
  return subscription && sameKey(subscription) && Notification.permission === "granted" ? "on" : "off";
}

async function look() {
  const state = await stateNow();
  box.dataset.state = state;
  for (const one of box.querySelectorAll("[data-when]")) one.hidden = !one.dataset.when.split(" ").includes(state);
}

async function switchOn() {
  if ((await Notification.requestPermission()) !== "granted") return look();
  const { pushManager } = await navigator.serviceWorker.ready;
  const old = await pushManager.getSubscription();
  if (old && !sameKey(old)) await old.unsubscribe();
  const options = { userVisibleOnly: true, applicationServerKey: bytes(box.dataset.key) };
  const subscription = (await pushManager.getSubscription()) ?? (await pushManager.subscribe(options));
  const { endpoint, keys } = subscription.toJSON();
  await tell("POST", { endpoint, keys, label: device() });
  location.reload();
}

async function switchOff() {
  const subscription = await (await navigator.serviceWorker.ready).pushManager.getSubscription();
  if (subscription) {
    await tell("DELETE", { endpoint: subscription.endpoint });
    await subscription.unsubscribe();
  }
  location.reload();
}

function pressed(work) {
  return async (event) => {
    event.currentTarget.disabled = true;
    try {
      await work();
    } catch (fault) {
      const message = fault.message || box.dataset.textFailed;
      document.dispatchEvent(new CustomEvent("onharu:toast", { detail: { message } }));
    } finally {
      event.target.closest("button").disabled = false;
    }
  };
}

if (box) {
  box.querySelector("[data-push-on]")?.addEventListener("click", pressed(switchOn));
  box.querySelector("[data-push-off]")?.addEventListener("click", pressed(switchOff));
  look();
}
