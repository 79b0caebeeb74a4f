// Pays within the shop. The service's own script, loaded before this one, brings one of two globals:
// LightboxCheckoutHandler.startPayment(method, onError), or IframeCheckoutHandler(method), which returns a handler.

const form = document.querySelector("#pay");
const button = form.querySelector("button");
const fields = document.querySelector("#payment-fields");
const mistakes = document.querySelector("#payment-mistakes");
const chosen = () => form.elements.method?.value;

// Why the lightbox went away without a payment: this page was loaded again for it, and says so once.
if (history.state?.mistake) {
  showMistakes([history.state.mistake]);
  history.replaceState(null, "");
}

if (form.dataset.integration === "lightbox" && globalThis.LightboxCheckoutHandler) {
  button.disabled = false;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    globalThis.LightboxCheckoutHandler.startPayment(chosen(), (mistake) => {
      history.replaceState({ mistake }, "");
      location.reload();
    });
  });
}

if (form.dataset.integration === "iframe" && globalThis.IframeCheckoutHandler) {
  let handler = showFields();
  form.addEventListener("change", () => {
    handler = showFields();
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    button.disabled = true;
    handler.validate();
  });
}

/** The fields of the chosen method. A method that needs none reports a height of 0 and goes on to its own page. */
function showFields() {
  fields.replaceChildren();
  showMistakes([]);
  button.disabled = true;
  const handler = globalThis.IframeCheckoutHandler(chosen());
  handler.setInitializeCallback(() => {
    button.disabled = false;
  });
  // Never hidden altogether: a frame that is not laid out cannot measure the fields of the next method.
  handler.setHeightChangeCallback((height) => {
    fields.inert = height === 0;
    fields.classList.toggle("without-fields", height === 0);
  });
  handler.setValidationCallback(({ success, errors = [] }) => {
    showMistakes(success ? [] : errors);
    if (success) handler.submit();
    else button.disabled = false;
  });
  handler.create("payment-fields");
  return handler;
}

/** The service writes them in HTML. */
function showMistakes(errors) {
  const list = document.createElement("ul");
  for (const error of errors) {
    const item = document.createElement("li");
    item.textContent = new DOMParser().parseFromString(error, "text/html").body.textContent;
    list.append(item);
  }
  mistakes.replaceChildren(list);
  mistakes.hidden = errors.length === 0;
}

// The payment may have moved on while the buyer was elsewhere.
addEventListener("pageshow", (event) => event.persisted && location.reload());
