// Counts the criteria that have a band, while the assessor chooses them.
const form = document.querySelector("form[data-marking]");
const chosen = form.querySelector("[data-chosen]");
form.addEventListener("change", () => {
  chosen.textContent = form.querySelectorAll(".band input:checked").length;
});
