import type { KubernetesObject } from '../../documents/kubernetes';
import type { Facts } from '../../kubernetes/facts';
import { Manifests } from '../../kubernetes/manifests';
import { describeObject } from '../../kubernetes/objects/object-key';
import { pathOf, valueAt } from '../../kubernetes/path';
import { shown } from '../../kubernetes/shown';
import { type Acknowledged, type Acknowledgement, acknowledge } from './acknowledgement';
import type { Finding } from './finding';
import { type Fault, type FaultyPart, type Rule, severities } from './rule';

export interface RunOptions {
  /** Accepted findings. @default none */
  readonly acknowledgements?: readonly Acknowledgement[];
  /** Facts that the documents do not contain, such as the nodes. @default none */
  readonly facts?: Facts;
  /** Kinds that must exist: if a rule about one of them finds no part, that is a finding. @default none */
  readonly expected?: readonly string[];
}

/** The result of a run. */
export interface Report extends Acknowledged {
  /** Rules that applied to no part. */
  readonly idle: readonly Rule[];
  readonly ran: readonly Rule[];
  /** Number of objects. */
  readonly objects: number;
}

/** Runs all rules over all objects. Findings are sorted by severity, then in the order of the objects. */
export function run(
  objects: readonly KubernetesObject[],
  rules: readonly Rule[],
  { acknowledgements = [], facts = {}, expected = [] }: RunOptions = {},
): Report {
  const manifests = new Manifests(objects, facts);
  const idle: Rule[] = [];
  const findings: Finding[] = [];
  for (const rule of rules) {
    const { selected, checked, faulty } = rule.check(manifests);
    if (checked === 0) idle.push(rule);
    if (selected === 0) findings.push(...missed(rule, expected));
    findings.push(...findingsOf(rule, faulty, manifests));
  }
  const order = new Map(objects.map((object, index) => [object, index]));
  const rank = ({ rule: { severity } }: Finding) => severities.indexOf(severity);
  const place = ({ source }: Finding) => (source === undefined ? -1 : (order.get(source) ?? -1));
  findings.sort((a, b) => rank(a) - rank(b) || place(a) - place(b));
  return { ...acknowledge(findings, acknowledgements), idle, ran: rules, objects: objects.length };
}

/** The findings of one rule, each with its place and value. */
export function findingsOf(rule: Rule, faulty: readonly FaultyPart[], manifests: Manifests): Finding[] {
  return faulty.flatMap(({ part, faults }) =>
    faults.flatMap((fault) => {
      const object = fault.object ?? part.object;
      const path = fault.object === undefined ? pathOf(part.path, fault.path) : fault.path;
      // The schema rule already reports that the value is invalid.
      if (!('message' in fault) && manifests.isUnread(object, path)) return [];
      const source = manifests.sourceOf(object);
      return [{ rule, object: describeObject(source), path, message: describe(source, path, fault), source }];
    }),
  );
}

/** A rule that finds no part although its kind must exist: the rule then cannot detect any violation. */
function missed(rule: Rule, expected: readonly string[]): Finding[] {
  const kind = rule.kinds.find((each) => expected.includes(each));
  if (kind === undefined || rule.rare) return [];
  const message = `the rule found nothing to check, although the manifests must contain the kind ${kind}; add the missing objects, or correct what the rule selects`;
  return [{ rule, object: 'the manifests', path: '', message, source: undefined }];
}

function describe(object: KubernetesObject, path: string, fault: Fault): string {
  if ('message' in fault) return fault.message;
  return `${fault.found ?? describeValue(object, path)}; it must ${fault.must}`;
}

/** Describes the value of a field: `is 5`, `is missing`. */
function describeValue(object: KubernetesObject, path: string): string {
  const value = valueAt(object, path);
  return value === undefined ? 'is missing' : `is ${shown(object, path, value)}`;
}
