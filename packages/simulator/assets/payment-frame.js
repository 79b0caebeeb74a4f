/*
 * Runs in the simulator's own pages when they stand in a shop's page: tells the shop's side how high they are, and where
 * its window is to go. Speaks only with the window around it, and only with the origin that this window named.
 */
(() => {
  const { parent: origin, navigate, error, label } = document.body.dataset;
  const form = document.querySelector("form[data-frame]");
  const tell = (message) => {
    if (window.parent !== window) window.parent.postMessage(message, origin);
  };

  const showProblems = (problems) => {
    for (const element of form.querySelectorAll(".problem")) element.remove();
    for (const input of form.querySelectorAll("[aria-invalid]")) input.removeAttribute("aria-invalid");
    for (const [name, text] of Object.entries(problems)) {
      const input = document.getElementById(name);
      const problem = document.createElement("p");
      problem.className = "problem";
      problem.id = `${name}-error`;
      problem.textContent = text;
      input.setAttribute("aria-invalid", "true");
      const described = new Set((input.getAttribute("aria-describedby") ?? "").split(" ").filter(Boolean));
      input.setAttribute("aria-describedby", [...described.add(problem.id)].join(" "));
      input.after(problem);
    }
    const [first] = Object.keys(problems);
    if (first !== undefined) document.getElementById(first).focus();
  };
  const post = async (action) => {
    const body = new URLSearchParams(new FormData(form));
    body.set("action", action);
    const response = await fetch(form.action, { method: "POST", body });
    if (!response.ok) throw new Error(`The simulator answered ${response.status}.`);
    return response.json();
  };
  const actions = {
    async validate() {
      const { problems } = await post("validate");
      showProblems(problems);
      const errors = Object.values(problems);
      tell({ type: "validated", success: errors.length === 0, errors });
    },
    async submit() {
      tell({ type: "navigate", url: (await post("submit")).url });
    },
  };

  if (navigate !== undefined) return tell({ type: "navigate", url: navigate });
  if (error !== undefined) return tell({ type: "error", message: error });
  if (form !== null) {
    addEventListener("message", ({ source, origin: from, data }) => {
      if (source !== window.parent || from !== origin || !Object.hasOwn(actions, data?.type)) return;
      actions[data.type]().catch((problem) => tell({ type: "validated", success: false, errors: [problem.message] }));
    });
    form.addEventListener("submit", (event) => event.preventDefault());
    const tellHeight = () =>
      tell({
        type: "height",
        height: form.dataset.frame === "empty" ? 0 : Math.ceil(document.documentElement.getBoundingClientRect().height),
      });
    new ResizeObserver(tellHeight).observe(document.documentElement);
  }
  tell({ type: "initialized", replacementLabel: label ?? null });
})();
