export {
  createGateway,
  type DoorParts,
  type Gateway,
  type GatewayParts,
} from "./gateway.ts";
export type { GatewayShop, RegistryParts } from "./shops.ts";
