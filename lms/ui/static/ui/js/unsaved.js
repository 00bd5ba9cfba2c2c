// Brings to the server what autosave.js still keeps in this window, and says so where that fails.
//
// <div hidden data-unsaved-under="/my/attempts/…/"> … <a data-unsaved-place>that question</a></div>
// What was to be posted to addresses under this one is posted again: it may have arrived unseen, as the page
// was left. The form beside it lends its token. Once something has arrived the page is loaded anew.

const KEPT = "unsaved:";

async function arrives(key, token) {
  const body = new FormData();
  for (const [name, value] of JSON.parse(sessionStorage.getItem(key))) body.append(name, value);
  body.append(token.name, token.value);
  const options = { method: "POST", body, headers: { Accept: "application/json" }, redirect: "manual" };
  const reply = await fetch(key.slice(KEPT.length), options).catch(() => null);
  return reply?.ok === true;
}

async function deliver(notice) {
  const token = document.querySelector("[name=csrfmiddlewaretoken]");
  const keys = Object.keys(sessionStorage).filter((key) => key.startsWith(KEPT + notice.dataset.unsavedUnder));
  const arrived = [];
  for (const key of keys) {
    if (await arrives(key, token)) arrived.push(key);
    else {
      notice.querySelector("[data-unsaved-place]").href = key.slice(KEPT.length).replace(/answer\/$/, "");
      notice.hidden = false;
    }
  }
  for (const key of arrived) sessionStorage.removeItem(key);
  if (arrived.length) window.location.reload();
}

for (const notice of document.querySelectorAll("[data-unsaved-under]")) deliver(notice);
