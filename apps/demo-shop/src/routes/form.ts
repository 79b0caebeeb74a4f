import type { Context } from "hono";
import { HTTPException } from "hono/http-exception";

/** The text fields of a form by name, the last of several. Files are left out. */
export async function readForm(context: Context): Promise<Readonly<Record<string, string>>> {
  const form = await context.req.formData().catch((cause: unknown) => {
    throw new HTTPException(400, { message: "The body is no form", cause });
  });
  const fields: Record<string, string> = {};
  for (const [name, value] of form) if (typeof value === "string") fields[name] = value;
  return fields;
}
