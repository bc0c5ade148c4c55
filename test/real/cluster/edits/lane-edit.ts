import type { Json, KubernetesObject } from '../../../../lib/documents/kubernetes';
import type { Output } from '../../../../lib/documents/output';
import { fields, withAdded, withObject } from '../../../analysis/impact/outputs';

/** One change of what runs, judged by `impact` and by the servers. */
export interface LaneEdit {
  /** Unique: what was observed is found by it. */
  readonly title: string;
  /** Production, changed so that there is something to edit. */
  readonly given?: (output: Output) => Output;
  readonly change: (output: Output) => Output;
}

export type Fields = ReturnType<typeof fields>;

/** Changes the fields of one object, named as `Deployment api`. */
export function changed(name: string, change: (object: Fields) => void): (output: Output) => Output {
  const [kind, ...rest] = name.split(' ');
  return (output) =>
    withObject(output, `${kind} honeydue/${rest.join(' ')}`, (object) => {
      change(object);
    });
}

/** Changes the pods of a Deployment. */
export function podOf(name: string, change: (spec: Fields) => void): (output: Output) => Output {
  return changed(`Deployment ${name}`, (object) => change(fields(object, 'spec', 'template', 'spec')));
}

/** Changes the first container of a Deployment. */
export function containerOf(name: string, change: (container: Fields) => void): (output: Output) => Output {
  return podOf(name, (spec) => change(fields(spec, 'containers', 0)));
}

/** Changes the spec of a Deployment, and the image of its pods, so that they roll. */
export function rolled(name: string, change: (spec: Fields) => void): (output: Output) => Output {
  return changed(`Deployment ${name}`, (object) => {
    change(fields(object, 'spec'));
    fields(object, 'spec', 'template', 'spec', 'containers', 0)['image'] = 'registry.example.com/next:1';
  });
}

/** Adds an object to the namespace. */
export function added(object: KubernetesObject): (output: Output) => Output {
  return (output) =>
    withAdded(output, { ...object, metadata: { namespace: 'honeydue', ...object.metadata } });
}

/** One change after another. */
export function all(...changes: readonly ((output: Output) => Output)[]): (output: Output) => Output {
  return (output) => changes.reduce((before, change) => change(before), output);
}

/** A list of a pod or a container, made where there is none. */
export function append(parent: Fields, key: string, item: Json): void {
  parent[key] = [...((parent[key] as readonly Json[] | undefined) ?? []), item];
}
