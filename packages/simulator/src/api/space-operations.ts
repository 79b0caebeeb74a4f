import { ApiError, missing } from "../api-error.ts";
import type { World } from "../service/world.ts";
import type { SpaceRow, UserRow } from "../state/space.ts";
import { defaultSwitches } from "../state/switches.ts";
import { numberText } from "../values/json.ts";
import { spaceView } from "../views/space-views.ts";
import { listed, type Paged, searched } from "./lists.ts";
import { getGlobal, type Operation } from "./operation.ts";

const spaces: Paged<SpaceRow> = { view: spaceView, idOf: (space) => space.id };

/** What a connection test reads: the spaces that the user may see. */
export function createSpaceOperations(world: World): readonly Operation[] {
  const visible = (user: UserRow) => [...world.state.spaces.values()].filter((space) => user.spaces.includes(space.id));
  return [
    getGlobal("/spaces", (call) => listed(visible(call.user), spaces, call)),
    getGlobal("/spaces/search", (call) => searched(visible(call.user), spaces, call, defaultSwitches)),
    getGlobal("/spaces/:id", (call) => {
      const { id = "" } = call.params;
      const space = [...world.state.spaces.values()].find((candidate) => candidate.id === id);
      if (space === undefined) throw missing("space", id);
      if (!call.user.spaces.includes(space.id)) throw forbidden(space, call.user);
      return spaceView(space, call.expand, call.context);
    }),
    getGlobal("/application-users/:id", (call) => {
      if (call.params.id !== call.user.id) throw missing("application user", call.params.id ?? "");
      const { id, name } = call.user;
      return {
        id: numberText(id),
        name,
        state: "ACTIVE",
        userType: "APPLICATION_USER",
        version: 1,
        requestLimit: null,
      };
    }),
  ];
}

/** 403, or 404 where the space is switched to hide itself. */
export function forbidden(space: SpaceRow, user: UserRow): ApiError {
  if (space.switches.hiddenSpace === "404") return missing("space", space.id);
  return new ApiError(
    403,
    "permission_denied",
    `The user ${user.id} (${user.name}) has no permission in the space ${space.id}.`,
  );
}
