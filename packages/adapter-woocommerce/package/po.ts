/** One text of a .po file: what the code says, and what a reader of its language reads. */
export interface Entry {
  readonly id: string;
  readonly text: string;
}

/** Reads msgid and msgstr of a .po file; its header has the empty id. Plurals and contexts are not used here. */
export function parsePo(source: string): readonly Entry[] {
  const entries = source.split(/\n\s*\n/).map((block) => ({ id: read(block, "msgid"), text: read(block, "msgstr") }));
  return entries.flatMap(({ id, text }) => (id === null || text === null ? [] : [{ id, text }]));
}

function read(block: string, keyword: string): string | null {
  const lines = new RegExp(`^${keyword} ("(?:[^"\\\\]|\\\\.)*"(?:\\n"(?:[^"\\\\]|\\\\.)*")*)`, "m").exec(block)?.[1];
  return lines === undefined
    ? null
    : lines
        .split("\n")
        .map((line) => JSON.parse(line) as string)
        .join("");
}

/** The form WordPress reads: https://www.gnu.org/software/gettext/manual/html_node/MO-Files.html. */
export function toMo(entries: readonly Entry[]): Uint8Array {
  const sorted = [...entries].sort((one, other) => Buffer.compare(Buffer.from(one.id), Buffer.from(other.id)));
  const head = 28;
  const table = sorted.length * 8;
  const numbers = [0x950412de, 0, sorted.length, head, head + table, 0, head + 2 * table];
  const texts: Buffer[] = [];
  let at = head + 2 * table;
  for (const field of ["id", "text"] as const) {
    for (const entry of sorted) {
      const bytes = Buffer.from(`${entry[field]}\0`);
      numbers.push(bytes.length - 1, at);
      texts.push(bytes);
      at += bytes.length;
    }
  }
  const words = Buffer.alloc(numbers.length * 4);
  numbers.forEach((number, index) => {
    words.writeUInt32LE(number, index * 4);
  });
  return Buffer.concat([words, ...texts]);
}
