// Shows a notice while autosave.js still keeps something in this window that has not reached the server.
//
// <div hidden data-unsaved-under="/my/attempts/…/"> … </div>   what was to be posted to addresses under this one

for (const notice of document.querySelectorAll("[data-unsaved-under]")) {
  const begin = `unsaved:${notice.dataset.unsavedUnder}`;
  notice.hidden = !Object.keys(sessionStorage).some((key) => key.startsWith(begin));
}
