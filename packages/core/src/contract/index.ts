export type * from "./adapter.ts";
export type * from "./commands.ts";
export type * from "./core.ts";
export type * from "./ids.ts";
export type * from "./notices.ts";
export type * from "./order.ts";
export type * from "./payment.ts";
export type * from "./store.ts";
