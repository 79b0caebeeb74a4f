// Everything works without this file. It saves a click here and a second there.

document.documentElement.classList.add("enhanced");

/** A changed number in the cart is sent at once. */
for (const input of document.querySelectorAll(".cart input")) {
  input.addEventListener("change", () => input.reportValidity() && input.form.requestSubmit());
}

/** A button that starts something is pressed once. Coming back to the page makes it a button again. */
for (const form of document.querySelectorAll("form[data-once]")) {
  const button = form.querySelector("button");
  const label = button.innerHTML;
  form.addEventListener("submit", (event) => {
    if (button.ariaDisabled === "true") event.preventDefault();
    button.ariaDisabled = "true";
    button.textContent = form.dataset.once;
  });
  addEventListener("pageshow", () => {
    button.ariaDisabled = null;
    button.innerHTML = label;
  });
}

/** What was entered wrongly is where the reader is. */
document.querySelector("#mistakes")?.focus();

/** The order that waits for an answer asks whether it is there. */
const waiting = document.querySelector('[data-waiting="yes"]');
if (waiting !== null) ask(waiting.dataset, 0);

function ask({ order, page, revision }, times) {
  if (times === 50) return location.assign(`${page}?asked=99`);
  setTimeout(
    async () => {
      const seen = await readRevision(order);
      if (seen !== null && seen > Number(revision)) location.replace(page);
      else ask({ order, page, revision }, times + 1);
    },
    times < 10 ? 400 : times < 30 ? 1000 : 3000,
  );
}

async function readRevision(order) {
  try {
    const response = await fetch(`/api/orders/${order}`);
    return response.ok ? ((await response.json()).payment?.revision ?? 0) : null;
  } catch {
    return null; // Offline for a moment: the next time.
  }
}
