const pattern = /^P(?=\d|T\d)(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d{1,3})?)S)?)?$/;

/** An ISO 8601 duration of days, hours, minutes and seconds, such as `PT1H` or `P5D`. */
export type Duration = string;

export function isDuration(text: string): boolean {
  return pattern.test(text) && !text.endsWith("T");
}

/** Milliseconds. @throws TypeError when it is not a duration this simulator reads. */
export function toMilliseconds(duration: Duration): number {
  const match = isDuration(duration) ? pattern.exec(duration) : null;
  if (match === null) throw new TypeError(`"${duration}" is not a duration such as PT0.5S, PT10M or P5D`);
  const [days = 0, hours = 0, minutes = 0, seconds = 0] = match.slice(1).map((part) => Number(part ?? 0));
  return Math.round((((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1000);
}
