// Choosing a colour by eye as well as by its number; without this, people type it and press "See these colours".

const say = (field, value) => {
  field.value = value;
  field.dispatchEvent(new Event("input", { bubbles: true }));
};

for (const name of ["brand_colour", "accent_colour"]) {
  const field = document.getElementById(`id_${name}`);
  const label = document.querySelector(`label[for=${field.id}]`).firstChild.textContent.trim();
  const picker = Object.assign(document.createElement("input"), { type: "color", ariaLabel: `${label}, by eye` });
  const follow = () => {
    const digits = (field.value.trim() || field.dataset.own).replace(/^#?/, "");
    if (/^[0-9a-f]{6}$/i.test(digits)) picker.value = `#${digits.toLowerCase()}`;
  };
  follow();
  field.addEventListener("input", follow);
  picker.addEventListener("input", (event) => { event.stopPropagation(); say(field, picker.value); });
  field.after(picker);
}
document.querySelector(".no-script").hidden = true;

// The page's words come anew with each try, and their buttons with them.
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-fills]");
  if (button) say(document.getElementById(button.dataset.fills), button.dataset.value);
});
