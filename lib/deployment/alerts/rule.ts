import type { Unresolved } from '../config/schema/unresolved';

/** How soon to react: now, or within days. */
export type AlertSeverity = 'critical' | 'warning';

/** A series that a rule reads, and how certain its name is. */
export interface Series {
  readonly name: string;
  /**
   * `documented` by its program, `stated` by the operator, or `assumed` about a program whose code isn't
   * here.
   */
  readonly standing: 'documented' | 'stated' | 'assumed';
  /** Where the name is documented; for an assumed name, how to verify it. */
  readonly source: string;
}

/** The names that selectors and commands of the rules use. */
export interface Scope {
  /** The label `cluster` that the agent adds to all series. */
  readonly cluster: string;
  readonly namespace: string;
  /** The Deployment of the agent that scrapes. */
  readonly agent: string;
}

/** One alert. It fires for each series that its expression returns for the stated time. */
export interface AlertRule {
  readonly name: string;
  /** PromQL for Prometheus and VictoriaMetrics. */
  readonly expression: string;
  /** How long the expression must hold before it fires, such as `10m`. */
  readonly for: string;
  readonly severity: AlertSeverity;
  /** What happened, in one sentence; may use `{{ $labels.instance }}` and `{{ $value }}`. */
  readonly summary: string;
  /** What to do, with commands. */
  readonly action: string;
  /** The job of the target that emits the series. */
  readonly emittedBy: string;
  /** Every series that the expression reads. */
  readonly series: readonly Series[];
  /** Labels in addition to `job` and `severity`, for rules with the same name and job. @default none */
  readonly labels?: Readonly<Record<string, string>>;
}

/** An alert that can't be written yet, because its series doesn't exist or its name is unknown. */
export interface UnresolvedRule extends Unresolved {
  readonly name: string;
  /** What the alert detects. */
  readonly summary: string;
}

export type AlertingRule = AlertRule | UnresolvedRule;

/** The alerts that can fire. */
export function alertsOf(rules: readonly AlertingRule[]): AlertRule[] {
  return rules.filter((rule): rule is AlertRule => !('unresolved' in rule));
}

/** The alerts that are unresolved. */
export function unresolvedOf(rules: readonly AlertingRule[]): UnresolvedRule[] {
  return rules.filter((rule): rule is UnresolvedRule => 'unresolved' in rule);
}
