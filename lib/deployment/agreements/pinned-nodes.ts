import type { Json } from '../../documents/kubernetes';
import { describeObject } from '../../kubernetes/objects/object-key';
import { kubeletLabels } from '../../kubernetes/scheduling/node';
import { type Agreement, type Disagreement, isMap, jsonAt, type Sides, terraformResources } from './sides';

/** A workload that is pinned to a node stores its data on that node's disk. */
export const pinnedNodes: Agreement = {
  id: 'pinned-nodes',
  sentence: 'The node that a workload is pinned to exists, has the label, and is protected from replacement.',
  why: 'The volume is lost with the node, and the pod stays pending while no node has the label.',
  source: 'https://kubernetes.io/docs/concepts/storage/volumes/#local',
  severity: 'critical',
  fix: 'Set the label on the node that has the volume, and keep its deleteProtection.',
  differences: (sides) =>
    sides.objects.flatMap((object) => {
      const selector = jsonAt(object['spec'] as Json | undefined, 'template', 'spec', 'nodeSelector');
      const name = describeObject(object);
      const stated = Object.entries(isMap(selector) ? selector : {}).filter(([key]) => !isOfKubelet(key));
      return stated.length > 0 ? pinDifferences(sides, name, stated) : [];
    }),
};

/** Labels that the kubelet sets by itself. A selector with such a label doesn't pin a pod to one node. */
function isOfKubelet(key: string): boolean {
  return key in kubeletLabels('', '');
}

function pinDifferences(
  sides: Sides,
  object: string,
  labels: readonly (readonly [string, Json | undefined])[],
): Disagreement[] {
  const path = 'spec.template.spec.nodeSelector';
  const text = labels.map(([key, value]) => `${key}=${String(value)}`).join(',');
  const carries = (own: Readonly<Record<string, string>>) =>
    labels.every(([key, value]) => own[key] === value);
  const nodes = sides.nodes.filter((node) => carries(node.labels));
  if (nodes.length === 0)
    return [
      {
        object,
        path,
        message: `is ${text}, a label that no node has, so the pod would stay pending. Add the label to a node under nodes`,
      },
    ];
  return nodes.flatMap(({ name }) => [
    ...sides.setups
      .filter((setup) => setup.name === name && !carries(setup.k3s.labels))
      .map(() => ({
        object: `the script of ${name}`,
        path: 'labels',
        message: `doesn't give the node the label ${text}, which ${object} needs`,
      })),
    ...protectionDifferences(sides, object, name),
  ]);
}

function protectionDifferences(sides: Sides, object: string, node: string): Disagreement[] {
  const servers = terraformResources(sides, 'hcloud_server');
  if (servers.length === 0) return [];
  const server = servers.find(({ name }) => name === node);
  if (server === undefined) {
    const message = `pins it to ${node}, which has no server in the Terraform configuration; add the server under nodes`;
    return [{ object, path: 'spec.template.spec.nodeSelector', message }];
  }
  const { address, body } = server;
  const isKept = {
    'lifecycle.prevent_destroy': jsonAt(body['lifecycle'], 'prevent_destroy'),
    delete_protection: body['delete_protection'],
    // A rebuild keeps the server but wipes its disk.
    rebuild_protection: body['rebuild_protection'],
  };
  return Object.entries(isKept)
    .filter(([, value]) => value !== true)
    .map(([path, value]) => ({
      object: address,
      path,
      message: `is ${JSON.stringify(value ?? null)}; it must be true: the data of ${object} is on its disk`,
    }));
}
