/** What `shop-control.php` tells of an order. */
export interface OrderView {
  readonly status: string;
  readonly isPaid: boolean;
  readonly total: string;
  readonly transaction: string;
  readonly revision: string;
  /** Commands whose outcome is not known yet. */
  readonly waiting: number;
  readonly refunds: readonly { readonly id: number; readonly amount: string; readonly operation: string }[];
  /** Newest first. */
  readonly notes: readonly string[];
  readonly thanks: string;
  readonly panel: string;
  readonly method: string;
  readonly methodTitle: string;
  readonly returnUrl: string;
  readonly leftUrl: string;
}

export interface PayView {
  readonly result: { readonly result: "success" | "failure"; readonly redirect?: string; readonly message?: string };
  readonly notices: readonly { readonly notice: string }[];
}

/** Two backpacks of CHF 100.00 each with 8.1 % in it, and shipping of CHF 9.00. */
export const anOrder = {
  items: [
    { type: "product", name: "Rucksack", quantity: 2, total: "185.013876", taxes: { 1: "14.986124" } },
    { type: "shipping", name: "Versand", total: "8.325624", taxes: { 1: "0.674376" } },
  ],
  rates: { 1: 8.1 },
  total: "209.00",
} as const;
