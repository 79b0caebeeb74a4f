import type { ServiceId } from "@checkout-plugins/client";
import { ApiError } from "../api-error.ts";
import type { World } from "../service/world.ts";
import type { SpaceRow, UserRow } from "../state/space.ts";
import { toMilliseconds } from "../values/duration.ts";
import { authenticate } from "./authentication.ts";
import type { Received } from "./received.ts";
import { forbidden } from "./space-operations.ts";

/**
 * Who signed the request.
 * @param now the computer's clock, milliseconds
 * @throws ApiError 401
 */
export function admitUser(world: World, received: Received, now: number): UserRow {
  return authenticate({
    authorization: received.headers.get("authorization"),
    method: received.method,
    path: received.signedPath,
    findUser: (id) => world.state.users.get(id as ServiceId),
    clocks: [received.at, now],
    tolerance: toMilliseconds(received.known?.switches.tokenTolerance ?? "PT10M"),
  });
}

/** The space of the request, where the user has rights. @throws ApiError 400, 403 or 404 */
export function admitToSpace({ spaceHeader, known }: Received, user: UserRow): SpaceRow {
  if (spaceHeader === null) {
    throw new ApiError(400, "space_missing", "The header Space with the id of the space is missing.");
  }
  if (!/^[1-9]\d*$/.test(spaceHeader)) {
    throw new ApiError(400, "space_invalid", `The header Space must be an id, is "${spaceHeader}".`);
  }
  if (known === undefined) throw new ApiError(404, "resource_missing", `There is no space ${spaceHeader}.`);
  if (!user.spaces.includes(known.id)) throw forbidden(known, user);
  if (known.state !== "ACTIVE") throw new ApiError(403, "space_inactive", `The space ${known.id} is not active.`);
  return known;
}
