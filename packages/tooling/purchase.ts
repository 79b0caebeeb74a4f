export interface PurchaseSettings {
  readonly shop: string;
  readonly simulator: string;
  /** Receives one line for each step. */
  readonly print: (line: string) => void;
  /** How long any answer, and the order's payment, may take, milliseconds. Default 30 s. */
  readonly patience?: number;
}

interface Order {
  readonly id: string;
  readonly number: string;
  readonly state: string;
  readonly payment: { readonly governing: { readonly transaction: string | null } | null } | null;
}

interface BuyerAnswer {
  readonly step: string;
  readonly redirectUrl: string | null;
}

interface ServiceRequest {
  readonly method: string;
  /** Below /api/v2.0. */
  readonly path: string;
  /** null: the connection was cut. */
  readonly status: number | null;
}

const basket = { lines: [{ product: "enamel-mug", quantity: 1 }], language: "en" };

/**
 * Makes one purchase as a buyer does, through the doors of the running shop and of the simulated payment page, and
 * prints its steps, the order's state and what it cost in requests to the service.
 *
 * @returns whether the order is paid.
 * @throws Error that says which step got no answer or another one than expected.
 */
export async function purchaseOnce({ shop, simulator, print, patience = 30_000 }: PurchaseSettings): Promise<boolean> {
  const deadline = AbortSignal.timeout(patience);
  const ask = (step: string, url: string, body?: object) => request(step, url, deadline, body);
  const readRequests = async () =>
    ((await ask("count requests", `${simulator}/_simulator/requests`)) as { readonly data: ServiceRequest[] }).data;
  const before = await readRequests();

  const order = (await ask("order", `${shop}/api/orders`, basket)) as Order;
  print(`1. Ordered       ${order.number}: one enamel mug`);

  const step = (await ask("pay", `${shop}/api/orders/${order.id}/pay`, {})) as {
    readonly kind: string;
    readonly url?: string;
  };
  if (step.url === undefined) throw new Error(`The shop led the buyer nowhere: ${JSON.stringify(step)}`);
  print(`2. Payment page  ${step.url}`);
  await ask("open the payment page", step.url);

  const placed = (await ask("look", `${shop}/api/orders/${order.id}`)) as Order;
  const transaction = placed.payment?.governing?.transaction;
  if (!transaction) throw new Error("The shop does not know the transaction that its order is paid with.");
  const buyer = `${simulator}/_simulator/transactions/${transaction}/buyer`;
  const paid = (await ask("buyer", buyer, { action: "pay", card: "success" })) as BuyerAnswer;
  if (paid.redirectUrl === null)
    throw new Error(`The payment page led the buyer nowhere: the step was "${paid.step}".`);
  print(`3. Paid          transaction ${transaction}, by test card`);

  await ask("come back", paid.redirectUrl);
  print(`4. Came back     ${paid.redirectUrl}`);

  const state = await decided(() => ask("look", `${shop}/api/orders/${order.id}`) as Promise<Order>, deadline);
  print(`5. The order is  ${state}`);

  const requests = (await readRequests()).slice(before.length); // what came before was the gateway's own start
  print(`\nRequests to the service: ${requests.length}`);
  for (const { method, path, status } of requests)
    print(`   ${method.padEnd(5)} ${status ?? "cut"} ${path.split("?", 1)[0]}`);
  return state === "paid";
}

/** Looks until the order is paid, or is what no longer becomes paid, or the time is up. */
async function decided(look: () => Promise<Order>, deadline: AbortSignal): Promise<string> {
  for (;;) {
    const { state } = await look();
    if (!["unpaid", "asking", "slow", "authorized"].includes(state) || deadline.aborted) return state;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

async function request(step: string, url: string, deadline: AbortSignal, body?: object): Promise<unknown> {
  const sent = body && { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
  const response = await fetch(url, { ...sent, signal: deadline }).catch((cause: Error) => {
    throw new Error(`No answer to "${step}" from ${url}: ${deadline.aborted ? "the time is up" : cause.message}`, {
      cause,
    });
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`"${step}" was answered with ${response.status} by ${url}: ${text.slice(0, 500)}`);
  return response.headers.get("content-type")?.startsWith("application/json") ? JSON.parse(text) : text;
}
