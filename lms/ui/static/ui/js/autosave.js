// Saves a form as it is filled in. Without this script the form's own buttons save it.
//
// <form data-autosave="/where/to/post/"> … <p class="save-state" data-save-state></p></form>
// The form is posted as it stands. The answer is JSON: {"revision": 3, "saved_at": "12:03:07"}, of
// which the first goes into the field base_revision, if the form has one; anything but 200 may say
// why in {"sentence": "…"}.
// Typed words wait for a pause of a second, choices go at once; a failure is tried again.

const TYPING_PAUSE = 1000;
const CHOICE_PAUSE = 200;
const NEXT_TRY = 5000;
const SIGNED_OUT = "you have been signed out. Keep a copy of what you typed, sign in again in a new tab, then load this page again.";
const SAID = { 0: SIGNED_OUT, 403: SIGNED_OUT }; // 0 is a redirect, which here leads to signing in
const WORDLESS = "the server could not save it. Trying again.";

for (const form of document.querySelectorAll("form[data-autosave]")) {
  const state = form.querySelector("[data-save-state]");
  const revision = form.elements.namedItem("base_revision");
  let changed = false; // something on the page has not reached the server
  let refused = false; // the server will not take it: only the person can decide what then
  let saving = null; // the request under way
  let timer = 0;

  const show = (words, failed) => {
    state.classList.toggle("failed", failed);
    // Read out on failure alone: a saved answer is what everybody expects.
    if (failed) state.setAttribute("role", "alert");
    else state.removeAttribute("role");
    state.textContent = words;
  };

  const later = (pause) => {
    clearTimeout(timer);
    timer = setTimeout(save, pause);
  };

  const request = async (leaving) => {
    const reply = await fetch(form.dataset.autosave, {
      method: "POST",
      body: new FormData(form),
      headers: { Accept: "application/json" },
      redirect: "manual",
      keepalive: leaving,
    });
    const told = await reply.json().catch(() => ({}));
    if (!reply.ok) throw Object.assign(new Error(told.sentence || SAID[reply.status] || WORDLESS), { final: reply.status < 500 });
    if (revision && told.revision !== undefined) revision.value = told.revision;
    return told.saved_at || new Date().toLocaleTimeString("en-GB");
  };

  async function save(leaving = false) {
    clearTimeout(timer);
    if (saving) await saving;
    if (!changed || refused) return;
    changed = false;
    show("Saving…", false);
    saving = request(leaving === true)
      .then((when) => {
        show(`Saved ${when}`, false);
        form.dispatchEvent(new Event("saved"));
      })
      .catch((problem) => {
        changed = true;
        refused = problem.final === true;
        const why = problem instanceof TypeError ? "there is no connection. Trying again." : problem.message;
        show(`Not saved: ${why}`, true);
        if (!refused) later(NEXT_TRY);
      })
      .finally(() => { saving = null; });
    await saving;
  }

  form.addEventListener("input", (event) => {
    changed = true;
    later(event.target.matches("textarea, input[type=text], input:not([type])") ? TYPING_PAUSE : CHOICE_PAUSE);
  });
  // A request under way carries the newer revision: the form waits for it, or it would seem stale.
  form.addEventListener("submit", (event) => {
    clearTimeout(timer);
    if (!saving) {
      changed = false;
      return;
    }
    event.preventDefault();
    const button = event.submitter;
    saving.then(() => form.requestSubmit(button));
  });
  document.addEventListener("visibilitychange", () => { if (document.hidden) save(true); });
  window.addEventListener("online", () => save());
}
