import type { Rule } from '../../../lib/analysis/rules/rule';
import type { Json, KubernetesObject } from '../../../lib/documents/kubernetes';
import type { Facts } from '../../../lib/kubernetes/facts';
import { Manifests } from '../../../lib/kubernetes/manifests';
import { describeObject } from '../../../lib/kubernetes/objects/object-key';
import { stepsOf } from '../../../lib/kubernetes/path';
import { casesByRule, facts, goodManifests, manifestsOf } from './cases';

/**
 * The good manifests with one value changed, for every value there is: taken away, and replaced by what its type allows
 * and few fields do.
 */
export function singleEdits(): Manifests[] {
  return goodManifests.flatMap((object) => editsOf(goodManifests, object, [], facts));
}

/** The same of a rule's own cases: one value changed in what they change and add. */
export function singleEditsOfCases(id: string): Manifests[] {
  return (casesByRule.get(id) ?? []).flatMap((each) => {
    const objects = manifestsOf(each);
    const around = { ...facts, ...each.facts };
    const edited = Object.keys(each.edit ?? {}).flatMap((place) => {
      const [, name = '', path = ''] = /^(\S+ \S+) ?(.*)$/.exec(place) ?? [];
      const object = objects.find((candidate) => describeObject(candidate) === name);
      return object === undefined ? [] : editsOf(objects, object, stepsOf(path), around);
    });
    return [...edited, ...(each.add ?? []).flatMap((object) => editsOf(objects, object, [], around))];
  });
}

/** One value of an object changed, at or below a place. */
function editsOf(
  objects: readonly KubernetesObject[],
  object: KubernetesObject,
  below: readonly (string | number)[],
  around: Facts,
): Manifests[] {
  const index = objects.indexOf(object);
  return placesIn(object as unknown as Json)
    .filter(({ steps }) => below.every((step, depth) => steps[depth] === step))
    .flatMap(({ steps, value }) =>
      [undefined, ...replacementsOf(value)].map((replacement) => {
        const edited = replaced(object as unknown as Json, steps, replacement) as unknown as KubernetesObject;
        return new Manifests(objects.with(index, edited), around);
      }),
    );
}

interface Place {
  readonly steps: readonly (string | number)[];
  readonly value: Json;
}

/** What an object is called by; without it there is none. */
const identity = ['apiVersion', 'kind', 'metadata', 'metadata.name', 'metadata.namespace'];

function placesIn(value: Json, steps: readonly (string | number)[] = []): Place[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, each]) => {
    if (each === undefined) return [];
    const within = [...steps, Array.isArray(value) ? Number(key) : key];
    const here = identity.includes(within.join('.')) ? [] : [{ steps: within, value: each }];
    return [...here, ...placesIn(each, within)];
  });
}

function replacementsOf(value: Json): Json[] {
  if (typeof value === 'string') return ['', 'Other'];
  if (typeof value === 'number') return [0, value + 1, 100_000];
  if (typeof value === 'boolean') return [!value];
  return Array.isArray(value) ? [[]] : [{}];
}

/** A copy that shares all but the way to the place. */
function replaced(
  value: Json,
  [step, ...rest]: readonly (string | number)[],
  replacement: Json | undefined,
): Json {
  if (step === undefined) return replacement ?? null;
  if (Array.isArray(value)) {
    const copy = [...value];
    if (rest.length === 0 && replacement === undefined) copy.splice(Number(step), 1);
    else copy[Number(step)] = replaced(copy[Number(step)] as Json, rest, replacement);
    return copy;
  }
  const copy = { ...(value as Record<string, Json>) };
  if (rest.length === 0 && replacement === undefined) delete copy[step];
  else copy[step] = replaced(copy[step] as Json, rest, replacement);
  return copy;
}

/** What a rule says of the edits that it notices, and of how many of them. */
export function noticed(rule: Rule, edits: readonly Manifests[]): string {
  const counts = new Map<string, number>();
  for (const manifests of edits) {
    for (const { faults } of rule.check(manifests).faulty) {
      for (const fault of faults) {
        const text = 'message' in fault ? fault.message : `${fault.found ?? ''} must ${fault.must}`;
        const line = `${fault.path}: ${text}`.replace(': : ', ': ').replace(/: {2}must/, ': must');
        counts.set(line, (counts.get(line) ?? 0) + 1);
      }
    }
  }
  const lines = [...counts].map(([line, count]) => `${String(count).padStart(5)} ${line}\n`);
  return `## ${rule.id}\n\n\`\`\`\n${lines.join('')}\`\`\`\n`;
}
