// Counts while a person works: the words of a draft, the criteria that have a band.

for (const place of document.querySelectorAll("[data-words-of]")) {
  const text = document.getElementById(place.dataset.wordsOf);
  text.addEventListener("input", () => {
    place.textContent = text.value.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length;
  });
}

for (const place of document.querySelectorAll("[data-chosen]")) {
  const form = place.closest("form");
  form.addEventListener("change", () => {
    place.textContent = form.querySelectorAll(".band input:checked").length;
  });
}

// A panel that is read from another page when it is first opened: that page's #exemplars.
for (const panel of document.querySelectorAll("details[data-fetch]")) {
  panel.addEventListener("toggle", async () => {
    const place = panel.querySelector("[data-fetched]");
    const answer = await fetch(panel.dataset.fetch);
    if (!answer.ok || answer.redirected) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    place.replaceChildren(page.getElementById("exemplars"));
  }, { once: true });
}
