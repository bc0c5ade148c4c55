/** `25%` of so many, or the number itself. */
export function scaled(value: number | string, of: number, round: (value: number) => number): number {
  const percent = /^(\d+)%$/.exec(String(value))?.[1];
  return percent === undefined ? Number(value) : round((Number(percent) * of) / 100);
}
