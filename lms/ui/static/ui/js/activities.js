// The activities of a lesson are forms that are sent. With this script the answer comes into its place, and the
// steps of an order move up and down.

// Whoever answered reads on at what came of it.
document.addEventListener("htmx:afterSettle", (event) => {
  const block = event.target.closest?.(".activity") ?? event.target;
  if (event.detail.target?.matches?.(".sums")) return;
  for (const list of block.querySelectorAll("[data-order]")) makeMovable(list);
  block.querySelector("[data-comes-first]")?.focus();
});

function makeMovable(list) {
  if (list.classList.contains("movable")) return;
  list.classList.add("movable");
  const said = list.parentElement.querySelector("[data-order-said]");
  const number = () => [...list.children].forEach((item, index) => {
    item.querySelector("select").value = index + 1;
    item.querySelector(".up").disabled = index === 0;
    item.querySelector(".down").disabled = index === list.children.length - 1;
  });
  const move = (item, by) => {
    const other = by < 0 ? item.previousElementSibling : item.nextElementSibling;
    if (!other) return;
    by < 0 ? other.before(item) : other.after(item);
    number();
    const words = item.querySelector("label").textContent;
    said.textContent = `${words} Place ${[...list.children].indexOf(item) + 1} of ${list.children.length}.`;
    const button = item.querySelector(by < 0 ? ".up" : ".down");
    (button.disabled ? item.querySelector(by < 0 ? ".down" : ".up") : button).focus();
  };
  for (const item of list.children) {
    const words = item.querySelector("label").textContent;
    item.querySelector(".place").hidden = true;
    const moves = document.createElement("span");
    moves.className = "moves";
    for (const [name, by, label] of [["up", -1, "Move up"], ["down", 1, "Move down"]]) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = `button secondary small ${name}`;
      button.textContent = by < 0 ? "↑" : "↓";
      button.setAttribute("aria-label", `${label}: ${words}`);
      button.addEventListener("click", () => move(item, by));
      moves.append(button);
    }
    item.append(moves);
  }
  number();
}

for (const list of document.querySelectorAll("[data-order]")) makeMovable(list);
