import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parse, parseAllDocuments } from 'yaml';
import custom from '../../../imports/crds/schema.json';
import kubernetes from '../../../imports/kubernetes/schema.json';
import { rules } from '../../../lib/analysis/rules';
import type { Finding } from '../../../lib/analysis/rules/finding';
import type { Rule } from '../../../lib/analysis/rules/rule';
import { run } from '../../../lib/analysis/rules/run';
import type { Json, KubernetesObject } from '../../../lib/documents/kubernetes';
import type { Facts } from '../../../lib/kubernetes/facts';
import { describeObject } from '../../../lib/kubernetes/objects/object-key';
import { stepsOf } from '../../../lib/kubernetes/path';
import { kubeletLabels } from '../../../lib/kubernetes/scheduling/node';

/** One change of the good manifests, and whether they are then still good. */
export interface Case {
  readonly title: string;
  /** `<Kind> <namespace>/<name> <path>` to the new value; null removes what is there. */
  readonly edit?: Readonly<Record<string, Json>>;
  /** Further documents. */
  readonly add?: readonly KubernetesObject[];
  /** Facts that differ from the usual ones. */
  readonly facts?: Facts;
  /** The rule has nothing to say. @default false: it is broken */
  readonly complies?: true;
}

const read = (path: string): string => readFileSync(join(__dirname, path), 'utf8');

/** Manifests that every rule is content with. */
export const goodManifests = parseAllDocuments(read('shop.yaml')).map(
  (document) => document.toJS() as KubernetesObject,
);

const gibibyte = 2 ** 30;

/** What is around them. */
export const facts: Facts = {
  nodes: ['one', 'two', 'three'].map((name) => ({
    name,
    labels: { ...kubeletLabels(name), ...(name === 'one' && { 'shop/ledger': 'true' }) },
    capacity: { cpu: 4, memory: 8 * gibibyte },
  })),
  secrets: {
    'shop-secrets': ['DATABASE_PASSWORD', 'REDIS_PASSWORD'],
    'shop-tls': ['tls.crt', 'tls.key'],
  },
};

/** What is not as the rules want it, and right. */
export const acknowledgements = [
  {
    rule: 'deployment-replicas',
    objects: ['Deployment shop/ledger'],
    reason: 'Its volume is of one pod alone.',
  },
];

/** The cases of each rule: one file a rule. */
export const casesByRule: ReadonlyMap<string, readonly Case[]> = new Map(
  readdirSync(__dirname, { recursive: true, encoding: 'utf8' })
    .filter((path) => /^[\w-]+\/.+\.yaml$/.test(path))
    .sort((a, b) => (basename(a) < basename(b) ? -1 : 1))
    .map((path) => [basename(path, '.yaml'), parse(read(path)) as Case[]]),
);

/** The kinds that a rule names and that there are none of: with such a name it would never be missed. */
export function unknownKinds({ kinds }: Rule): readonly string[] {
  return kinds.length === 0 ? ['none'] : kinds.filter((kind) => !knownKinds.has(kind));
}

const knownKinds = new Set(
  [kubernetes, custom].flatMap((table) => Object.keys(table.kinds).map((name) => name.replace(/.*\//, ''))),
);

/** The good manifests after a case's edits. */
export function manifestsOf({ edit = {}, add = [] }: Case): KubernetesObject[] {
  const objects = [...goodManifests];
  const cloned = new Set<KubernetesObject>();
  for (const [place, value] of Object.entries(edit)) {
    const [, name = '', path = ''] = /^(\S+ \S+) ?(.*)$/.exec(place) ?? [];
    const index = objects.findIndex((each) => describeObject(each) === name);
    if (index === -1) throw new Error(`shop.yaml has no ${name}`);
    let object = objects[index];
    if (object !== undefined && !cloned.has(object)) {
      object = structuredClone(object);
      cloned.add(object);
      objects[index] = object;
    }
    if (path === '') objects.splice(index, 1);
    else set(object, stepsOf(path), value);
  }
  return [...objects, ...add];
}

function set(object: unknown, steps: readonly (string | number)[], value: Json): void {
  const last = steps.at(-1) ?? '';
  const parent = steps.slice(0, -1).reduce<Record<string | number, unknown>>(
    (each, step) => {
      each[step] ??= {};
      return each[step] as Record<string | number, unknown>;
    },
    object as Record<string | number, unknown>,
  );
  if (value !== null) parent[last] = value;
  else if (Array.isArray(parent)) parent.splice(Number(last), 1);
  else delete parent[last];
}

/** What the rule says of a case; undefined where it looked at nothing. */
export function findingsOf(id: string, each: Case): readonly Finding[] | undefined {
  const rule = rules.find((candidate) => candidate.id === id);
  if (rule === undefined) throw new Error(`no rule is called ${id}`);
  const { open, idle } = run(manifestsOf(each), [rule], {
    facts: { ...facts, ...each.facts },
    acknowledgements,
  });
  return idle.length > 0 ? undefined : open;
}
