/*
 * Runs in the shop's page. Puts the fields of a payment method into it, in a frame of the simulator's own origin, so
 * that what the buyer types never reaches the shop. Needs of the shop's policy: script-src and frame-src of this origin.
 */
(() => {
  const script = new URL(document.currentScript.src);
  const parameter = (name) => script.searchParams.get(name) ?? "";
  const globalName = parameter("className") || "IframeCheckoutHandler";
  const options = { replacePrimaryAction: false };
  const noop = () => undefined;

  const toFrameUrl = (method) => {
    const url = new URL(`/s/${parameter("spaceId")}/payment/transaction/form/${parameter("transactionId")}`, script);
    url.search = new URLSearchParams({
      securityToken: parameter("securityToken"),
      paymentMethodConfigurationId: String(method),
      parent: location.origin,
    }).toString();
    return url.href;
  };

  const createHandler = (method) => {
    const callbacks = {
      validation: noop,
      initialize: noop,
      heightChange: noop,
      enableSubmit: noop,
      disableSubmit: noop,
      replacePrimaryAction: noop,
      resetPrimaryAction: noop,
    };
    let frame = null;
    let isPrimaryActionReplaced = false;
    let isInitialized = false;
    let waiting = [];

    const send = (type) => {
      if (frame === null) throw new Error(`Call create() before ${type}().`);
      if (isInitialized) frame.contentWindow.postMessage({ type }, script.origin);
      else waiting.push(type);
    };
    const receivers = {
      initialized({ replacementLabel }) {
        isInitialized = true;
        callbacks.initialize();
        if (options.replacePrimaryAction && replacementLabel !== null) {
          isPrimaryActionReplaced = true;
          callbacks.replacePrimaryAction(replacementLabel);
        }
        const held = waiting;
        waiting = [];
        for (const type of held) send(type);
      },
      height({ height }) {
        frame.style.height = `${height}px`;
        callbacks.heightChange(height);
      },
      validated({ success, errors }) {
        callbacks.enableSubmit();
        callbacks.validation({ success, errors });
      },
      navigate({ url }) {
        window.top.location.href = url;
      },
    };
    const receive = (event) => {
      if (frame === null || event.source !== frame.contentWindow || event.origin !== script.origin) return;
      const receiver = Object.hasOwn(receivers, event.data?.type) ? receivers[event.data.type] : noop;
      receiver(event.data);
    };

    const handler = {
      create(container, validation, initialize) {
        const parent = typeof container === "string" ? document.getElementById(container) : container;
        if (parent === null) throw new Error(`There is no element "${container}" for the payment form.`);
        handler.destroy();
        if (validation !== undefined) callbacks.validation = validation;
        if (initialize !== undefined) callbacks.initialize = initialize;
        frame = document.createElement("iframe");
        frame.title = "Payment (simulator)";
        Object.assign(frame.style, { display: "block", width: "100%", height: "0", border: "0" });
        frame.src = toFrameUrl(method);
        addEventListener("message", receive);
        parent.append(frame);
      },
      validate() {
        callbacks.disableSubmit();
        send("validate");
      },
      /** Instead of validate(), while the primary action is replaced. */
      trigger: () => handler.validate(),
      submit: () => send("submit"),
      destroy() {
        removeEventListener("message", receive);
        frame?.remove();
        frame = null;
        isInitialized = false;
        waiting = [];
        if (isPrimaryActionReplaced) callbacks.resetPrimaryAction();
        isPrimaryActionReplaced = false;
      },
    };
    for (const name of Object.keys(callbacks)) {
      handler[`set${name[0].toUpperCase()}${name.slice(1)}Callback`] = (callback) => {
        callbacks[name] = callback;
      };
    }
    return handler;
  };

  window[globalName] = Object.assign((method) => createHandler(method), {
    configure(name, value) {
      options[name] = value;
    },
  });
})();
