import type { HandSetup } from "@checkout-plugins/core";
import { isShopDomain, parseShopifySettings } from "../shopify-settings.ts";

const isWord = (text: string): boolean => /^[^\s]{1,200}$/.test(text);

/** What a merchant enters who made an app of his shop's own. */
export const customAppSetup: HandSetup = {
  fields: [
    {
      name: "domain",
      isValid: isShopDomain,
      label: {
        de: "Shopify-Domain des Shops",
        fr: "Domaine Shopify de la boutique",
        it: "Dominio Shopify del negozio",
        en: "The shop’s Shopify domain",
      },
      hint: {
        de: "wie beispiel.myshopify.com, nicht die Adresse, welche die Kundschaft sieht",
        fr: "comme exemple.myshopify.com, et non l’adresse que voit la clientèle",
        it: "come esempio.myshopify.com, non l’indirizzo che vede la clientela",
        en: "such as example.myshopify.com, not the address that customers see",
      },
    },
    {
      name: "clientId",
      isValid: isWord,
      label: {
        de: "Client-ID der App",
        fr: "ID client de l’application",
        it: "ID client dell’app",
        en: "The app’s client id",
      },
      hint: {
        de: "im Dev Dashboard unter den Einstellungen der App",
        fr: "dans le Dev Dashboard, paramètres de l’application",
        it: "nel Dev Dashboard, impostazioni dell’app",
        en: "in the Dev Dashboard, under the app’s settings",
      },
    },
    {
      name: "clientSecret",
      isSecret: true,
      isValid: isWord,
      label: {
        de: "Client-Secret der App",
        fr: "Clé secrète de l’application",
        it: "Client secret dell’app",
        en: "The app’s client secret",
      },
      hint: {
        de: "steht neben der Client-ID; wird verschlüsselt gespeichert",
        fr: "à côté de l’ID client; enregistrée chiffrée",
        it: "accanto all’ID client; viene salvato cifrato",
        en: "stands beside the client id; it is kept encrypted",
      },
    },
    {
      name: "paymentMethod",
      isValid: (text) => text !== "" && text.length <= 100,
      label: {
        de: "Name der manuellen Zahlungsmethode",
        fr: "Nom du mode de paiement manuel",
        it: "Nome del metodo di pagamento manuale",
        en: "Name of the manual payment method",
      },
      hint: {
        de: "genau wie in Shopify unter Einstellungen > Zahlungen",
        fr: "exactement comme dans Shopify, Paramètres > Paiements",
        it: "esattamente come in Shopify, Impostazioni > Pagamenti",
        en: "exactly as in Shopify under Settings > Payments",
      },
    },
  ],
  read({ domain = "", clientId = "", clientSecret = "", paymentMethod = "" }) {
    const settings = { mode: "customApp", shop: domain, clientId, paymentMethod };
    parseShopifySettings(settings);
    return { key: domain, settings, secrets: { clientSecret } };
  },
};
