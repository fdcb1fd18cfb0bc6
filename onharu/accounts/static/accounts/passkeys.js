// Passkeys: asks the house for a question, the device for an answer, and sends the answer with the form it stands in.
// A form is shown only where the browser can do that; otherwise the page says so in words.

const able =
  window.isSecureContext &&
  "PublicKeyCredential" in window &&
  "credentials" in navigator &&
  !/^[\d.]+$|:/.test(location.hostname); // a passkey belongs to a name, not to a number

function bytes(text) {
  const plain = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(plain, (sign) => sign.charCodeAt(0));
}

function text(buffer) {
  const plain = String.fromCharCode(...new Uint8Array(buffer));
  return btoa(plain).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

const listed = (held) => held.map((one) => ({ ...one, id: bytes(one.id) }));

const ways = {
  make: (options) =>
    navigator.credentials.create({
      publicKey: {
        ...options,
        challenge: bytes(options.challenge),
        user: { ...options.user, id: bytes(options.user.id) },
        excludeCredentials: listed(options.excludeCredentials),
      },
    }),
  show: (options) =>
    navigator.credentials.get({
      publicKey: {
        ...options,
        challenge: bytes(options.challenge),
        allowCredentials: listed(options.allowCredentials),
      },
    }),
};

function said(credential) {
  const response = {};
  for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (credential.response[name]) response[name] = text(credential.response[name]);
  }
  return JSON.stringify({ id: credential.id, rawId: text(credential.rawId), type: credential.type, response });
}

async function question(form) {
  const answer = await fetch(form.dataset.ask, {
    method: "POST",
    headers: { Accept: "application/json" },
    body: new FormData(form),
  });
  const told = await answer.json();
  if (!answer.ok) throw Object.assign(new Error(), { words: told.title });
  return told;
}

function wordsOf(box, error) {
  if (error.words) return error.words;
  if (error.name === "InvalidStateError") return box.dataset.held ?? box.dataset.failed;
  return error.name === "NotAllowedError" ? box.dataset.cancelled : box.dataset.failed;
}

async function answer(form, box) {
  const button = form.querySelector("button");
  box.hidden = true;
  button.disabled = true;
  try {
    form.elements.credential.value = said(await ways[form.dataset.passkey](await question(form)));
    form.submit();
  } catch (error) {
    box.textContent = wordsOf(box, error);
    box.hidden = false;
    button.disabled = false;
  }
}

for (const form of document.querySelectorAll("form[data-passkey]")) {
  const place = form.closest("[data-passkey-place]");
  form.hidden = !able;
  const lacks = place.querySelector("[data-passkey-lacks]"); // not where somebody just arrives
  if (lacks) lacks.hidden = able;
  else place.hidden = !able;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (form.reportValidity()) answer(form, place.querySelector("[data-passkey-said]"));
  });
}
