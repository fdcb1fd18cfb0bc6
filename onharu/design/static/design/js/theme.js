// Light, dark, or what the device says. The server reads the cookie, so a page never flashes in the other colours.

const YEAR = 365 * 24 * 60 * 60;
const root = document.documentElement;

function show(choice) {
  if (choice === "system") delete root.dataset.theme;
  else root.dataset.theme = choice;
  for (const button of document.querySelectorAll("[data-theme-choice]")) {
    button.setAttribute("aria-pressed", String(button.dataset.themeChoice === choice));
  }
  colourBrowser(choice);
}

// The browser's own bar: with a forced theme, both theme-color lines name that theme's paper.
function colourBrowser(choice) {
  const metas = [...document.querySelectorAll('meta[name="theme-color"]')];
  for (const meta of metas) meta.dataset.own ??= meta.content;
  for (const meta of metas) {
    const forced = metas.find((other) => other.dataset.scheme === choice);
    meta.content = (forced ?? meta).dataset.own;
  }
}

function remember(choice) {
  const age = choice === "system" ? 0 : YEAR;
  const secure = location.protocol === "https:" ? "; Secure" : "";
  document.cookie = `theme=${choice}; Path=/; Max-Age=${age}; SameSite=Lax${secure}`;
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-theme-choice]");
  if (!button) return;
  remember(button.dataset.themeChoice);
  show(button.dataset.themeChoice);
});

show(root.dataset.theme ?? "system");
