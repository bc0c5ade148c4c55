const months = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');
const weekdays = 'sun mon tue wed thu fri sat'.split(' ');

/**
 * The minimum and maximum of each field, and names for the numbers: `names[0]` is the name of the minimum.
 */
const fields: readonly {
  readonly least: number;
  readonly most: number;
  readonly names?: readonly string[];
}[] = [
  { least: 0, most: 59 },
  { least: 0, most: 23 },
  { least: 1, most: 31 },
  { least: 1, most: 12, names: months },
  { least: 0, most: 6, names: weekdays },
];

/**
 * Whether Kubernetes and k3s accept a schedule. Both use robfig/cron v3, which accepts five fields, or a
 * macro such as `@daily`.
 */
export function isSchedule(text: string): boolean {
  if (/^@(yearly|annually|monthly|weekly|daily|midnight|hourly)$/.test(text)) return true;
  if (/^@every \d+(h|m|s)(\d+(m|s))*$/.test(text)) return true;
  const parts = text.trim().split(/\s+/);
  return (
    parts.length === 5 &&
    parts.every((part, index) => part.split(',').every((range) => isRange(range, index)))
  );
}

function isRange(text: string, index: number): boolean {
  const { least, most, names = [] } = fields[index] ?? { least: 0, most: 0 };
  const [, from = '', to, step] = /^([^-/]+)(?:-([^-/]+))?(?:\/(\d+))?$/.exec(text) ?? [];
  if (step !== undefined && Number(step) === 0) return false;
  if (from === '*' || from === '?') return to === undefined;
  const number = (word: string): number => {
    const named = names.indexOf(word.toLowerCase());
    if (named !== -1) return named + least;
    return /^\d+$/.test(word) ? Number(word) : Number.NaN;
  };
  const first = number(from);
  const last = to === undefined ? first : number(to);
  return first >= least && last <= most && first <= last;
}
