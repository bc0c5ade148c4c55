import { takenAlongWith } from '../../../../analysis/impact/kubernetes/left-behind';
import type { Deployment } from '../../../../deployment/config/schema/schema';
import type { KubernetesObject } from '../../../../documents/kubernetes';
import { deleteCommand, resourceType } from '../../../../kubernetes/objects/kubectl';
import { describeObject, kindOf, objectKey } from '../../../../kubernetes/objects/object-key';
import { isOurs } from '../../../cluster/field-owners';
import { managedFieldsOf } from '../../../cluster/live-object';
import type { LastWriter, UndescribedThing } from '../../source';

/** The Secrets of a configuration, which are in no manifest. */
export type SecretContract = Pick<Deployment, 'secrets' | 'imagePullSecret'>;

/** The objects of a namespace that are in no manifest, except objects that controllers or the cluster created. */
export function undescribedObjects(
  live: readonly KubernetesObject[],
  manifests: readonly KubernetesObject[],
  deployment: SecretContract,
): UndescribedThing[] {
  const described = new Set(manifests.map(objectKey));
  return live
    .filter((object) => !described.has(objectKey(object)) && !isMadeByCluster(object))
    .filter((object) => !isContracted(object, deployment))
    .map((object) => ({
      name: describeObject(object),
      writtenBy: lastWriter(object),
      entry: entryOf(object),
      // No command for objects with data, because a pasted command must not delete data.
      command:
        takenAlongWith(object) === undefined && object.kind !== 'Secret' ? deleteCommand(object) : undefined,
    }));
}

function isMadeByCluster(object: KubernetesObject): boolean {
  const { kind, metadata } = object;
  if (metadata['ownerReferences'] !== undefined) return true;
  if (kind === 'ServiceAccount') return metadata.name === 'default';
  if (kind === 'ConfigMap') return metadata.name === 'kube-root-ca.crt';
  // Kubernetes deletes a Job of an earlier revision after its ttlSecondsAfterFinished.
  return kind === 'Job' && managedFieldsOf(object).some(isOurs);
}

function isContracted({ kind, metadata: { name } }: KubernetesObject, deployment: SecretContract): boolean {
  return kind === 'Secret' && (name in deployment.secrets || name === deployment.imagePullSecret);
}

/** The manager that wrote an object last. */
export function lastWriter(object: KubernetesObject): LastWriter | undefined {
  const [latest] = managedFieldsOf(object)
    .filter(({ subresource }) => subresource === undefined)
    .toSorted((a, b) => ((a.time ?? '') < (b.time ?? '') ? 1 : -1));
  return latest === undefined ? undefined : { name: latest.manager ?? '', time: latest.time ?? '' };
}

function entryOf(object: KubernetesObject): string {
  const { name } = object.metadata;
  switch (kindOf(object)) {
    case 'NetworkPolicy':
      return 'connectsTo of the workloads whose pods the policy selects';
    case 'Ingress':
    case 'IngressRoute.traefik.io':
      return 'hosts of the workload that the route leads to';
    case 'HorizontalPodAutoscaler':
      return 'autoscaling of the workload that the autoscaler scales';
    case 'PodDisruptionBudget':
      return 'minAvailable of the workload whose pods the PodDisruptionBudget selects';
    case 'Secret':
      return `secrets: { ${name}: { keys: { <key>: <what it is for> } } }`;
    case 'Deployment':
    case 'StatefulSet':
    case 'CronJob':
      return `workloads: { ${name}: … } (docs/tasks/add-workload.md)`;
    default:
      return `raw: { ${name}: { file: ${name}.yaml } }, with what kubectl get ${resourceType(object)} ${name} -n ${object.metadata.namespace} -o yaml prints`;
  }
}
