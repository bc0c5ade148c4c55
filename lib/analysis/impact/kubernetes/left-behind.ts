import type { KubernetesObject } from '../../../documents/kubernetes';
import { deleteCommand } from '../../../kubernetes/objects/kubectl';
import { describeObject, kindOf, objectKey } from '../../../kubernetes/objects/object-key';
import { isOfOthers } from '../../../kubernetes/schema/kubernetes-schema';
import type { Consequence } from '../consequence';
import type { Objects } from './objects';
import { usersOf } from './uses';

/** By kind: what is lost when an object is deleted. */
const takenAlong: Readonly<Record<string, string>> = {
  PersistentVolumeClaim: 'deleting the claim deletes its data',
  Namespace: 'deleting the namespace deletes all of its objects, including data and Secrets',
  HelmChartConfig:
    'deleting the HelmChartConfig restores the chart values of k3s, so Traefik opens port 80 and gets a LoadBalancer Service',
  HelmChart: 'deleting the HelmChart uninstalls the chart and all of its objects',
  CustomResourceDefinition:
    'deleting the CustomResourceDefinition deletes every object of its kind, and what these objects created',
  PersistentVolume: 'deleting the PersistentVolume removes the data of the bound claim',
};

/** What is lost when an object is deleted. Unknown for custom kinds. */
export function takenAlongWith(object: KubernetesObject): string | undefined {
  const { persistentVolumeClaimRetentionPolicy: policy, type } = (object['spec'] ?? {}) as {
    persistentVolumeClaimRetentionPolicy?: { whenDeleted?: string };
    type?: string;
  };
  const kind = kindOf(object);
  if (kind === 'StatefulSet' && policy?.whenDeleted === 'Delete')
    return 'with whenDeleted: Delete, deleting the StatefulSet deletes the claims of its pods and their data';
  if (kind === 'Service' && type === 'LoadBalancer')
    return 'deleting the Service releases its load balancer address';
  if (isOfOthers(object))
    return `the controller of ${object.apiVersion} may delete more than the object, such as the data of a database`;
  return takenAlong[kind];
}

/**
 * Objects of the old output that the new output does not have: an apply does not remove them. Jobs are left out,
 * because a finished Job does nothing. Objects in a removed namespace are left out, because the namespace itself is
 * reported.
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

/** By kind: what an object keeps doing while it stays in the cluster. */
const goesOn: Readonly<Record<string, string>> = {
  Deployment: 'The pods keep running, with their last configuration',
  StatefulSet: 'The pods keep running, with their last configuration',
  DaemonSet: 'The pods keep running, with their last configuration',
  CronJob: 'The CronJob keeps starting Jobs on its schedule',
  Ingress: 'Traefik keeps serving the hosts',
  NetworkPolicy: 'The policy keeps allowing and denying the same connections',
  HorizontalPodAutoscaler: 'The autoscaler keeps scaling its workload',
  PodDisruptionBudget: 'The budget keeps limiting evictions',
  RoleBinding: 'The subjects keep their permissions',
  ClusterRoleBinding: 'The subjects keep their permissions',
  ResourceQuota: 'The quota keeps refusing pods',
  LimitRange: 'The LimitRange keeps setting defaults and refusing pods',
};

/** Objects that an apply leaves in the cluster. */
export function leftBehind(objects: readonly KubernetesObject[], head: Objects): Consequence[] {
  return objects.map((object) => {
    const taken = takenAlongWith(object);
    const users = usersOf(object, head);
    if (users.length > 0)
      return {
        ...{ class: 'left behind', side: 'kubernetes', object: describeObject(object), field: '' },
        reason: `The object is no longer in the manifests, but ${users.join(', ')} still need${users.length === 1 ? 's' : ''} it. An apply keeps the object, but a new cluster would not have it.`,
        wayOut:
          'Add the object to the manifests again. To remove the object: first remove the references to it, then delete it.',
      };
    return {
      ...{ class: 'left behind', side: 'kubernetes', object: describeObject(object), field: '' },
      reason: `${goesOn[kindOf(object)] ?? 'The object stays in the cluster unchanged'}: an apply does not remove objects.`,
      wayOut: `${taken === undefined ? 'After the apply' : `Before you delete the object, consider that ${taken}`}: ${deleteCommand(object)}`,
    };
  });
}
