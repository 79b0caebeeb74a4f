/*
 * Runs in the shop's page. Lays the payment page over it, in a frame of the simulator's own origin.
 * Needs of the shop's policy: script-src and frame-src of this origin.
 */
(() => {
  const script = new URL(document.currentScript.src);
  const parameter = (name) => script.searchParams.get(name) ?? "";
  const globalName = parameter("className") || "LightboxCheckoutHandler";
  /** Milliseconds that the page has to say that it is there, once its frame is loaded. */
  const patience = 2000;

  const toFrameUrl = (method) => {
    const url = new URL(`/s/${parameter("spaceId")}/payment/transaction/pay/${parameter("transactionId")}`, script);
    url.search = new URLSearchParams({
      securityToken: parameter("securityToken"),
      view: "lightbox",
      parent: location.origin,
      ...(method ? { paymentMethodConfigurationId: String(method) } : {}),
    }).toString();
    return url.href;
  };

  const createOverlay = (frame) => {
    const dialog = document.createElement("dialog");
    dialog.setAttribute("aria-label", frame.title);
    const whole = { width: "100%", height: "100%", maxWidth: "none", maxHeight: "none", border: "0" };
    const panel = {
      width: "100%",
      height: "100%",
      maxWidth: "64rem",
      maxHeight: "54rem",
      border: "0",
      background: "#fff",
    };
    Object.assign(dialog.style, whole, { display: "grid", placeItems: "center", margin: "0", padding: "0" });
    Object.assign(dialog.style, { background: "rgb(15 23 32 / 65%)" });
    Object.assign(frame.style, panel);
    // The page itself has a button to cancel; closing without it would leave the payment open unseen.
    dialog.addEventListener("cancel", (event) => event.preventDefault());
    dialog.append(frame);
    document.body.append(dialog);
    dialog.showModal();
    return dialog;
  };

  const startPayment = (method, onError = () => undefined) => {
    const frame = document.createElement("iframe");
    frame.title = "Payment (simulator)";
    frame.src = toFrameUrl(method);
    const dialog = createOverlay(frame);
    let isThere = false;

    const close = () => {
      removeEventListener("message", receive);
      dialog.remove();
    };
    const fail = (message) => {
      close();
      onError(message);
    };
    const receive = (event) => {
      if (event.source !== frame.contentWindow || event.origin !== script.origin) return;
      const { type, url, message } = event.data ?? {};
      if (type === "initialized") isThere = true;
      if (type === "error") fail(message);
      if (type === "navigate") window.top.location.href = url;
    };
    addEventListener("message", receive);
    frame.addEventListener("load", () => {
      setTimeout(() => {
        if (!isThere && dialog.isConnected) fail("The payment page could not be loaded.");
      }, patience);
    });
  };

  window[globalName] = { startPayment };
})();
