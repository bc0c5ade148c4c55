import type { KubernetesObject } from '../../documents/kubernetes';
import type { Manifests } from '../../kubernetes/manifests';
import type { Part } from '../../kubernetes/part';
import type { Parts } from './parts';

/** How much it matters, worst first; reports are sorted by it. Every finding fails a run, whatever its severity. */
export const severities = ['critical', 'high', 'medium', 'low'] as const;

/**
 * - critical: the API server refuses the object, data is lost, or a node is given away
 * - high: users notice an outage, or an attacker gets further
 * - medium: a fault elsewhere becomes an outage here
 * - low: somebody is led astray
 */
export type Severity = (typeof severities)[number];

/** What people read about a rule; `docs/rules.md` is made from it. */
export interface About {
  /** Identity: acknowledgements refer to it, so it doesn't change. */
  readonly id: string;
  /** What holds when the rule is kept, in one sentence. */
  readonly sentence: string;
  /** What happens otherwise, in one sentence. */
  readonly why: string;
  /** Where that is written: a page of the web, a chapter of the deployment book, or "ours". */
  readonly source: string;
  readonly severity: Severity;
  /** The API server refuses the object by itself: applying it fails. @default false: it accepts the object */
  readonly refusedByServer?: true;
  /** What to do about a finding, in one sentence. */
  readonly fix: string;
  /**
   * A deployment may well have no such parts.
   *
   * @default false: looking at nothing, where the objects that it is about should exist, is a finding of its own
   */
  readonly rare?: true;
}

/** One value that breaks a rule. */
export type Fault = {
  /** Below the part that was looked at, such as `securityContext.privileged`; empty for the part itself. */
  readonly path: string;
  /** Where another object is at fault than the one that was looked at; the path is then from its root. */
  readonly object?: KubernetesObject;
} & (
  | {
      /** Completes "it must …": the limit that the value breaks. */
      readonly must: string;
      /** What is found there, where the value itself says too little or must not be shown. */
      readonly found?: string;
    }
  | { readonly message: string }
);

/** What a rule said of one part: it complies if there are no faults. */
export interface Verdict {
  readonly part: Part<unknown>;
  readonly faults: readonly Fault[];
}

/** What a rule said of some manifests. */
export interface Outcome {
  /** How many parts it looked at, whether or not it applies to them. */
  readonly looked: number;
  readonly verdicts: readonly Verdict[];
}

/** A rule: a pure function over documents. */
export interface Rule extends About {
  /** The kinds of objects that it is about. */
  readonly kinds: readonly string[];
  /** A verdict on every part that the rule applies to. */
  readonly check: (manifests: Manifests) => Outcome;
}

/** A rule as its file states it. */
export interface RuleDefinition<T> extends About {
  /** Which parts of the documents it looks at. */
  readonly parts: Parts<T>;
  /**
   * What is wrong with one part. Fields may be missing, and those of a wrong type are: the schema has said so.
   *
   * @returns nothing for a part that the rule doesn't apply to
   */
  readonly faults: (
    value: T,
    manifests: Manifests,
    part: Part<T>,
  ) => readonly (Fault | false | undefined)[] | undefined;
}

/** Makes a rule of its definition. One that throws breaks the part that it was looking at. */
export function rule<T>({ parts, faults, ...about }: RuleDefinition<T>): Rule {
  return {
    ...about,
    kinds: parts.kinds,
    check: (manifests) => {
      const all = parts.of(manifests);
      const verdicts = all.flatMap((part) => {
        const found = attempt(() => faults(part.value, manifests, part));
        return found === undefined ? [] : [{ part, faults: found.filter((fault) => !!fault) }];
      });
      return { looked: all.length, verdicts };
    },
  };
}

/** Nobody knows whether what a rule failed on is right. */
function attempt<T>(look: () => readonly (T | Fault)[] | undefined): readonly (T | Fault)[] | undefined {
  try {
    return look();
  } catch (error) {
    const found = `can't be checked (${error instanceof Error ? error.message : String(error)})`;
    return [{ path: '', found, must: 'be something that the rule can read; else the rule has a fault' }];
  }
}
