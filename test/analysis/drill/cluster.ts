import { Drill } from '../../../lib/analysis/drill/drill';
import type { DrillFacts } from '../../../lib/analysis/drill/facts';
import type { Failure } from '../../../lib/analysis/drill/failure';
import type { FailureOutcome } from '../../../lib/analysis/drill/outcome';
import type { Json, KubernetesObject } from '../../../lib/documents/kubernetes';
import type { Node } from '../../../lib/kubernetes/scheduling/node';

type Fields = { readonly [field: string]: Json };

/** A node of 4 cores and 8 GiB, of which nothing is kept. */
export function node(name: string, changes: Partial<Node> = {}): Node {
  return {
    name,
    labels: { 'kubernetes.io/hostname': name, ...changes.labels },
    capacity: { cpu: 4, memory: 8 * 2 ** 30 },
    reserved: { cpu: 0, memory: 0 },
    zone: 'here',
    isServer: true,
    ...(changes.capacity !== undefined && { capacity: changes.capacity }),
    ...(changes.zone !== undefined && { zone: changes.zone }),
    ...(changes.isServer !== undefined && { isServer: changes.isServer }),
    ...(changes.reserved !== undefined && { reserved: changes.reserved }),
  };
}

const threeNodes = ['one', 'two', 'three'].map((name) => node(name));

export interface Shape {
  readonly replicas?: number;
  readonly strategy?: Json;
  readonly pod?: Fields;
  readonly container?: Fields;
  readonly requests?: Fields;
  readonly namespace?: string;
}

/** A Deployment of pods with the label `app`, and what else is given. */
export function deployment(name: string, shape: Shape = {}): KubernetesObject {
  const {
    replicas = 3,
    strategy,
    pod = {},
    container = {},
    requests = { cpu: '100m', memory: '64Mi' },
  } = shape;
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace: shape.namespace ?? 'shop' },
    spec: {
      replicas,
      strategy: strategy ?? { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } },
      selector: { matchLabels: { app: name } },
      template: {
        metadata: { labels: { app: name } },
        spec: {
          ...pod,
          containers: [{ name, resources: { requests }, readinessProbe: ready, ...container }],
        },
      },
    },
  };
}

const ready: Json = { httpGet: { path: '/ready', port: 80 } };

/** A hard spread over hostnames. */
export function spread(name: string, changes: Fields = {}): { readonly topologySpreadConstraints: Json } {
  return {
    topologySpreadConstraints: [
      {
        maxSkew: 1,
        topologyKey: 'kubernetes.io/hostname',
        whenUnsatisfiable: 'DoNotSchedule',
        nodeTaintsPolicy: 'Honor',
        labelSelector: { matchLabels: { app: name } },
        matchLabelKeys: ['pod-template-hash'],
        ...changes,
      },
    ],
  };
}

/** A hard anti-affinity over hostnames. */
export function apart(name: string, changes: Fields = {}): { readonly affinity: Json } {
  const term = {
    topologyKey: 'kubernetes.io/hostname',
    labelSelector: { matchLabels: { app: name } },
    ...changes,
  };
  return { affinity: { podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [term] } } };
}

export function budget(name: string, spec: Fields, app = name): KubernetesObject {
  return {
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    metadata: { name, namespace: 'shop' },
    spec: { selector: { matchLabels: { app } }, ...spec },
  };
}

export function object(apiVersion: string, kind: string, name: string, fields: Fields): KubernetesObject {
  return { apiVersion, kind, metadata: { name, namespace: 'shop' }, ...fields };
}

function facts(changes: Partial<DrillFacts> = {}): DrillFacts {
  return {
    nodes: threeNodes,
    defaultStorageClass: 'local-path',
    external: [],
    needs: {},
    edgeAddresses: [],
    system: [],
    ...changes,
  };
}

export function drillOf(objects: readonly KubernetesObject[], changes: Partial<DrillFacts> = {}): Drill {
  return Drill.of(objects, facts(changes));
}

/** What a failure does to a workload, by itself. */
export function outcome(
  drill: Drill,
  kind: Failure['kind'],
  name = drill.workloads[0]?.name ?? '',
): FailureOutcome {
  const failure = drill.failures.find((each) => each.kind === kind);
  const workload = drill.workloads.find((each) => each.name === name);
  if (failure === undefined || workload === undefined) throw new Error(`no ${kind} of ${name}`);
  return drill.outcome(failure, workload);
}

/** The same of one Deployment `cart` on three nodes, with what else there is. */
export function ofCart(
  kind: Failure['kind'],
  shape: Shape = {},
  ...others: KubernetesObject[]
): FailureOutcome {
  return outcome(drillOf([deployment('cart', shape), ...others]), kind, 'cart');
}
