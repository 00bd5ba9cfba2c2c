// Small conveniences. Every page works without them.

// A page that came back with errors starts at the list of them, as a reader of the page would.
document.querySelector("[data-error-summary]")?.focus();

// The account menu closes as menus do: by Escape, and by a click anywhere else.
const menu = document.querySelector(".account-menu");
document.addEventListener("click", (event) => {
  if (menu?.open && !menu.contains(event.target)) menu.open = false;
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || !menu?.open) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});

// <button type="button" data-copy="what to copy" hidden>Copy code</button>
for (const button of document.querySelectorAll("[data-copy]")) {
  if (!navigator.clipboard) break;
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(button.dataset.copy);
    const label = button.textContent;
    button.textContent = "Copied";
    setTimeout(() => { button.textContent = label; }, 2000);
  });
}

// <button type="button" data-print hidden>Print this page</button>
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

// <form data-warn-unsaved>: the browser asks before a person loses what they typed.
for (const form of document.querySelectorAll("form[data-warn-unsaved]")) {
  let changed = false;
  form.addEventListener("input", () => { changed = true; });
  form.addEventListener("submit", () => { changed = false; });
  // Fired by the page's own script when the server has confirmed a save.
  form.addEventListener("saved", () => { changed = false; });
  window.addEventListener("beforeunload", (event) => { if (changed) event.preventDefault(); });
}

// <p class="timer"><svg…><span data-deadline="2026-11-22T14:30:00+00:00" data-now="…">Finish by 2:30pm</span></p>
// data-now is the server's clock when the page was made: the learner's own may be wrong.
for (const place of document.querySelectorAll("[data-deadline]")) {
  const offset = new Date(place.dataset.now) - Date.now();
  const left = () => Math.ceil((new Date(place.dataset.deadline) - Date.now() - offset) / 60000);
  const show = () => {
    const minutes = Math.max(0, left());
    place.textContent = minutes === 0 ? "Time is up" : minutes === 1 ? "Less than a minute left" : `${minutes} minutes left`;
    place.closest(".timer")?.classList.toggle("soon", minutes <= 5);
  };
  show();
  setInterval(show, 5000);
}

// allauth's scripts report here when a passkey could not be made or used.
document.addEventListener("allauth.error", (event) => {
  const notice = document.querySelector("[data-passkey-problem]");
  if (!notice) return;
  event.preventDefault();
  notice.hidden = false;
  notice.focus();
});
