/** One line of a page, from the top down. Sizes and places in points. */
export interface PdfText {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly size: number;
  readonly isBold?: boolean;
  /** Ends at x instead of beginning there. */
  readonly isRight?: boolean;
}

const pageHeight = 842;

/** Text as Latin-1 bytes in a PDF string; what Latin-1 has not becomes a question mark. */
function toPdfString(text: string): string {
  const latin = [...text].map((character) => {
    const code = character.codePointAt(0) ?? 63;
    if (character === "’") return "'";
    return code < 256 ? character : "?";
  });
  return `(${latin.join("").replace(/[\\()]/g, "\\$&")})`;
}

/** Helvetica's digits are all 0.556 wide; for amounts that is exact enough. */
function widthOf(text: string, size: number): number {
  return [...text].reduce((width, character) => width + (/[.,'’ ]/.test(character) ? 0.278 : 0.58), 0) * size;
}

function toOperator({ text, x, y, size, isBold = false, isRight = false }: PdfText): string {
  const left = isRight ? x - widthOf(text, size) : x;
  return `BT /${isBold ? "B" : "R"} ${size} Tf ${left.toFixed(2)} ${(pageHeight - y).toFixed(2)} Td ${toPdfString(text)} Tj ET`;
}

/** A PDF file of one A4 page. */
export function createPdf(title: string, texts: readonly PdfText[]): Uint8Array {
  const content = texts.map(toOperator).join("\n");
  const font = (name: string) => `<< /Type /Font /Subtype /Type1 /BaseFont /${name} /Encoding /WinAnsiEncoding >>`;
  const objects = [
    "<< /Type /Catalog /Pages 2 0 R >>",
    "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
    `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 ${pageHeight}] /Contents 4 0 R /Resources << /Font << /R 5 0 R /B 6 0 R >> >> >>`,
    `<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
    font("Helvetica"),
    font("Helvetica-Bold"),
    `<< /Title ${toPdfString(title)} /Producer (PostFinance Checkout simulator) >>`,
  ];
  let file = "%PDF-1.4\n%\xe2\xe3\xcf\xd3\n";
  const places = objects.map((object, index) => {
    const place = file.length;
    file += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return place;
  });
  const table = places.map((place) => `${String(place).padStart(10, "0")} 00000 n \n`).join("");
  const trailer = `<< /Size ${objects.length + 1} /Root 1 0 R /Info ${objects.length} 0 R >>`;
  file += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${table}trailer\n${trailer}\nstartxref\n${file.length}\n%%EOF\n`;
  return Buffer.from(file, "latin1");
}
