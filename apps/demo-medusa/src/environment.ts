export interface Environment {
  readonly port: number;
  /** null: a PostgreSQL of our own, which forgets everything at the end. */
  readonly databaseUrl: string | null;
  readonly shopUrl: string;
}

const needed = ["SERVICE_URL", "SPACE_ID", "APPLICATION_USER_ID", "AUTHENTICATION_KEY", "SHOP_SECRET"];

/** @throws Error that names what is missing. */
export function readEnvironment(variables: NodeJS.ProcessEnv): Environment {
  const missing = needed.filter((name) => !variables[name]);
  if (missing.length > 0) {
    throw new Error(`Set ${missing.join(", ")}, or start everything at once: npm run demo:medusa`);
  }
  const port = Number(variables.PORT ?? 9000);
  return {
    port,
    databaseUrl: variables.DATABASE_URL ?? null,
    shopUrl: variables.SHOP_URL ?? `http://localhost:${port}`,
  };
}
