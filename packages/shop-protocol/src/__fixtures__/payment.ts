import type { Payment } from "@checkout-plugins/core";

const chf = (minor: number) => ({ minor, currency: "CHF" });

/** A payment of CHF 29.95, paid, with CHF 15.00 paid back. */
export const examplePayment = {
  id: "pay_1",
  reference: "order-1001",
  group: null,
  revision: 3,
  standing: "paid",
  mayShip: true,
  state: "fulfilled",
  governing: {
    id: "att_1",
    transaction: "900001",
    space: "70001",
    state: "fulfilled",
    amount: chf(2995),
    authorizedOn: "2026-02-03T09:00:17.000Z",
    failure: null,
  },
  superseded: [],
  abandoned: false,
  amount: chf(2995),
  authorized: chf(2995),
  completed: chf(2995),
  refunded: chf(1500),
  operations: [
    {
      key: "cmd_1",
      kind: "refund",
      origin: "shop",
      attempt: "att_1",
      shopKeys: ["refund-7"],
      serviceId: "930001",
      externalId: "cmd_1",
      amount: chf(1500),
      lines: [{ id: "sku-1", quantity: "1.5", amount: chf(1500) }],
      state: "successful",
      failure: null,
      on: "2026-02-03T10:00:00.000Z",
    },
  ],
  review: { state: "suitable", decideBy: null },
  invoice: null,
  method: { id: "8001", name: "PostFinance Pay", brand: null },
  environment: "live",
  expiresOn: null,
  slow: false,
  failure: null,
  findings: [],
} as unknown as Payment;
