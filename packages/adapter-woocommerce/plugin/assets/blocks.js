/**
 * Registers our means of payment with the checkout block. Plain script: what it needs is given by WooCommerce.
 */
((wc, wp, names) => {
  const decode = wp.htmlEntities.decodeEntities;
  const element = wp.element.createElement;
  const text = (value) => element("span", null, decode(value || ""));
  const label = (data) => {
    if (!data.picture) {
      return text(data.title);
    }
    const picture = element("img", { src: data.picture, alt: "", height: 24, style: { maxHeight: "1.5em" } });
    const style = {
      display: "flex",
      gap: "0.5em",
      alignItems: "center",
      justifyContent: "space-between",
      width: "100%",
    };
    return element("span", { style: style }, text(data.title), picture);
  };
  (names || []).forEach((name) => {
    const data = wc.wcSettings.getSetting(`${name}_data`, null);
    if (!data) {
      return;
    }
    wc.wcBlocksRegistry.registerPaymentMethod({
      name: name,
      label: label(data),
      ariaLabel: decode(data.title || ""),
      content: text(data.description),
      edit: text(data.description),
      canMakePayment: () => true,
      supports: { features: data.supports, showSavedCards: data.keeps, showSaveOption: false },
    });
  });
})(window.wc, window.wp, window.checkoutPluginsPostfinance);
