import type { JsonObject } from "../values/json.ts";
import { createPdf } from "./pdf.ts";

/** How a slip is printed: a line's characters (TXT) or the paper's millimetres (PDF). */
export interface SlipLayout {
  readonly format: "PDF" | "TXT";
  readonly width: number;
}
/** A text from the left, and one up to the right. */
export type SlipLine = readonly [left: string, right?: string];

function toText(lines: readonly SlipLine[], width: number): string {
  return lines
    .map(([left, right = ""]) => {
      const room = Math.max(0, width - right.length - (right === "" ? 0 : 1));
      return right === "" ? left.slice(0, width) : `${left.slice(0, room).padEnd(room)} ${right}`;
    })
    .join("\n");
}

function toPdf(title: string, lines: readonly SlipLine[], width: number): Uint8Array {
  // Paper of so many millimetres, in points, on a page of A4.
  const right = 40 + Math.min(515, (width * 72) / 25.4);
  const texts = lines.flatMap(([left, end], index) => {
    const y = 60 + index * 16;
    return [
      { text: left, x: 40, y, size: 9 },
      ...(end === undefined ? [] : [{ text: end, x: right, y, size: 9, isRight: true }]),
    ];
  });
  return createPdf(title, texts);
}

/** `data` in Base64 and its `mimeType`. */
export function renderSlip(title: string, lines: readonly SlipLine[], { format, width }: SlipLayout): JsonObject {
  const bytes = format === "TXT" ? Buffer.from(toText(lines, width)) : Buffer.from(toPdf(title, lines, width));
  return { data: bytes.toString("base64"), mimeType: format === "TXT" ? "text/plain" : "application/pdf" };
}
