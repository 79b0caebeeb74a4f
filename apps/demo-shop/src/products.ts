import type { Translated } from "./language.ts";
import type { Rappen, VatRate } from "./money.ts";

export interface Product {
  /** In addresses, in the cart and in the JSON door. */
  readonly id: string;
  readonly sku: string;
  readonly name: Translated;
  /** One sentence for the list. */
  readonly lead: Translated;
  readonly text: Translated;
  readonly facts: readonly Translated[];
  /** What one costs, VAT included. Always more than the discount, so that no order is free. */
  readonly price: Rappen;
  readonly vat: VatRate;
  /** How many there are when the shop opens. */
  readonly stock: number;
}

/** What the shop sells. */
export const products: readonly Product[] = [
  {
    id: "enamel-mug",
    sku: "BF-1001",
    name: {
      de: "Emailbecher Säntis",
      fr: "Gobelet émaillé Säntis",
      it: "Tazza smaltata Säntis",
      en: "Säntis enamel mug",
    },
    lead: {
      de: "Für den ersten Kaffee vor der Hütte.",
      fr: "Pour le premier café devant la cabane.",
      it: "Per il primo caffè davanti al rifugio.",
      en: "For the first coffee outside the hut.",
    },
    text: {
      de: "Stahl mit zwei Schichten Email, von Hand getaucht. Leicht, hitzefest und so robust, dass eine Schramme nur eine Erinnerung mehr ist.",
      fr: "En acier recouvert de deux couches d’émail, trempé à la main. Léger, résistant à la chaleur et si solide qu’une éraflure n’est qu’un souvenir de plus.",
      it: "In acciaio con due strati di smalto, immerso a mano. Leggera, resistente al calore e così robusta che un graffio è solo un ricordo in più.",
      en: "Steel under two coats of enamel, dipped by hand. Light, heatproof and so sturdy that a scratch is just one more memory.",
    },
    facts: [
      { de: "3,5 dl, 130 g", fr: "3,5 dl, 130 g", it: "3,5 dl, 130 g", en: "3.5 dl, 130 g" },
      {
        de: "Spülmaschinenfest",
        fr: "Compatible lave-vaisselle",
        it: "Lavabile in lavastoviglie",
        en: "Dishwasher-safe",
      },
      {
        de: "Auch auf offenem Feuer",
        fr: "Utilisable sur le feu",
        it: "Utilizzabile sul fuoco",
        en: "Fine over an open fire",
      },
    ],
    price: 2400,
    vat: "8.1",
    stock: 48,
  },
  {
    id: "wool-blanket",
    sku: "BF-1002",
    name: {
      de: "Wolldecke Engadin",
      fr: "Couverture en laine Engadine",
      it: "Coperta di lana Engadina",
      en: "Engadin wool blanket",
    },
    lead: {
      de: "Schweizer Schurwolle, gewebt für lange Winter.",
      fr: "Laine vierge suisse, tissée pour les longs hivers.",
      it: "Lana vergine svizzera, tessuta per i lunghi inverni.",
      en: "Swiss new wool, woven for long winters.",
    },
    text: {
      de: "Ungefärbte und mit Pflanzen gefärbte Schurwolle aus dem Engadin, dicht gewebt und sanft geraut. Hält auf dem Sofa so warm wie auf der Veranda.",
      fr: "Laine vierge d’Engadine, naturelle ou teinte aux plantes, tissée serré et doucement grattée. Aussi chaude sur le canapé que sur la véranda.",
      it: "Lana vergine dell’Engadina, al naturale o tinta con piante, a trama fitta e leggermente garzata. Calda sul divano come in veranda.",
      en: "New wool from the Engadin, undyed or dyed with plants, densely woven and gently brushed. As warm on the sofa as on the porch.",
    },
    facts: [
      {
        de: "140 × 200 cm, 1,4 kg",
        fr: "140 × 200 cm, 1,4 kg",
        it: "140 × 200 cm, 1,4 kg",
        en: "140 × 200 cm, 1.4 kg",
      },
      { de: "100 % Schurwolle", fr: "100 % laine vierge", it: "100% lana vergine", en: "100% new wool" },
      {
        de: "Kalt waschen, liegend trocknen",
        fr: "Laver à froid, sécher à plat",
        it: "Lavare a freddo, asciugare in piano",
        en: "Cold wash, dry flat",
      },
    ],
    price: 18900,
    vat: "8.1",
    stock: 12,
  },
  {
    id: "thermos-bottle",
    sku: "BF-1003",
    name: {
      de: "Thermosflasche Föhn",
      fr: "Bouteille isotherme Föhn",
      it: "Bottiglia termica Föhn",
      en: "Föhn vacuum bottle",
    },
    lead: {
      de: "Zwölf Stunden heiss, ein Tag lang kalt.",
      fr: "Chaud douze heures, froid toute la journée.",
      it: "Caldo per dodici ore, freddo tutto il giorno.",
      en: "Hot for twelve hours, cold for a day.",
    },
    text: {
      de: "Doppelwandiger Edelstahl mit Becherdeckel und einer Öffnung, durch die auch ein Eiswürfel passt. Alle Teile gibt es einzeln nachzukaufen.",
      fr: "Acier inoxydable à double paroi, couvercle-gobelet et ouverture assez large pour un glaçon. Toutes les pièces sont disponibles séparément.",
      it: "Acciaio inossidabile a doppia parete, tappo a bicchiere e un’apertura che lascia passare anche un cubetto di ghiaccio. Tutti i pezzi sono disponibili singolarmente.",
      en: "Double-walled stainless steel with a cup for a lid and a mouth wide enough for an ice cube. Every part can be bought again on its own.",
    },
    facts: [
      { de: "7,5 dl, 360 g", fr: "7,5 dl, 360 g", it: "7,5 dl, 360 g", en: "7.5 dl, 360 g" },
      {
        de: "Dicht in jeder Lage",
        fr: "Étanche dans toutes les positions",
        it: "A tenuta in ogni posizione",
        en: "Leakproof any way up",
      },
      { de: "Zehn Jahre Garantie", fr: "Garantie dix ans", it: "Garanzia di dieci anni", en: "Ten-year guarantee" },
    ],
    price: 4590,
    vat: "8.1",
    stock: 30,
  },
  {
    id: "camp-lantern",
    sku: "BF-1004",
    name: { de: "Laterne Nordwand", fr: "Lanterne Nordwand", it: "Lanterna Nordwand", en: "Nordwand lantern" },
    lead: {
      de: "Warmes Licht für Zelt, Balkon und Stromausfall.",
      fr: "Une lumière chaude pour la tente, le balcon et les pannes de courant.",
      it: "Luce calda per la tenda, il balcone e i blackout.",
      en: "Warm light for tents, balconies and power cuts.",
    },
    text: {
      de: "Stufenlos dimmbares LED-Licht hinter geripptem Glas, mit Akku für vierzig Stunden. Der Bügel hängt an jedem Ast und an jedem Haken.",
      fr: "LED à intensité réglable derrière un verre strié, quarante heures d’autonomie. L’anse s’accroche à toutes les branches et à tous les crochets.",
      it: "LED regolabile dietro un vetro rigato, quaranta ore di autonomia. Il manico si appende a ogni ramo e a ogni gancio.",
      en: "Smoothly dimmable LED light behind ribbed glass, forty hours from one charge. Its handle hangs from any branch and any hook.",
    },
    facts: [
      { de: "3 bis 320 Lumen", fr: "3 à 320 lumens", it: "Da 3 a 320 lumen", en: "3 to 320 lumens" },
      { de: "Lädt über USB-C", fr: "Recharge par USB-C", it: "Ricarica via USB-C", en: "Charges by USB-C" },
      {
        de: "Spritzwasserfest (IPX4)",
        fr: "Résiste aux éclaboussures (IPX4)",
        it: "Resiste agli spruzzi (IPX4)",
        en: "Splashproof (IPX4)",
      },
    ],
    price: 7900,
    vat: "8.1",
    stock: 3,
  },
  {
    id: "day-pack",
    sku: "BF-1005",
    name: { de: "Rucksack Gemmi 25", fr: "Sac à dos Gemmi 25", it: "Zaino Gemmi 25", en: "Gemmi 25 day pack" },
    lead: {
      de: "Gewachste Baumwolle, Platz für einen langen Tag.",
      fr: "Coton ciré, de la place pour une longue journée.",
      it: "Cotone cerato, spazio per una lunga giornata.",
      en: "Waxed cotton, room for a long day.",
    },
    text: {
      de: "Ein Rucksack wie früher mit einem Tragsystem von heute: Rolldeckel, gepolsterter Rücken, zwei Aussentaschen. Wird in Glarus genäht und dort auch geflickt.",
      fr: "Un sac d’autrefois avec un portage d’aujourd’hui : fermeture à enroulement, dos rembourré, deux poches extérieures. Cousu à Glaris, où on le répare aussi.",
      it: "Uno zaino di una volta con un dorso di oggi: chiusura arrotolabile, schienale imbottito, due tasche esterne. Cucito a Glarona, dove lo si ripara anche.",
      en: "A pack as they used to be, carried the way we like it now: roll top, padded back, two outer pockets. Sewn in Glarus, and mended there too.",
    },
    facts: [
      { de: "25 Liter, 880 g", fr: "25 litres, 880 g", it: "25 litri, 880 g", en: "25 litres, 880 g" },
      {
        de: "Fach für 15-Zoll-Laptop",
        fr: "Compartiment pour ordinateur 15 pouces",
        it: "Scomparto per portatile da 15 pollici",
        en: "Sleeve for a 15-inch laptop",
      },
      { de: "Lebenslang reparierbar", fr: "Réparable à vie", it: "Riparabile per sempre", en: "Repairable for life" },
    ],
    price: 16900,
    vat: "8.1",
    stock: 9,
  },
  {
    id: "stone-pine-board",
    sku: "BF-1006",
    name: { de: "Vesperbrett aus Arve", fr: "Planche en arolle", it: "Tagliere in cembro", en: "Stone pine board" },
    lead: {
      de: "Duftet nach Wald, auch nach Jahren noch.",
      fr: "Sent la forêt, même après des années.",
      it: "Profuma di bosco, anche dopo anni.",
      en: "Smells of the forest, for years to come.",
    },
    text: {
      de: "Aus einem Stück Arvenholz aus dem Val Müstair, von Hand geschliffen und geölt. Jedes Brett hat seine eigenen Äste und seine eigene Zeichnung.",
      fr: "D’une seule pièce d’arolle du Val Müstair, poncée et huilée à la main. Chaque planche a ses nœuds et ses veines.",
      it: "Da un solo pezzo di cembro della Val Monastero, levigato e oliato a mano. Ogni tagliere ha i suoi nodi e le sue venature.",
      en: "From a single piece of stone pine from Val Müstair, sanded and oiled by hand. No two boards share their knots and grain.",
    },
    facts: [
      { de: "38 × 18 × 2 cm", fr: "38 × 18 × 2 cm", it: "38 × 18 × 2 cm", en: "38 × 18 × 2 cm" },
      {
        de: "Holz aus Schweizer Wäldern",
        fr: "Bois de forêts suisses",
        it: "Legno di boschi svizzeri",
        en: "Wood from Swiss forests",
      },
      { de: "Von Hand abwaschen", fr: "Laver à la main", it: "Lavare a mano", en: "Wash by hand" },
    ],
    price: 5900,
    vat: "8.1",
    stock: 20,
  },
  {
    id: "hut-book",
    sku: "BF-1007",
    name: {
      de: "Buch: 52 Hüttenwege",
      fr: "Livre : 52 chemins de cabanes",
      it: "Libro: 52 sentieri per rifugi",
      en: "Book: 52 hut walks",
    },
    lead: {
      de: "Für jede Woche des Jahres ein Weg.",
      fr: "Un chemin pour chaque semaine de l’année.",
      it: "Un sentiero per ogni settimana dell’anno.",
      en: "One walk for each week of the year.",
    },
    text: {
      de: "Vom Spaziergang mit Kinderwagen bis zur Dreitagestour: zweiundfünfzig Wege zu bewirteten Hütten, mit Karten, Fahrplänen und dem besten Kuchen am Ziel.",
      fr: "De la balade avec poussette au tour de trois jours : cinquante-deux chemins vers des cabanes gardiennées, avec cartes, horaires et le meilleur gâteau à l’arrivée.",
      it: "Dalla passeggiata con il passeggino al giro di tre giorni: cinquantadue sentieri verso rifugi custoditi, con mappe, orari e la torta migliore all’arrivo.",
      en: "From a stroll with a pushchair to a three-day tour: fifty-two walks to staffed huts, with maps, timetables and the best cake at the end.",
    },
    facts: [
      {
        de: "256 Seiten, Fadenheftung",
        fr: "256 pages, reliure cousue",
        it: "256 pagine, cucite a filo refe",
        en: "256 pages, thread-sewn",
      },
      {
        de: "Text deutsch und französisch",
        fr: "Texte en allemand et en français",
        it: "Testo in tedesco e francese",
        en: "Text in German and French",
      },
      {
        de: "Anreise mit Bahn und Bus",
        fr: "Accès en train et en car",
        it: "Arrivo in treno e autopostale",
        en: "Reached by train and bus",
      },
    ],
    price: 3800,
    vat: "2.6",
    stock: 60,
  },
  {
    id: "herbal-tea",
    sku: "BF-1008",
    name: { de: "Bergkräutertee", fr: "Tisane de montagne", it: "Tisana di montagna", en: "Mountain herb tea" },
    lead: {
      de: "Minze, Verbene und Edelweiss aus dem Puschlav.",
      fr: "Menthe, verveine et edelweiss du val Poschiavo.",
      it: "Menta, verbena e stella alpina della Valposchiavo.",
      en: "Mint, verbena and edelweiss from Val Poschiavo.",
    },
    text: {
      de: "Auf 1000 Metern gewachsen, von Hand gepflückt und langsam getrocknet. Ergibt rund vierzig Tassen und eine Küche, die nach Sommer riecht.",
      fr: "Cultivée à 1000 mètres, cueillie à la main et séchée lentement. De quoi préparer une quarantaine de tasses et parfumer la cuisine d’un air d’été.",
      it: "Cresciuta a 1000 metri, colta a mano ed essiccata lentamente. Basta per circa quaranta tazze e per una cucina che profuma d’estate.",
      en: "Grown at 1000 metres, picked by hand and dried slowly. Makes some forty cups, and a kitchen that smells of summer.",
    },
    facts: [
      { de: "60 g, lose", fr: "60 g, en vrac", it: "60 g, sfusa", en: "60 g, loose" },
      { de: "Biologischer Anbau", fr: "Culture biologique", it: "Coltivazione biologica", en: "Organically grown" },
      { de: "Ohne Koffein", fr: "Sans caféine", it: "Senza caffeina", en: "No caffeine" },
    ],
    price: 1250,
    vat: "2.6",
    stock: 80,
  },
];
