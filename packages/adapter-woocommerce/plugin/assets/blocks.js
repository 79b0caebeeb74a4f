/**
 * Registers our payment method with the checkout block. Plain script: what it needs is given by WooCommerce.
 */
((wc, wp) => {
  var data = wc.wcSettings.getSetting("checkout_plugins_postfinance_data", null);
  if (!data) {
    return;
  }
  var decode = wp.htmlEntities.decodeEntities;
  var text = (value) => wp.element.createElement("span", null, decode(value || ""));
  wc.wcBlocksRegistry.registerPaymentMethod({
    name: "checkout_plugins_postfinance",
    label: text(data.title),
    ariaLabel: decode(data.title || ""),
    content: text(data.description),
    edit: text(data.description),
    canMakePayment: () => true,
    supports: { features: data.supports },
  });
})(window.wc, window.wp);
