import { chmod, readFile, writeFile } from "node:fs/promises";

/** Of 32 bytes in Base64, as `openssl rand -base64 32` makes it. */
export function isEncryptionKey(text: string): boolean {
  const bytes = Buffer.from(text, "base64");
  return bytes.length === 32 && bytes.toString("base64") === text;
}

export function toEncryptionKey(text: string): Uint8Array {
  return Buffer.from(text, "base64");
}

/**
 * The keys of this file, one for each line, newest first; the file is made with a new key where there is none, and is
 * its owner's only.
 *
 * @throws Error when it cannot be read or holds anything else.
 */
export async function keepEncryptionKeys(
  file: string,
  randomBytes: (length: number) => Uint8Array,
): Promise<readonly Uint8Array[]> {
  const fresh = `${Buffer.from(randomBytes(32)).toString("base64")}\n`;
  await writeFile(file, fresh, { mode: 0o600, flag: "wx" }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "EEXIST") throw error;
  });
  await chmod(file, 0o600);
  const lines = (await readFile(file, "utf8")).split("\n").filter((line) => line.trim() !== "");
  if (lines.length > 0 && lines.every(isEncryptionKey)) return lines.map(toEncryptionKey);
  throw new Error(
    `${file} must hold encryption keys, one for each line: 32 bytes in Base64. Restore it from a copy: without its key the secrets of the shops cannot be read, and must be entered again.`,
  );
}
