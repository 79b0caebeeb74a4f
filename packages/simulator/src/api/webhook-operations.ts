import type { CreationEntityState } from "@checkout-plugins/client";
import { missing, unprocessable } from "../api-error.ts";
import { webhookEntities } from "../catalogue/webhook-entities.ts";
import { checkVersion } from "../service/transactions.ts";
import { find, type World } from "../service/world.ts";
import type { WebhookListenerRow, WebhookUrlRow } from "../state/space.ts";
import { webhookListenerView, webhookUrlView } from "../views/space-views.ts";
import type { SigningKey } from "../webhooks/signing-key.ts";
import { readTriple, tableResource } from "./lists.ts";
import { create, getGlobal, type Operation, PlainText, patch, remove, type SpaceCall } from "./operation.ts";
import { choice, type Fields, flag, id, integer, list, object, read, type Shape, text } from "./shape.ts";

const state: Shape<CreationEntityState> = choice(["CREATE", "ACTIVE", "INACTIVE", "DELETING", "DELETED"]);
const name = text({ max: 50 });

type UrlContent = Partial<Pick<WebhookUrlRow, "name" | "url" | "state">>;
const urlFields: Fields<UrlContent> = {
  name,
  url: text({
    min: 9,
    max: 500,
    pattern: /^https?:\/\/\S+$/i,
    patternText: "an address that begins with http:// or https://",
  }),
  state,
};
type ListenerContent = Partial<Pick<WebhookListenerRow, "name" | "entityStates" | "notifyEveryChange" | "state">>;
const listenerFields: Fields<ListenerContent> = { name, entityStates: list(text()), notifyEveryChange: flag, state };

const urlCreate = object<UrlContent>(urlFields, ["url"]);
const urlUpdate = object<UrlContent & { version: number }>({ ...urlFields, version: integer }, ["version"]);
const listenerCreate = object<ListenerContent & Pick<WebhookListenerRow, "entity" | "url">>(
  { ...listenerFields, entity: id, url: id },
  ["entity", "url"],
);
const listenerUpdate = object<ListenerContent & { version: number }>({ ...listenerFields, version: integer }, [
  "version",
]);

/** An entity that is created with `CREATE` becomes active at once. */
const begun = (wanted: CreationEntityState | undefined): CreationEntityState =>
  wanted === undefined || wanted === "CREATE" ? "ACTIVE" : wanted;

export function createWebhookOperations(world: World, key: SigningKey): readonly Operation[] {
  const { webhookUrls, webhookListeners } = world.state.tables;
  const foundUrl = (call: SpaceCall) => find(webhookUrls, call.space.id, call.params.id ?? "", "webhook URL");
  const foundListener = (call: SpaceCall) =>
    find(webhookListeners, call.space.id, call.params.id ?? "", "webhook listener");
  const isStrict = (call: SpaceCall) => call.space.switches.versionCheck === "strict";

  return [
    getGlobal("/webhooks/encryption-keys/:id", (call) => {
      if (call.params.id !== key.id) throw missing("webhook encryption key", call.params.id ?? "");
      return new PlainText(key.publicKey);
    }),
    create("/webhooks/urls", (call) => {
      const body = read(urlCreate, call.body);
      const row = {
        name: "",
        url: "",
        ...body,
        id: world.newId(),
        space: call.space.id,
        version: 1,
        state: begun(body.state),
      };
      return webhookUrlView(webhookUrls.put(row), call.expand, call.context);
    }),
    patch("/webhooks/urls/:id", (call) => {
      const { version, ...changes } = read(urlUpdate, call.body);
      const row = foundUrl(call);
      checkVersion(row, version, isStrict(call));
      return webhookUrlView(
        webhookUrls.put({ ...row, ...changes, version: row.version + 1 }),
        call.expand,
        call.context,
      );
    }),
    remove("/webhooks/urls/:id", (call) => {
      const row = foundUrl(call);
      webhookUrls.put({ ...row, state: "DELETED", version: row.version + 1 });
    }),
    create("/webhooks/listeners", (call) => {
      const body = read(listenerCreate, call.body);
      if (!Object.values<string>(webhookEntities).includes(body.entity)) {
        throw unprocessable("unknown_entity", `${body.entity} is not an entity that can be listened to.`, {
          entity: "is unknown",
        });
      }
      find(webhookUrls, call.space.id, body.url, "webhook URL");
      const row = webhookListeners.put({
        name: "",
        entityStates: [],
        notifyEveryChange: false,
        ...body,
        id: world.newId(),
        space: call.space.id,
        version: 1,
        state: begun(body.state),
        signed: call.space.switches.webhookSignature === "signed",
      });
      return webhookListenerView(row, call.expand, call.context);
    }),
    patch("/webhooks/listeners/:id", (call) => {
      const { version, ...changes } = read(listenerUpdate, call.body);
      const row = foundListener(call);
      checkVersion(row, version, isStrict(call));
      const updated = webhookListeners.put({ ...row, ...changes, version: row.version + 1 });
      return webhookListenerView(updated, call.expand, call.context);
    }),
    remove("/webhooks/listeners/:id", (call) => {
      const row = foundListener(call);
      webhookListeners.put({ ...row, state: "DELETED", version: row.version + 1 });
    }),
    ...readTriple(tableResource("webhook URL", "/webhooks/urls", webhookUrls, webhookUrlView)),
    ...readTriple(tableResource("webhook listener", "/webhooks/listeners", webhookListeners, webhookListenerView)),
  ];
}
