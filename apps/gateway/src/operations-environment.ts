import { z } from "zod";

/** How the gateway is run. */
export interface OperationsEnvironment {
  /** null: metrics are told to this machine only. */
  readonly metricsToken: string | null;
  /** null: payments are kept for ever. */
  readonly retentionDays: number | null;
  /** How long it still takes requests after SIGTERM, while `/readyz` says 503. */
  readonly drainSeconds: number;
  /** Whether addresses that somebody entered may lead to this machine and its network. */
  readonly allowPrivate: boolean;
}

interface Variables {
  readonly METRICS_TOKEN?: string | undefined;
  readonly RETENTION_DAYS?: number | undefined;
  readonly DRAIN_SECONDS: number;
  readonly PRIVATE_ADDRESSES: "refuse" | "allow";
}

export const operationsVariables: { readonly [Name in keyof Required<Variables>]: z.ZodType<Variables[Name]> } = {
  METRICS_TOKEN: z
    .string()
    .min(16, "must have at least 16 characters; make one with: openssl rand -base64 24")
    .optional(),
  RETENTION_DAYS: z.coerce
    .number()
    .int()
    .min(90, "must be 90 or more: refunds and chargebacks come months after an order")
    .optional(),
  DRAIN_SECONDS: z.coerce.number().min(0).max(60, "must be 0 to 60").default(1),
  PRIVATE_ADDRESSES: z.enum(["refuse", "allow"], 'must be "refuse" or "allow"').default("refuse"),
};

export function toOperationsEnvironment(all: Variables): OperationsEnvironment {
  return {
    metricsToken: all.METRICS_TOKEN ?? null,
    retentionDays: all.RETENTION_DAYS ?? null,
    drainSeconds: all.DRAIN_SECONDS,
    allowPrivate: all.PRIVATE_ADDRESSES === "allow",
  };
}
