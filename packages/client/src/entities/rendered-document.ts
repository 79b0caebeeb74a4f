import { type Fields, orNull, readText } from "../wire/fields.ts";

/** A document as the service rendered it, usually a PDF. */
export interface RenderedDocument {
  readonly title: string | null;
  readonly mimeType: string;
  readonly data: Uint8Array;
}

export function toRenderedDocument(fields: Fields): RenderedDocument {
  return {
    title: orNull(fields, "title", readText),
    mimeType: readText(fields, "mimeType"),
    data: Buffer.from(readText(fields, "data"), "base64"),
  };
}
