import type { ApiObject, App } from 'cdk8s';
import { type IConstruct, Node } from 'constructs';
import { patchOf } from '../../constructs/parts/patch';
import { madeFrom, traceBack } from '../../constructs/parts/provenance';
import type { PropsError } from '../../constructs/props-error';
import type { Path } from '../../input/source';
import { stepsOf } from '../../kubernetes/path';
import type { Workload } from '../config/schema/workloads';
import type { Model } from '../model/model';

const origin = 'honeydue:origin';

/**
 * Records the part of the configuration that a construct and its children are made from. A child can record
 * another part.
 */
export function setOrigin(construct: IConstruct, path: Path): void {
  construct.node.addMetadata(origin, path);
}

/** Records that props come from the workload's keys of the same names, or from the paths in `renamed`. */
export function fromWorkload<Props extends object>(
  workload: Workload,
  props: Props,
  renamed: Readonly<Record<string, Path>> = {},
): Props {
  const same = Object.fromEntries(Object.keys(workload).map((key) => [key, [key]]));
  return madeFrom(props, workload, { ...same, name: [], ...renamed });
}

/** Finds the configuration path that a prop or a field of an object comes from. */
export class Origins {
  private readonly paths = new Map<object, Path>();

  constructor(private readonly model: Model) {
    const { workloads, cloudflareRanges, ...others } = model;
    this.index(others, []);
    for (const [name, workload] of workloads) this.index(workload, ['workloads', name]);
    this.paths.set(model, []);
    this.paths.set(cloudflareRanges, ['cloudflare']);
  }

  /** @param path the path of the invalid prop */
  ofProp({ construct, props }: PropsError, path: Path): Path {
    return this.trace(props, path) ?? this.nearest(construct);
  }

  /** @param path the path in the object, such as `spec.replicas` */
  ofField(app: App, constructPath: string, path: string): Path {
    const object = constructPath
      .split('/')
      .reduce<IConstruct>((scope, id) => scope.node.findChild(id), app) as ApiObject;
    const steps = stepsOf(path);
    const patch = patchOf(object, steps);
    const patched = patch && this.trace(patch.props, patch.steps);
    return patched ?? this.trace(object['props'], steps) ?? this.nearest(object);
  }

  private trace(root: object, steps: Path): Path | undefined {
    const path = traceBack(root, steps, (object) => this.paths.get(object));
    return path && this.withoutReference(path);
  }

  /** A workload only names its image. Repository, tag and digest are under `images`. */
  private withoutReference(path: Path): Path {
    const [top, name, ...key] = path;
    if (top !== 'workloads' || !['image', 'images'].includes(String(key[0]))) return path;
    const image = key.reduce<unknown>(
      (value, step) => (value as Readonly<Record<string, unknown>> | undefined)?.[step],
      this.model.workloads.find(([each]) => each === name)?.[1],
    );
    return typeof image === 'string' ? ['images', image] : path;
  }

  private nearest(construct: IConstruct): Path {
    const stated = Node.of(construct)
      .scopes.reverse()
      .flatMap(({ node }) => node.metadata.filter(({ type }) => type === origin));
    return (stated[0]?.data as Path | undefined) ?? ['workloads'];
  }

  private index(value: unknown, path: Path): void {
    if (typeof value !== 'object' || value === null) return;
    this.paths.set(value, path);
    for (const [key, below] of Object.entries(value)) {
      this.index(below, [...path, Array.isArray(value) ? Number(key) : key]);
    }
  }
}
