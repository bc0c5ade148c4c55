import { declaredFlows } from '../model/flows';
import { imageReferenceOf, type Model } from '../model/model';
import { leavesOf } from './leaves';

/** The sections of a comparison, in the order in which they are printed. */
export const differenceSections = [
  'deployment',
  'nodes',
  'workloads',
  'images',
  'resources',
  'flows',
  'promises',
  'settings',
] as const;

export type DifferenceSection = (typeof differenceSections)[number];

/** A value that differs between two environments. */
export interface EnvironmentDifference {
  readonly section: DifferenceSection;
  /** The path in the configuration, or the name of a flow. */
  readonly subject: string;
  /** undefined where this environment has none */
  readonly own: string | undefined;
  /** undefined where the other environment has none */
  readonly other: string | undefined;
}

type EnvironmentFacts = ReadonlyMap<string, { readonly section: DifferenceSection; readonly value: string }>;

/** Compares the values of two environments. Their order in the files and the comments don't matter. */
export function environmentDifferences(own: Model, other: Model): EnvironmentDifference[] {
  const [ours, theirs] = [factsOf(own, other), factsOf(other, own)];
  const subjects = [...new Set([...ours.keys(), ...theirs.keys()])];
  const differences = subjects.flatMap((key): EnvironmentDifference[] => {
    const [here, there] = [ours.get(key), theirs.get(key)];
    const section = here?.section ?? there?.section ?? 'settings';
    if (here?.value === there?.value) return [];
    return [{ section, subject: key.slice(key.indexOf(' ') + 1), own: here?.value, other: there?.value }];
  });
  return differenceSections.flatMap((section) => differences.filter((each) => each.section === section));
}

/** The keys of a workload that are compared in a section of their own. */
const resourceKeys = ['resources', 'replicas', 'minAvailable', 'autoscaling', 'storage', 'maxmemory'];

function factsOf(model: Model, other: Model): EnvironmentFacts {
  const facts = new Map<string, { section: DifferenceSection; value: string }>();
  const state = (section: DifferenceSection, subject: string, value: string) =>
    facts.set(`${section} ${subject}`, { section, value });
  const stateAll = (section: DifferenceSection, name: string, value: unknown) => {
    for (const [path, leaf] of leavesOf(value)) state(section, [name, path].filter(Boolean).join('.'), leaf);
  };
  state('deployment', 'namespace', model.namespace);
  state('deployment', 'k3s', model.k3s);
  for (const [name, node] of Object.entries(model.nodes)) {
    const shared = other.nodes[name] !== undefined;
    if (shared) stateAll('nodes', name, node);
    else state('nodes', name, `${node.type} in ${node.location}`);
  }
  const theirs = new Map(other.workloads);
  for (const [name, workload] of model.workloads) {
    state('workloads', name, workload.kind);
    // If only one environment has the workload, the workload itself is reported, not each of its values.
    if (theirs.get(name)?.kind !== workload.kind) continue;
    const { kind: _kind, ...settings } = workload;
    for (const [key, value] of Object.entries(settings))
      stateAll(resourceKeys.includes(key) ? 'resources' : 'workloads', `${name}.${key}`, value);
  }
  for (const [name, image] of Object.entries(model.images)) state('images', name, imageReferenceOf(image));
  for (const { name } of declaredFlows(model)) state('flows', name, 'allowed');
  for (const { when, ...promise } of model.promises) stateAll('promises', when, promise);
  const { cluster, access, config, secrets, external, edge, metrics, hetzner, costs, adopt, terraform } =
    model;
  const settings = {
    cluster,
    access,
    config,
    secrets,
    external,
    edge,
    metrics,
    hetzner,
    costs,
    adopt,
    terraform,
  };
  for (const [name, value] of Object.entries(settings)) {
    if (value !== undefined) stateAll('settings', name, value);
  }
  return facts;
}
