export {
  createGateway,
  type Gateway,
  type GatewayParts,
} from "./gateway.ts";
export type { DoorParts } from "./manage/door.ts";
export type { GatewayShop, RegistryParts } from "./shops.ts";
