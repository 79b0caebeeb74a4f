export { parseJson, readBody } from "./body.ts";
export {
  createGatewayClient,
  type GatewayClient,
  type GatewayClientSettings,
  type RunOptions,
} from "./gateway-client.ts";
export { GatewayError, type GatewayErrorCode, type GatewayErrorDetails, isGatewayError } from "./gateway-error.ts";
export { createProtocolPlatform, type ProtocolPlatform } from "./hosted/hosted-platform.ts";
export type { HostedParts } from "./hosted/post-to-shop.ts";
export type { Door } from "./hosted/shop-answer.ts";
export { createOpenApi, type OpenApiDocument, type OpenApiSettings } from "./openapi/document.ts";
export { type PairAnswer, type PairRequest, pairAnswerSchema, pairRequestSchema } from "./pairing/exchange.ts";
export { type PairedShop, type PairShopSettings, pairShop } from "./pairing/pair-shop.ts";
export { type PairingCode, parsePairingCode, toPairingCode } from "./pairing/pairing-code.ts";
export { createShopDoor, type ShopDoorSettings } from "./shop-door.ts";
export {
  isSecret,
  type MessageToSign,
  type MessageToVerify,
  type SignatureHeaders,
  signatureTolerance,
  signMessage,
  type Verification,
  verifyMessage,
} from "./signature.ts";
export { commandSchema, parseCommand } from "./wire/command.ts";
export { type Fault, type ReadFault, readFault, toFault } from "./wire/fault.ts";
export { parsePayment, paymentSchema } from "./wire/payment.ts";
export { parseResult, resultSchema } from "./wire/result.ts";
export {
  type MethodsChangedMessage,
  methodsChangedSchema,
  parseDoorMessage,
  parseShowMessage,
  parseShown,
  type ShowMessage,
  showMessageSchema,
  shownSchema,
} from "./wire/show.ts";
