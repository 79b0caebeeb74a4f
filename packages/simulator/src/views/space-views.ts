import type { SpaceRow, WebhookListenerRow, WebhookUrlRow } from "../state/space.ts";
import { numberText } from "../values/json.ts";
import { dateTime, reference, type View } from "./common.ts";

export const spaceView: View<SpaceRow> = (row, expand) => ({
  id: numberText(row.id),
  name: row.name,
  account: expand.one("account", row.account, () => ({
    id: numberText(row.account),
    name: "Simulator",
    state: "ACTIVE",
    active: true,
    type: "REGULAR",
    version: 1,
  })),
  state: row.state,
  active: row.state === "ACTIVE",
  activeOrRestrictedActive: row.state === "ACTIVE",
  restrictedActive: false,
  primaryCurrency: row.primaryCurrency,
  timeZone: row.timeZone,
  requestLimit: row.switches.requestLimit === 0 ? null : row.switches.requestLimit,
  technicalContactAddresses: [],
  postalAddress: null,
  database: null,
  createdBy: null,
  createdOn: dateTime(row.createdOn),
  deletedBy: null,
  deletedOn: null,
  plannedPurgeDate: null,
  version: row.version,
});

export const webhookUrlView: View<WebhookUrlRow> = (row) => ({
  id: numberText(row.id),
  linkedSpaceId: numberText(row.space),
  version: row.version,
  name: row.name,
  url: row.url,
  state: row.state,
  applicationManaged: false,
  plannedPurgeDate: null,
});

export const webhookListenerView: View<WebhookListenerRow> = (row, expand, context) => ({
  id: numberText(row.id),
  linkedSpaceId: numberText(row.space),
  version: row.version,
  name: row.name,
  entity: numberText(row.entity),
  entityStates: row.entityStates,
  notifyEveryChange: row.notifyEveryChange,
  state: row.state,
  url: reference(expand, "url", row.url, context.world.state.tables.webhookUrls, webhookUrlView, context),
  identity: null,
  enablePayloadSignatureAndState: row.signed,
  plannedPurgeDate: null,
});
