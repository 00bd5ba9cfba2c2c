// Saves a form, or a part of one, as it is filled in. Without this script the form's own buttons save it.
//
// <form data-autosave="/where/to/post/"> … <p class="save-state" data-save-state></p></form>
// <section data-autosave="…" data-prefix="q3-">   a part of a form: its fields, posted without the prefix
//
// The answer is JSON: {"revision": 3, "saved_at": "2:05pm"}, of which the first goes into the field
// base_revision, if there is one; anything but 200 may say why in {"sentence": "…"}, and with "choose" as
// the words of a button that posts the form as it stands, for the server to show what there is to choose.
// Typed words wait for a pause of a second, choices go at once; a failure is tried again.
// With data-keep what has not reached the server stays in this window and survives a reload (see unsaved.js).

const TYPING_PAUSE = 1000;
const CHOICE_PAUSE = 200;
const NEXT_TRY = 5000;
const SIGNED_OUT = "you have been signed out. Keep a copy of what you typed, sign in again in a new tab, then load this page again.";
const SAID = { 0: SIGNED_OUT, 403: SIGNED_OUT }; // 0 is a redirect, which here leads to signing in
const WORDLESS = "the server could not save it. Trying again.";
const TOKEN = "csrfmiddlewaretoken";
const TYPED = "textarea, input[type=text], input:not([type])";

// What a part of a page has not brought to the server, in the storage of this window.
function kept(part) {
  const key = `unsaved:${part.dataset.autosave}`;
  const on = "keep" in part.dataset;
  return {
    read: () => (on ? JSON.parse(sessionStorage.getItem(key)) : null),
    write: (fields) => {
      if (!on) return;
      fields.delete(TOKEN);
      sessionStorage.setItem(key, JSON.stringify([...fields]));
    },
    forget: () => { if (on) sessionStorage.removeItem(key); },
  };
}

function autosave(part, form) {
  const state = part.querySelector("[data-save-state]");
  const prefix = part.dataset.prefix ?? "";
  const revision = part.querySelector(`[name="${prefix}base_revision"]`);
  const unsaved = kept(part);
  let changed = false; // something on the page has not reached the server
  let refused = false; // the server will not take it: only the person can decide what then
  let inDoubt = null; // was sent, and no answer came: the server may have it all the same
  let saving = null; // the request under way
  let timer = 0;

  // The part's own fields under their plain names; without a prefix that is all of the form.
  const fields = () => {
    const own = new FormData();
    for (const [name, value] of new FormData(form)) {
      if (value instanceof File) continue; // files go by their own button, once
      if (name === TOKEN) own.append(name, value);
      else if (name.startsWith(prefix)) own.append(name.slice(prefix.length), value);
    }
    return own;
  };

  const show = (words, failed, choose) => {
    state.classList.toggle("failed", failed);
    // Read out on failure alone: a saved answer is what everybody expects.
    if (failed) state.setAttribute("role", "alert");
    else state.removeAttribute("role");
    state.textContent = words;
    if (!choose) return;
    const button = document.createElement("button");
    button.className = "button secondary small";
    button.textContent = choose;
    state.append(" ", button);
  };

  const later = (pause) => {
    clearTimeout(timer);
    timer = setTimeout(save, pause);
  };

  const post = async (body, leaving) => {
    const reply = await fetch(part.dataset.autosave, {
      method: "POST",
      body,
      headers: { Accept: "application/json" },
      redirect: "manual",
      keepalive: leaving,
    });
    const told = await reply.json().catch(() => ({}));
    if (!reply.ok) {
      const problem = new Error(told.sentence || SAID[reply.status] || WORDLESS);
      throw Object.assign(problem, { final: reply.status < 500, judged: reply.status === 409, choose: told.choose });
    }
    inDoubt = null;
    if (revision && told.revision !== undefined) revision.value = told.revision;
    return told.saved_at || new Date().toLocaleTimeString("en-GB", { hour: "numeric", minute: "2-digit" });
  };

  // What was sent without an answer goes first, as it was: the server knows it again, and no newer change seems stale.
  const request = async (leaving) => {
    if (inDoubt) await post(inDoubt, leaving);
    inDoubt = fields();
    return post(inDoubt, leaving);
  };

  async function save(leaving = false) {
    clearTimeout(timer);
    if (saving) await saving;
    if (!changed || refused) return;
    changed = false;
    show("Saving…", false);
    saving = request(leaving === true)
      .then((when) => {
        if (!changed) unsaved.forget();
        show(`Saved at ${when}`, false);
        form.dispatchEvent(new Event("saved"));
      })
      .catch((problem) => {
        changed = true;
        refused = problem.final === true;
        // The server has it, and has said whether it counts.
        if (problem.judged) unsaved.forget();
        const why = problem instanceof TypeError ? "there is no connection. Trying again." : problem.message;
        show(`Not saved: ${why}`, true, problem.choose);
        if (!refused) later(NEXT_TRY);
      })
      .finally(() => { saving = null; });
    await saving;
  }

  part.addEventListener("input", (event) => {
    changed = true;
    unsaved.write(fields());
    later(event.target.matches(TYPED) ? TYPING_PAUSE : CHOICE_PAUSE);
  });
  document.addEventListener("visibilitychange", () => { if (document.hidden) save(true); });
  window.addEventListener("online", () => save());

  // What a reload, or a browser that ended, has left behind: put back and sent again, as seen then.
  const before = unsaved.read();
  if (before) {
    const values = (name) => before.filter(([each]) => each === name).map(([, value]) => value);
    for (const field of part.querySelectorAll("input, select, textarea")) {
      if (!field.name.startsWith(prefix) || field.name === TOKEN) continue;
      const found = values(field.name.slice(prefix.length));
      if (field.type === "radio" || field.type === "checkbox") field.checked = found.includes(field.value);
      else field.value = found[0] ?? field.value;
    }
    changed = true;
    show("Not saved yet: this was chosen before the page was loaded again.", false);
    later(CHOICE_PAUSE);
  }

  return { save, get waits() { return saving !== null || (changed && !refused); } };
}

const partsOf = new Map();
for (const part of document.querySelectorAll("[data-autosave]")) {
  const form = part.closest("form");
  partsOf.set(form, [...(partsOf.get(form) ?? []), autosave(part, form)]);
}
for (const [form, parts] of partsOf) {
  const waiting = () => parts.filter((part) => part.waits);
  // Everything is saved before the form goes: without a connection it stays, with all that is in it.
  form.addEventListener("submit", async (event) => {
    if (!waiting().length) return;
    event.preventDefault();
    const button = event.submitter;
    await Promise.all(waiting().map((part) => part.save()));
    if (!waiting().length) form.requestSubmit(button);
  });
}
