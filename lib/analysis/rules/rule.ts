import type { KubernetesObject } from '../../documents/kubernetes';
import type { Manifests } from '../../kubernetes/manifests';
import type { Part } from '../../kubernetes/part';
import type { Parts } from './parts';

/** Severities, worst first. Reports are sorted by severity. Every finding fails a run, whatever its severity. */
export const severities = ['critical', 'high', 'medium', 'low'] as const;

/**
 * - critical: the API server refuses the object, data is lost, or a node is compromised
 * - high: users notice an outage, or an attacker gets further access
 * - medium: a failure of another component becomes an outage of this workload
 * - low: the manifest is misleading
 */
export type Severity = (typeof severities)[number];

/** The text of a rule. `docs/rules.md` is generated from it. */
export interface About {
  /** Never changes, because acknowledgements refer to it. */
  readonly id: string;
  /** What the rule requires, in one sentence. */
  readonly sentence: string;
  /** What happens if the rule is violated, in one sentence. */
  readonly why: string;
  /** Source of the rule: a URL, or "ours" with a reason. */
  readonly source: string;
  readonly severity: Severity;
  /**
   * Whether the API server refuses the object, so that applying it fails. @default false: the API server accepts it
   */
  readonly refusedByServer?: true;
  /** How to fix a finding, in one sentence. */
  readonly fix: string;
  /**
   * Whether a deployment may have no parts that this rule checks.
   *
   * @default false: if `RunOptions.expected` lists a kind of this rule and the rule finds no part, that is a finding
   */
  readonly rare?: true;
}

/** One value that breaks a rule. */
export type Fault = {
  /** Path below the checked part, such as `securityContext.privileged`. Empty for the part itself. */
  readonly path: string;
  /** The object with the violation, if it is not the checked one. `path` then begins at the root of this object. */
  readonly object?: KubernetesObject;
} & (
  | {
      /** The limit that the value violates. It completes "it must …". */
      readonly must: string;
      /** What is wrong with the value. @default the value: `is 5` */
      readonly found?: string;
    }
  | { readonly message: string }
);

/** A part that breaks a rule. */
export interface FaultyPart {
  readonly part: Part<unknown>;
  readonly faults: readonly Fault[];
}

/** The result of one rule for all manifests. */
export interface Outcome {
  /** Number of selected parts, including parts that the rule does not apply to. */
  readonly selected: number;
  /** Number of parts that the rule applies to. */
  readonly checked: number;
  readonly faulty: readonly FaultyPart[];
}

/** A rule: a pure function of the manifests. */
export interface Rule extends About {
  /** The kinds that the rule checks. */
  readonly kinds: readonly string[];
  /** Checks all parts that the rule applies to. */
  readonly check: (manifests: Manifests) => Outcome;
}

/** The definition of a rule, from which `rule` makes a rule. */
export interface RuleDefinition<T> extends About {
  /** Selects the parts that the rule checks. */
  readonly parts: Parts<T>;
  /**
   * Finds the faults of one part. Fields may be missing. The schema rule reports fields with a wrong type.
   *
   * @returns undefined if the rule does not apply to the part
   */
  readonly faults: (
    value: T,
    manifests: Manifests,
    part: Part<T>,
  ) => readonly (Fault | false | undefined)[] | undefined;
}

/** Makes a rule from its definition. If the definition throws for a part, that is reported as a fault of the part. */
export function rule<T>({ parts, faults, ...about }: RuleDefinition<T>): Rule {
  return {
    ...about,
    kinds: parts.kinds,
    check: (manifests) => {
      const selected = parts.of(manifests);
      const faulty: FaultyPart[] = [];
      let checked = 0;
      // A synth of many services runs this loop a million times: it creates no objects for parts that comply.
      for (const part of selected) {
        const found = attempt(faults, part, manifests);
        if (found === undefined) continue;
        checked += 1;
        if (found.some((fault) => !!fault)) faulty.push({ part, faults: found.filter((fault) => !!fault) });
      }
      return { selected: selected.length, checked, faulty };
    },
  };
}

/** Runs the check of one part. An exception becomes a fault, because it is then unknown whether the part complies. */
function attempt<T>(
  faults: RuleDefinition<T>['faults'],
  part: Part<T>,
  manifests: Manifests,
): ReturnType<RuleDefinition<T>['faults']> {
  try {
    return faults(part.value, manifests, part);
  } catch (error) {
    const found = `can't be checked (${error instanceof Error ? error.message : String(error)})`;
    return [
      {
        path: '',
        found,
        must: 'have a form that the rule can read. If the object is valid, report a bug in the rule',
      },
    ];
  }
}
