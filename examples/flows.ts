import { flows, type KubernetesObject } from '@honeydue/infrastructure';

/** Which pods and addresses may connect to which pods on a TCP port: `cart -> redis`. */
export function clientsOf(port: number, objects: readonly KubernetesObject[]): string[] {
  return flows(objects)
    .connections.filter(({ ports }) =>
      ports.some(({ protocol, from, to }) => protocol === 'TCP' && from <= port && port <= to),
    )
    .map(({ from, to }) => `${from.name} -> ${to.name}`);
}
