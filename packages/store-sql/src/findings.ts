import type { Finding, FindingPage, Instant, KeptFinding, ShopId } from "@checkout-plugins/core";
import { firstFindings, isOfTruth } from "@checkout-plugins/core/store";
import type { Insertable, Selectable } from "kysely";
import { addNotice } from "./notices.ts";
import type { Db, Schema } from "./schema.ts";

type FindingRecord = Selectable<Schema["findings"]>;

/** By a rule of core: what is kept of those that are open, with those that were found now. */
export type FindingRule = (open: readonly KeptFinding[]) => readonly KeptFinding[];

export async function updateFindings(db: Db, payment: string, now: Instant, rule: FindingRule): Promise<void> {
  const open = await db
    .selectFrom("findings")
    .selectAll()
    .where("payment", "=", payment)
    .where("resolved_on", "is", null)
    .execute();
  for (const kept of rule(open.map(toFinding))) {
    const known = open.find((one) => one.key === kept.key && isOfTruth(toFinding(one)) === isOfTruth(kept));
    const record = toRecord(kept);
    if (known === undefined) {
      await db.insertInto("findings").values(record).execute();
      await addNotice(db, kept, now);
    } else if (isChanged(known, record)) {
      await db.updateTable("findings").set(record).where("id", "=", known.id).execute();
    }
  }
}

export async function readFindings(
  db: Db,
  shop: ShopId,
  { after, limit, open = false }: FindingPage = firstFindings,
): Promise<readonly KeptFinding[]> {
  const records = await db
    .selectFrom("findings")
    .selectAll()
    .where("shop", "=", shop)
    .$if(open, (query) => query.where("resolved_on", "is", null))
    .$if(after !== null, (query) =>
      query.where((eb) =>
        eb(
          eb.refTuple("since", "payment", "key"),
          "<",
          eb.tuple(after?.since ?? "", after?.payment ?? "", after?.key ?? ""),
        ),
      ),
    )
    .orderBy("since", "desc")
    .orderBy("payment", "desc")
    .orderBy("key", "desc")
    .limit(limit)
    .execute();
  return records.map(toFinding);
}

function isChanged(known: FindingRecord, record: Insertable<Schema["findings"]>): boolean {
  return Object.entries(record).some(([name, value]) => known[name as keyof FindingRecord] !== value);
}

export function toFinding(record: FindingRecord): KeptFinding {
  return {
    key: record.key,
    kind: record.kind as Finding["kind"],
    detail: record.detail,
    amount: record.amount === null ? null : JSON.parse(record.amount),
    shop: record.shop as KeptFinding["shop"],
    payment: record.payment as KeptFinding["payment"],
    since: record.since as KeptFinding["since"],
    resolvedOn: record.resolved_on as KeptFinding["resolvedOn"],
    toldOn: record.told_on as KeptFinding["toldOn"],
  };
}

function toRecord(kept: KeptFinding): Insertable<Schema["findings"]> {
  return {
    payment: kept.payment,
    shop: kept.shop,
    key: kept.key,
    kind: kept.kind,
    detail: kept.detail,
    amount: kept.amount === null ? null : JSON.stringify(kept.amount),
    since: kept.since,
    resolved_on: kept.resolvedOn, // not told_on, which is written by whoever told
  };
}
