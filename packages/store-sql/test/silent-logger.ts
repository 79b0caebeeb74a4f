import type { Logger } from "@checkout-plugins/core";

export const silentLogger: Pick<Logger, "info" | "warn"> = { info() {}, warn() {} };
