/**
 * Pays within the shop. The service's own script, loaded before this one, brings one of two globals:
 * LightboxCheckoutHandler.startPayment(method, onError), or IframeCheckoutHandler(method), which returns a handler.
 */
(() => {
  const form = document.getElementById("checkout-plugins-pay");
  if (!form) {
    return;
  }
  const button = form.querySelector("button");
  const fields = document.getElementById("checkout-plugins-fields");
  const mistakes = document.getElementById("checkout-plugins-mistakes");
  const lightbox = form.dataset.integration === "lightbox" && window.LightboxCheckoutHandler;
  const iframe = form.dataset.integration === "iframe" && window.IframeCheckoutHandler;
  const chosen = () => {
    const input = form.querySelector("input[name=method]:checked");
    return input ? input.value : undefined;
  };
  const tell = (errors) => {
    mistakes.replaceChildren(
      ...errors.map((error) => {
        const item = document.createElement("li");
        item.textContent = new DOMParser().parseFromString(error, "text/html").body.textContent;
        return item;
      }),
    );
    mistakes.hidden = errors.length === 0;
  };

  if (lightbox) {
    const open = () => lightbox.startPayment(chosen(), () => location.reload());
    button.disabled = false;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      open();
    });
    if (form.dataset.opens === "yes") {
      open();
    }
  }

  if (iframe) {
    // A method that needs no fields reports a height of 0 and goes on to its own page.
    const show = () => {
      fields.replaceChildren();
      tell([]);
      button.disabled = true;
      const handler = iframe(chosen());
      handler.setInitializeCallback(() => {
        button.disabled = false;
      });
      // Never hidden altogether: a frame that is not laid out cannot measure the fields of the next method.
      handler.setHeightChangeCallback((height) => {
        fields.inert = height === 0;
        fields.classList.toggle("checkout-plugins-empty", height === 0);
      });
      handler.setValidationCallback((result) => {
        tell(result.success ? [] : result.errors || []);
        if (result.success) {
          handler.submit();
        } else {
          button.disabled = false;
        }
      });
      handler.create("checkout-plugins-fields");
      return handler;
    };
    let current = show();
    form.addEventListener("change", () => {
      current = show();
    });
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      button.disabled = true;
      current.validate();
    });
  }

  // The payment may have moved on while the buyer was elsewhere.
  window.addEventListener("pageshow", (event) => event.persisted && location.reload());
})();
