import type { Unresolved } from '../config/schema/unresolved';

/** How soon somebody has to look: now, or within days. */
export type AlertSeverity = 'critical' | 'warning';

/** A series that a rule reads, and how sure it is that somebody emits it under that name. */
export interface Series {
  readonly name: string;
  /** `documented` by whoever emits it, `stated` by the operator, or `assumed` of a program whose code isn't here. */
  readonly standing: 'documented' | 'stated' | 'assumed';
  /** Where that is written; for what is assumed, how to find out. */
  readonly source: string;
}

/** Where the rules are at home: what their selectors and the commands in their actions name. */
export interface Scope {
  /** The label `cluster` that the agent adds to all that it sends. */
  readonly cluster: string;
  readonly namespace: string;
  /** The Deployment of the agent that scrapes. */
  readonly agent: string;
}

/** One alert. It fires for every series that its expression returns for long enough. */
export interface AlertRule {
  readonly name: string;
  /** PromQL, understood by Prometheus and VictoriaMetrics alike. */
  readonly expression: string;
  /** How long the expression must hold before it fires, such as `10m`. */
  readonly for: string;
  readonly severity: AlertSeverity;
  /** What has happened, in one sentence; may quote `{{ $labels.instance }}` and `{{ $value }}`. */
  readonly summary: string;
  /** What to do, for somebody who was just woken. */
  readonly action: string;
  /** The job of the declared target that emits the series. */
  readonly emittedBy: string;
  /** Every series that the expression reads. */
  readonly series: readonly Series[];
  /** Labels beside `job` and `severity`, which tell rules of one name and job apart. @default none */
  readonly labels?: Readonly<Record<string, string>>;
}

/** An alert that is wanted and can't be written yet: nobody emits its series, or nobody knows the series' name. */
export interface UnresolvedRule extends Unresolved {
  readonly name: string;
  /** What it is to notice. */
  readonly summary: string;
}

export type AlertingRule = AlertRule | UnresolvedRule;

/** The alerts among rules: those that can fire. */
export function alertsOf(rules: readonly AlertingRule[]): AlertRule[] {
  return rules.filter((rule): rule is AlertRule => !('unresolved' in rule));
}

/** What is wanted and still unresolved among rules. */
export function unresolvedOf(rules: readonly AlertingRule[]): UnresolvedRule[] {
  return rules.filter((rule): rule is UnresolvedRule => 'unresolved' in rule);
}
