// A button that copies the text of a field: <button data-copy="#id" data-copy-done="복사했어요">. Without the clipboard
// the field is selected, so that the person can copy it by hand.

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  const field = document.querySelector(button.dataset.copy);
  field.select();
  try {
    await navigator.clipboard.writeText(field.value);
  } catch {
    return;
  }
  document.body.dispatchEvent(
    new CustomEvent("onharu:toast", { detail: { message: button.dataset.copyDone } }),
  );
});
