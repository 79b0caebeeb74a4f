const graphemes = new Intl.Segmenter("und", { granularity: "grapheme" });

/** One line: control characters and line breaks become spaces, spaces in a row one, and none is left at the ends. */
export function toSingleLine(text: string): string {
  return text
    .toWellFormed()
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, " ")
    .trim();
}

/**
 * At most `max` UTF-16 code units, cut between two characters as a reader sees them: never within a surrogate pair, an
 * accent or an emoji sequence, unless the first such character alone is longer than `max`.
 */
export function cutText(text: string, max: number): string {
  if (text.length <= max) return text;
  let end = 0;
  // Where a character ends depends on what comes before and on one code point after.
  for (const { index, segment } of graphemes.segment(text.slice(0, max + 2))) {
    if (index + segment.length > max) break;
    end = index + segment.length;
  }
  if (end === 0) end = isHighSurrogate(text.charCodeAt(max - 1)) ? max - 1 : max;
  return text.slice(0, end).trimEnd();
}

function isHighSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdbff;
}
