import type { Payment } from "@checkout-plugins/core";
import type { Messages } from "./messages.ts";

export type Obstacle = keyof Messages["mustNotShip"];

/** Why the goods of this payment must not leave now; null: nothing that we know of speaks against it. */
export function findObstacle({ standing, review }: Pick<Payment, "standing" | "review">): Obstacle | null {
  if (standing === "declined" || review?.state === "notSuitable") return "denied";
  if (standing === "held") return "held";
  // One without a date is decided by itself, within moments of the capture: who ships first and captures then need not wait.
  return review?.state === "open" && review.decideBy !== null ? "inReview" : null;
}
