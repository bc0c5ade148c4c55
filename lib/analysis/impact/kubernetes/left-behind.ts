import type { KubernetesObject } from '../../../documents/kubernetes';
import { deleteCommand } from '../../../kubernetes/objects/kubectl';
import { describeObject, kindOf, objectKey } from '../../../kubernetes/objects/object-key';
import { isOfOthers } from '../../../kubernetes/schema/kubernetes-schema';
import type { Consequence } from '../consequence';
import type { Objects } from './objects';
import { usersOf } from './uses';

/** What is deleted together with an object of a kind. */
const takenAlong: Readonly<Record<string, string>> = {
  PersistentVolumeClaim: 'deleting it deletes its data',
  Namespace: 'deleting it deletes all of its objects, including data and Secrets',
  HelmChartConfig: 'deleting it restores the default values of k3s, with port 80 and a Service',
  HelmChart: 'deleting it uninstalls the chart and all of its objects',
  CustomResourceDefinition: 'deleting it deletes every object of its kind, and what these objects created',
  PersistentVolume: 'deleting it removes the data of the bound claim',
};

/** What is deleted together with an object. Unknown for custom kinds. */
export function takenAlongWith(object: KubernetesObject): string | undefined {
  const { persistentVolumeClaimRetentionPolicy: policy, type } = (object['spec'] ?? {}) as {
    persistentVolumeClaimRetentionPolicy?: { whenDeleted?: string };
    type?: string;
  };
  const kind = kindOf(object);
  if (kind === 'StatefulSet' && policy?.whenDeleted === 'Delete')
    return 'with whenDeleted: Delete, deleting it deletes the claims of its pods and their data';
  if (kind === 'Service' && type === 'LoadBalancer') return 'the provider releases its address';
  if (isOfOthers(object))
    return `the controller of ${object.apiVersion} may delete more with it, such as the data of a database`;
  return takenAlong[kind];
}

/**
 * Objects of the base that the head does not have: an apply does not remove them. Jobs are left out, because they
 * clean up after themselves, and so are objects of a namespace that is removed as a whole.
 */
export function leftBehindObjects(
  before: readonly KubernetesObject[],
  after: readonly KubernetesObject[],
): KubernetesObject[] {
  const kept = new Set(after.map(objectKey));
  const gone = before.filter((object) => kindOf(object) !== 'Job' && !kept.has(objectKey(object)));
  const namespaces = new Set(
    gone.flatMap((object) => (kindOf(object) === 'Namespace' ? object.metadata.name : [])),
  );
  return gone.filter(({ metadata }) => !namespaces.has(metadata.namespace ?? ''));
}

/** The effect of an object that no manifest defines any more. */
const goesOn: Readonly<Record<string, string>> = {
  Deployment: 'Its pods keep running, with their last configuration',
  StatefulSet: 'Its pods keep running, with their last configuration',
  DaemonSet: 'Its pods keep running, with their last configuration',
  CronJob: 'It keeps starting Jobs on its schedule',
  Ingress: 'Traefik keeps serving its hosts',
  NetworkPolicy: 'It keeps allowing and denying the same connections',
  HorizontalPodAutoscaler: 'It keeps scaling its workload',
  PodDisruptionBudget: 'It keeps blocking drains',
  RoleBinding: 'Its subjects keep their permissions',
  ClusterRoleBinding: 'Its subjects keep their permissions',
  ResourceQuota: 'It keeps refusing pods',
  LimitRange: 'It keeps setting defaults and refusing pods',
};

/** Objects that an apply leaves in the cluster. */
export function leftBehind(objects: readonly KubernetesObject[], head: Objects): Consequence[] {
  return objects.map((object) => {
    const taken = takenAlongWith(object);
    const users = usersOf(object, head);
    if (users.length > 0)
      return {
        ...{ class: 'left behind', side: 'kubernetes', object: describeObject(object), field: '' },
        reason: `It is no longer in the manifests, but ${users.join(', ')} still need${users.length === 1 ? 's' : ''} it: an apply keeps it, but a new cluster would not have it.`,
        wayOut: 'Add it again, or remove the references to it first. Do not delete it before.',
      };
    return {
      ...{ class: 'left behind', side: 'kubernetes', object: describeObject(object), field: '' },
      reason: `${goesOn[kindOf(object)] ?? 'It stays in the cluster unchanged'}: an apply does not remove it.`,
      wayOut: `${taken === undefined ? 'After the apply' : `Consider that ${taken}`}: ${deleteCommand(object)}`,
    };
  });
}
