// Photographs leave a phone small: what the browser can decode is redrawn to at most 1600 pixels, which saves minutes on
// mobile data. What it cannot decode (HEIC on a desktop) goes as it is. The server trusts neither and redraws once more.

const LONGEST = 1600;
const SMALL_ENOUGH = 1_200_000;
const QUALITY = 0.85;

const part = (form, name) => form.querySelector(`[data-${name}]`);

function say(form, words, percent) {
  part(form, "upload-words").textContent = words;
  const bar = part(form, "upload-bar");
  if (percent === undefined) bar.removeAttribute("value");
  else bar.value = percent;
}

function complain(form, words) {
  const place = document.getElementById("photo-problem");
  const line = document.createElement("p");
  line.className = "field-error";
  line.textContent = words;
  place.replaceChildren(...(words ? [line] : []));
  part(form, "photos").toggleAttribute("aria-invalid", Boolean(words));
}

function busy(form, on) {
  form.classList.toggle("photo-form-busy", on);
  part(form, "upload").hidden = !on;
  if (!on) part(form, "previews").hidden = true;
}

function preview(form, files) {
  const list = part(form, "previews");
  list.replaceChildren(
    ...files.map((file, index) => {
      const item = document.createElement("li");
      const image = new Image();
      item.className = "photo";
      image.alt = `${form.dataset.textPreview} ${index + 1}`;
      image.src = URL.createObjectURL(file);
      image.onload = () => URL.revokeObjectURL(image.src);
      image.onerror = () => item.remove();
      item.append(image);
      return item;
    }),
  );
  list.hidden = false;
}

async function smaller(file) {
  let bitmap;
  try {
    bitmap = await createImageBitmap(file, { imageOrientation: "from-image" });
  } catch {
    return file;
  }
  const scale = Math.min(1, LONGEST / Math.max(bitmap.width, bitmap.height));
  if (scale === 1 && file.size <= SMALL_ENOUGH) return file;
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(bitmap.width * scale);
  canvas.height = Math.round(bitmap.height * scale);
  const pen = canvas.getContext("2d");
  pen.fillStyle = "#fff";
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  bitmap.close();
  const blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg", QUALITY));
  return blob && blob.size < file.size ? new File([blob], "photo.jpg", { type: "image/jpeg" }) : file;
}

// The input carries what is sent, so the same form works with htmx, as a page, and without this module.
function carry(input, files) {
  const hand = new DataTransfer();
  for (const file of files) hand.items.add(file);
  input.files = hand.files;
}

function refusal(form, files) {
  if (files.some((file) => file.type && !file.type.startsWith("image/"))) return form.dataset.textKind;
  if (files.some((file) => file.size > Number(form.dataset.mostBytes))) return form.dataset.textLarge;
  return navigator.onLine ? "" : form.dataset.textOffline;
}

async function take(input) {
  const form = input.form;
  const most = Number(form.dataset.most);
  const picked = [...input.files];
  if (!picked.length) return;
  const files = picked.slice(0, most);
  complain(form, picked.length > most ? form.dataset.textMany : "");
  busy(form, true);
  preview(form, files);
  say(form, form.dataset.textShrinking);
  const small = await Promise.all(files.map(smaller));
  const words = refusal(form, small);
  if (words) {
    busy(form, false);
    input.value = "";
    complain(form, words);
    return;
  }
  carry(input, small);
  if (!form.isConnected) return;
  say(form, form.dataset.textSending, 0);
  form.requestSubmit();
}

document.addEventListener("change", (event) => {
  if (event.target.matches?.("input[data-photos]")) take(event.target);
});

document.addEventListener("click", (event) => {
  const form = event.target.closest?.("[data-upload-cancel]")?.form;
  if (!form) return;
  window.htmx?.trigger(form, "htmx:abort");
  stop(form, "");
});

document.addEventListener("htmx:xhr:progress", (event) => {
  const form = event.target.closest?.("form[data-photo-form]");
  const { lengthComputable, loaded, total } = event.detail;
  if (!form || !lengthComputable) return;
  if (loaded < total) say(form, form.dataset.textSending, Math.round((100 * loaded) / total));
  else say(form, form.dataset.textLooking);
});

function stop(form, words) {
  busy(form, false);
  part(form, "photos").value = "";
  complain(form, words);
  part(form, "photos").focus();
}

const failed = (event) => {
  if (!event.target.matches?.("form[data-photo-form]")) return;
  stop(event.target, navigator.onLine ? event.target.dataset.textFailed : event.target.dataset.textOffline);
};
document.addEventListener("htmx:responseError", failed);
document.addEventListener("htmx:sendError", failed);

// On a slow line a hand is quicker than this module: what was picked before it came is taken now.
for (const input of document.querySelectorAll("input[data-photos]")) {
  if (input.files.length) take(input);
}
