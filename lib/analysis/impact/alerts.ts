import type { Json } from '../../documents/kubernetes';
import type { Output } from '../../documents/output';
import { changes, describeChange } from './changes';
import type { Consequence } from './consequence';

interface RuleFile {
  readonly groups?: readonly { readonly rules?: readonly AlertRuleFields[] }[];
}

interface AlertRuleFields {
  readonly alert?: string;
  readonly record?: string;
  readonly labels?: Readonly<Record<string, string>>;
}

/** The name of an alert with its labels: alerts of several targets can have the same name. */
function nameOf({ alert, record, labels = {} }: AlertRuleFields): string {
  const own = Object.entries(labels).flatMap(([key, value]) => (key === 'severity' ? [] : `${key}=${value}`));
  return [alert ?? record ?? 'without a name', ...own].join(' ');
}

/** Changes of the alert rules. A change takes effect when the metrics server loads the rules. */
export function alerts(base: Output, head: Output): Consequence[] {
  const [before, after] = [alertsOf(base), alertsOf(head)];
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((name): Consequence[] => {
    const [old, now] = [before.get(name), after.get(name)];
    const found = changes(old, now);
    const [first] = found;
    if (first === undefined) return [];
    const reason =
      old === undefined
        ? 'The rule is new.'
        : now === undefined
          ? 'The alert is no longer sent.'
          : `${found.slice(0, 3).map(describeChange).join('; ')}.`;
    return [
      { class: 'in place', side: 'alerts', object: `alert ${name}`, field: first.path, reason, wayOut: '' },
    ];
  });
}

function alertsOf({ rules }: Output): Map<string, Json> {
  const files = rules.map((each) => (each.rules ?? {}) as RuleFile);
  const all = files.flatMap(({ groups = [] }) => groups.flatMap((group) => group.rules ?? []));
  return new Map(all.map((rule) => [nameOf(rule), rule as Json]));
}
