import type { OutputFile } from '../../documents/file';
import { printRules } from './print';
import { type AlertingRule, unresolvedOf } from './rule';

/**
 * The rule file of a deployment, in a directory of its own: `kubectl apply -f dist/` decodes whatever YAML lies in
 * `dist/` itself, and these are no objects of a cluster. None for a deployment without alerts.
 *
 * @param namespace the deployment's, which names the group and the file
 */
export function alertFile(namespace: string, rules: readonly AlertingRule[]): OutputFile[] {
  if (rules.length === 0) return [];
  return [{ path: `prometheus/${namespace}.rules.yaml`, text: printRules(namespace, rules, header) }];
}

const header = [
  'Made by `npm run synth` from the configuration: change that, not this.',
  'For the metrics server outside (Prometheus, or vmalert beside VictoriaMetrics), not for kubectl.',
];

/** What to tell of alerts that are wanted and that nothing can fire yet. */
export function unfiredRemarks(rules: readonly AlertingRule[]): string[] {
  const unresolved = unresolvedOf(rules);
  if (unresolved.length === 0) return [];
  return [
    'Alerts that are wanted, and that nothing can fire yet:',
    ...unresolved.map(({ name, unresolved: find }) => `  ${name}: ${find}`),
  ];
}
