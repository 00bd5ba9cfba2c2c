// The simulator without this script is a form that is sent. With it each figure has a slider beside it, and what
// is sent with a note is the contract that the reader sees.

for (const number of document.querySelectorAll("[data-slider]")) {
  const slider = document.createElement("input");
  slider.type = "range";
  slider.min = number.min;
  slider.max = number.max;
  slider.step = number.step;
  slider.value = number.value;
  slider.setAttribute("aria-label", `${document.querySelector(`label[for="${number.id}"]`).textContent}, slider`);
  slider.addEventListener("input", () => {
    number.value = slider.value;
    number.dispatchEvent(new Event("input", { bubbles: true }));
  });
  number.addEventListener("input", (event) => { if (event.isTrusted) slider.value = number.value; });
  number.after(slider);
}

const contract = document.querySelector(".contract");
for (const form of document.querySelectorAll("[data-takes-contract]")) {
  form.addEventListener("submit", () => {
    for (const field of form.querySelectorAll("input[type=hidden]")) {
      const set = contract?.elements[field.name];
      if (set) field.value = set.value;
    }
  });
}
