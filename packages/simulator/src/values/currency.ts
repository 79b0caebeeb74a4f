/** ISO 4217 currencies whose minor unit is not a hundredth. */
const otherDigits: Readonly<Record<string, number>> = {
  ...Object.fromEntries(
    "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF".split(" ").map((code) => [code, 0]),
  ),
  ...Object.fromEntries("BHD IQD JOD KWD LYD OMR TND".split(" ").map((code) => [code, 3])),
  ...Object.fromEntries("CLF UYW".split(" ").map((code) => [code, 4])),
};
const codes: ReadonlySet<string> = new Set(Intl.supportedValuesOf("currency"));

export function isCurrency(code: string): boolean {
  return codes.has(code);
}

/** Digits after the point of the currency: CHF 2, JPY 0, KWD 3. */
export function currencyDigits(code: string): number {
  return otherDigits[code] ?? 2;
}
