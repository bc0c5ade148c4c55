import { drill, type KubernetesObject, type Node } from '@honeydue/infrastructure';

const nodes: readonly Node[] = ['one', 'two', 'three'].map((name) => ({
  name,
  labels: { 'kubernetes.io/hostname': name },
  capacity: { cpu: 4, memory: 8 * 2 ** 30 },
  reserved: { cpu: 0.5, memory: 2 ** 30 },
}));

/** What manifests guarantee when one of three nodes is lost, in sentences. */
export function guaranteesOfLoss(objects: readonly KubernetesObject[]): string[] {
  return drill(objects, { nodes })
    .guarantees.filter(({ failure }) => failure === 'node-lost')
    .map(({ sentence }) => sentence);
}
