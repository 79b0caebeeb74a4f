import { join } from "node:path";
import { type OpenedStore, testPaymentStore } from "@checkout-plugins/conformance";
import { silentLogger as logger } from "../test/silent-logger.ts";
import { makeTempFolder } from "../test/temp-folder.ts";
import { createSqlStore, type SqlStore } from "./index.ts";

interface OpenedFile extends OpenedStore {
  readonly file: string;
  readonly stores: SqlStore[];
}

testPaymentStore<OpenedFile>("SQLite", {
  async open(settings) {
    const folder = await makeTempFolder();
    const file = join(folder.path, "payments.sqlite");
    const store = await createSqlStore({ database: { file }, logger, ...settings });
    const stores = [store];
    return {
      store,
      file,
      stores,
      async close() {
        await stores.at(-1)?.close();
        await folder.remove();
      },
    };
  },
  async reopen({ file, stores }) {
    await stores.at(-1)?.close();
    const store = await createSqlStore({ database: { file }, logger });
    stores.push(store);
    return store;
  },
});
