import { stringify } from 'yaml';
import { type AlertingRule, type AlertRule, alertsOf, unresolvedOf } from './rule';

/**
 * Prints a rule file for Prometheus and vmalert. The rules keep their order. Unresolved alerts are only
 * listed in a comment at the top.
 *
 * @param group the name of the group, unique in the metrics server
 * @param header lines of a comment at the top
 * @see https://prometheus.io/docs/prometheus/latest/configuration/alerting_rules/
 */
export function printRules(
  group: string,
  rules: readonly AlertingRule[],
  header: readonly string[] = [],
): string {
  const unresolved = unresolvedOf(rules).map(({ name, summary, unresolved: find }) => [
    `  ${name}: ${summary}`,
    `    ${find}`,
  ]);
  const comment = [
    ...header,
    ...(header.length > 0 && unresolved.length > 0 ? [''] : []),
    ...(unresolved.length > 0
      ? ["UNRESOLVED: these alerts can't fire until the name of their metric is known."]
      : []),
    ...unresolved.flat(),
  ];
  const groups = [{ name: group, rules: alertsOf(rules).map(printed) }];
  return comment.map(commentLine).join('') + stringify({ groups }, { lineWidth: 0, compat: 'yaml-1.1' });
}

function printed(rule: AlertRule): object {
  return {
    alert: rule.name,
    expr: rule.expression,
    for: rule.for,
    labels: { job: rule.emittedBy, severity: rule.severity, ...rule.labels },
    annotations: { summary: rule.summary, action: rule.action },
  };
}

/** Replaces line breaks, which would end the comment. */
function commentLine(text: string): string {
  return `${`# ${text.replaceAll(/[\r\n\u0085\u2028\u2029]+/g, ' ')}`.trimEnd()}\n`;
}
