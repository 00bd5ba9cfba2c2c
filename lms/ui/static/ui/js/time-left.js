// Says when little time is left, once at ten, five and one minute, to those who do not see the timer.
//
// <p class="visually-hidden" role="status" data-time-left data-ends="2026-11-22T14:30:00+00:00" data-now="…"></p>
// data-now is the server's clock when the page was made: the learner's own may be wrong.

const MARKS = [10, 5, 1];

for (const place of document.querySelectorAll("[data-time-left]")) {
  const opened = performance.now();
  const length = new Date(place.dataset.ends) - new Date(place.dataset.now);
  const left = () => (length - (performance.now() - opened)) / 60000;
  // What has gone by already when the page opens is not said again on each page.
  let due = MARKS.filter((mark) => mark < left());

  const watch = setInterval(() => {
    const minutes = left();
    if (minutes <= 0) {
      place.textContent = "Your time is over. What you saved is handed in.";
      clearInterval(watch);
    } else if (due.length && minutes <= due[0]) {
      place.textContent = due[0] === 1 ? "One minute left" : `${due[0]} minutes left`;
      due = due.slice(1);
    }
  }, 1000);
}
