import type { KubernetesObject } from '../../documents/kubernetes';
import type { Facts } from '../../kubernetes/facts';
import { Manifests } from '../../kubernetes/manifests';
import { describeObject } from '../../kubernetes/objects/object-key';
import { pathOf, valueAt } from '../../kubernetes/path';
import { shown } from '../../kubernetes/shown';
import { type Acknowledged, type Acknowledgement, acknowledge } from './acknowledgement';
import type { Finding } from './finding';
import { type Fault, type Rule, severities, type Verdict } from './rule';

export interface RunOptions {
  /** Findings that are lived with. @default none */
  readonly acknowledgements?: readonly Acknowledgement[];
  /** What is known beside the documents. @default nothing */
  readonly facts?: Facts;
  /** Kinds that must be among the documents: a rule about one that looked at nothing is a finding. @default none */
  readonly expected?: readonly string[];
}

/** What came of a run. */
export interface Report extends Acknowledged {
  /** The rules that applied to nothing. */
  readonly idle: readonly Rule[];
  readonly ran: readonly Rule[];
  /** Over how many objects. */
  readonly objects: number;
}

/** Runs rules over objects, all of them over all; findings come worst first, and in the objects' order. */
export function run(
  objects: readonly KubernetesObject[],
  rules: readonly Rule[],
  { acknowledgements = [], facts = {}, expected = [] }: RunOptions = {},
): Report {
  const manifests = new Manifests(objects, facts);
  const idle: Rule[] = [];
  const findings: Finding[] = [];
  for (const rule of rules) {
    const { looked, verdicts } = rule.check(manifests);
    if (verdicts.length === 0) idle.push(rule);
    if (looked === 0) findings.push(...missed(rule, expected));
    findings.push(...findingsOf(rule, verdicts, manifests));
  }
  const order = new Map(objects.map((object, index) => [object, index]));
  const rank = ({ rule: { severity } }: Finding) => severities.indexOf(severity);
  const place = ({ source }: Finding) => (source === undefined ? -1 : (order.get(source) ?? -1));
  findings.sort((a, b) => rank(a) - rank(b) || place(a) - place(b));
  return { ...acknowledge(findings, acknowledgements), idle, ran: rules, objects: objects.length };
}

/** The findings of one rule: each fault with its place and its value. */
export function findingsOf(rule: Rule, verdicts: readonly Verdict[], manifests: Manifests): Finding[] {
  return verdicts.flatMap(({ part, faults }) =>
    faults.flatMap((fault) => {
      const object = fault.object ?? part.object;
      const path = fault.object === undefined ? pathOf(part.path, fault.path) : fault.path;
      // The schema has said that it can't be read.
      if (!('message' in fault) && manifests.isUnread(object, path)) return [];
      const source = manifests.sourceOf(object);
      return [{ rule, object: describeObject(source), path, message: describe(source, path, fault), source }];
    }),
  );
}

/** A rule that guards nothing looks like one that is kept. */
function missed(rule: Rule, expected: readonly string[]): Finding[] {
  const kind = rule.kinds.find((each) => expected.includes(each));
  if (kind === undefined || rule.rare) return [];
  const message = `the rule looked at nothing, although there must be objects of the kind ${kind}; either none is there, or the rule doesn't find them`;
  return [{ rule, object: 'the documents', path: '', message, source: undefined }];
}

function describe(object: KubernetesObject, path: string, fault: Fault): string {
  if ('message' in fault) return fault.message;
  return `${fault.found ?? describeValue(object, path)}; it must ${fault.must}`;
}

/** `is 5`, `is missing`. */
function describeValue(object: KubernetesObject, path: string): string {
  const value = valueAt(object, path);
  return value === undefined ? 'is missing' : `is ${shown(object, path, value)}`;
}
