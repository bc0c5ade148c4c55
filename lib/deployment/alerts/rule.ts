import type { Unresolved } from '../config/schema/unresolved';

/** `critical`: react now. `warning`: react within days. */
export type AlertSeverity = 'critical' | 'warning';

/** A time series that a rule reads, and how certain the series' name is. */
export interface Series {
  readonly name: string;
  /**
   * `documented` in the docs of the program, `stated` in the configuration, or `assumed`, because the source
   * code of the program was not available.
   */
  readonly standing: 'documented' | 'stated' | 'assumed';
  /** Where the name is documented; for an assumed name, how to verify it. */
  readonly source: string;
}

/** The names that the selectors and the commands of the rules contain. */
export interface Scope {
  /** The value of the label `cluster`, which the agent adds to all series. */
  readonly cluster: string;
  readonly namespace: string;
  /** The name of the Deployment of the metrics agent. */
  readonly agent: string;
}

/** An alert. It fires for each series that its expression returns during the whole time `for`. */
export interface AlertRule {
  readonly name: string;
  /** An expression in PromQL that Prometheus and VictoriaMetrics both accept. */
  readonly expression: string;
  /** How long the expression must return a series before the alert fires, such as `10m`. */
  readonly for: string;
  readonly severity: AlertSeverity;
  /**
   * What happened, in one sentence. It may contain the templates `{{ $labels.instance }}` and `{{ $value }}`.
   */
  readonly summary: string;
  /** What to do, with commands. */
  readonly action: string;
  /** The job of the target that emits the series. */
  readonly emittedBy: string;
  /** Every series that the expression reads. */
  readonly series: readonly Series[];
  /**
   * Labels in addition to `job` and `severity`. They tell rules with the same name and job apart. @default
   * none
   */
  readonly labels?: Readonly<Record<string, string>>;
}

/** An alert that can't be written yet, because its series doesn't exist or the series' name is unknown. */
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
