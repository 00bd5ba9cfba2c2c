// Keeps a draft while it is written: two seconds after the last key, and when the page is put aside.
// Without it the button "Save draft" does the same.

const form = document.querySelector("form[data-draft]");
const text = form.elements.text;
const revision = form.elements.base_revision;
const state = form.querySelector("[data-save-state]");
const count = form.querySelector("[data-words]");
let saved = text.value;
let timer;
let saving;
let refused = false;

const words = () => text.value.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length;

function show(sentence, failed = false) {
  state.classList.toggle("failed", failed);
  // Said aloud only when something is wrong: a reader should not hear "saved" every few seconds.
  if (failed) state.setAttribute("role", "alert");
  else state.removeAttribute("role");
  state.textContent = sentence;
}

async function post(value) {
  const body = new FormData(form);
  body.set("text", value);
  const response = await fetch(location.href, { method: "POST", body, headers: { Accept: "application/json" } });
  const said = await response.json().catch(() => ({}));
  if (response.ok && said.revision !== undefined) return said;
  refused = true;
  throw new Error(said.sentence ?? "You may have been signed out. Press “Save draft”, and sign in again if you are asked to.");
}

async function save() {
  clearTimeout(timer);
  if (saving || refused || text.value === saved) return;
  const value = text.value;
  show("Saving…");
  try {
    saving = post(value);
    revision.value = (await saving).revision;
    saved = value;
    show(`Saved at ${new Date().toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit", second: "2-digit" })}`);
    if (text.value === saved) form.dispatchEvent(new Event("saved"));
  } catch (error) {
    show(refused ? `Not saved. ${error.message}` : "Not saved: there is no connection. It is tried again every few seconds.", true);
  }
  saving = undefined;
  if (text.value !== saved && !refused) timer = setTimeout(save, 5000);
}

text.addEventListener("input", () => {
  count.textContent = words();
  clearTimeout(timer);
  timer = setTimeout(save, 2000);
});
document.addEventListener("visibilitychange", () => { if (document.hidden) save(); });

// A save on its way would make the form's own revision stale: the form waits for it.
form.addEventListener("submit", async (event) => {
  clearTimeout(timer);
  if (!saving) return;
  event.preventDefault();
  await saving.catch(() => {});
  await Promise.resolve();
  form.requestSubmit(event.submitter);
});
