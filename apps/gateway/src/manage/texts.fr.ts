import type { ManageTexts } from "./texts.ts";

export const fr: ManageTexts = {
  title: "Boutiques",
  payments: "Paiements",
  shops: "Boutiques",
  signIn: {
    heading: "Connexion",
    label: "Mot de passe ou code",
    hint: "Le mot de passe est celui de CONSOLE_PASSWORD. Sans mot de passe, prenez le code que la passerelle a affiché à son démarrage ; il ne sert qu’une fois.",
    button: "Se connecter",
    out: "Se déconnecter",
    wrong:
      "Ce n’est ni le mot de passe ni le code. Un code utilisé n’est plus valable : redémarrez la passerelle pour en obtenir un nouveau.",
    wait: "Trop de tentatives. Réessayez dans {seconds} secondes.",
  },
  list: {
    empty: "Aucune boutique n’est encore connectée.",
    add: "Ajouter une boutique",
    next: "Autres boutiques",
    shop: "Boutique",
    platform: "Plateforme",
    mode: "Mode",
    connection: "Connexion à PostFinance Checkout",
    fixed: "définie par des variables d’environnement",
    removed: "retirée",
    notPaired: "pas encore couplée",
  },
  modes: { live: "Production", test: "Test" },
  states: {
    connected: "connectée",
    connecting: "connexion en cours …",
    notConnected: "non connectée, nouvel essai en cours :",
    noSpace: "pas encore d’espace",
  },
  form: {
    heading: "Paramètres",
    aboutSpaces:
      "Vous trouvez l’identifiant d’un espace dans ses paramètres. Les Application Users se trouvent sous Compte > Utilisateurs > Application Users ; donnez à l’utilisateur le rôle Space Admin dans l’espace. La clé est affichée une seule fois, à sa création.",
    space: { test: "Espace de test", live: "Espace de production" },
    labels: {
      name: "Nom de la boutique",
      platform: "Plateforme",
      testSpace: "Identifiant de l’espace",
      testUser: "Identifiant de l’Application User",
      testKey: "Clé d’authentification",
      liveSpace: "Identifiant de l’espace",
      liveUser: "Identifiant de l’Application User",
      liveKey: "Clé d’authentification",
      integration: "Comment la clientèle paie, si la boutique ne le fixe pas",
      completion: "Quand l’argent est débité, si la boutique ne le fixe pas",
      doublePayment: "Si une commande est payée deux fois",
    },
    keyKept: "Laissez vide pour garder la clé.",
    integrations: {
      page: "sur la page de paiement de PostFinance Checkout",
      lightbox: "dans une fenêtre par-dessus la boutique (lightbox)",
      iframe: "dans la boutique même (iframe)",
    },
    completions: {
      configured: "comme défini dans l’espace",
      immediate: "immédiatement",
      deferred: "quand la commande est terminée",
    },
    doublePayments: { resolve: "rendre le second paiement", tell: "seulement m’avertir" },
    save: "Vérifier et enregistrer",
    wrong: "Rien n’a été enregistré. Veuillez corriger :",
    faults: {
      missing: "Veuillez remplir ce champ.",
      number: "C’est un nombre, uniquement des chiffres.",
      key: "Ce n’est pas une clé complète. Copiez-la exactement comme elle a été affichée.",
      sameSpace: "L’espace de production doit être un autre que l’espace de test.",
      noSpace: "Indiquez au moins un des deux espaces.",
      credentials:
        "PostFinance Checkout n’accepte pas cet utilisateur avec cette clé. Comparez l’identifiant de l’utilisateur et, en cas de doute, créez une nouvelle clé.",
      clock:
        "L’horloge de la passerelle est fausse, sa signature est donc refusée. Réglez l’heure de cette machine par NTP.",
      permission: "Cet utilisateur n’a aucun droit dans cet espace. Donnez-lui le rôle Space Admin dans cet espace.",
      spaceNotFound: "Cet espace n’existe pas, ou cet utilisateur ne le voit pas. Comparez l’identifiant de l’espace.",
      spaceInactive: "Cet espace n’est pas actif.",
      unreachable:
        "PostFinance Checkout n’est pas joignable en ce moment, rien n’a donc pu être vérifié. Veuillez réessayer dans une minute.",
      refused:
        "PostFinance Checkout a refusé la vérification. Comparez l’identifiant de l’espace et celui de l’utilisateur.",
    },
    changed:
      "Quelqu’un d’autre a modifié cette boutique entre-temps. Voici son état actuel ; veuillez saisir votre modification à nouveau.",
    saved: "Enregistré. PostFinance Checkout accepte ces paramètres.",
  },
  switch: {
    heading: "Production ou test",
    isTest: "Aucun argent réel ne circule. Les nouveaux paiements n’acceptent que des cartes de test.",
    isLive: "De l’argent réel circule.",
    toLive: "Passer en production",
    toTest: "Passer en test",
    noLive: "Pour passer en production, indiquez d’abord l’espace de production.",
    noTest: "Pour passer en test, indiquez d’abord l’espace de test.",
  },
  pairing: {
    heading: "Connecter la boutique",
    how: "Un code connecte la boutique à cette passerelle. Créez-en un et collez-le dans les paramètres de la boutique.",
    button: "Créer un code de couplage",
    once: "Ce code ne sert qu’une fois, pendant une heure, et ne sera plus affiché :",
    again: "Une boutique déjà connectée reçoit avec le code un nouveau secret ; l’ancien prend fin.",
  },
  methods: {
    heading: "Moyens de paiement",
    empty: "L’espace n’a aucun moyen de paiement actif.",
    hidden: "Non proposés",
    reasons: {
      inactive: "désactivé dans l’espace",
      currency: "pas dans cette monnaie",
      unknown: "PostFinance Checkout n’en donne pas la raison",
    },
    fault: "Les moyens de paiement ne peuvent pas être affichés en ce moment :",
  },
  remove: {
    heading: "Retirer la boutique",
    what: "La boutique ne peut plus commencer de paiement, et ses webhooks sont retirés de PostFinance Checkout. Les paiements commencés sont menés à terme.",
    confirm: "Oui, retirer cette boutique",
    button: "Retirer",
    unconfirmed: "Cochez d’abord la case.",
    done: "Cette boutique est retirée. Créez un code de couplage pour la connecter à nouveau.",
  },
  notFound: "Cette page n’existe pas.",
  forged:
    "Ce formulaire est trop ancien, ou ne vient pas de cette page. Ouvrez à nouveau la page et répétez votre saisie.",
};
