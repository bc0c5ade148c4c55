import type { KubernetesObject } from '../../../documents/kubernetes';
import { deleteCommand } from '../../../kubernetes/objects/kubectl';
import { describeObject, kindOf, objectKey } from '../../../kubernetes/objects/object-key';
import { isOfOthers } from '../../../kubernetes/schema/kubernetes-schema';
import type { Consequence } from '../consequence';
import type { Objects } from './objects';
import { usersOf } from './uses';

/** What deleting an object of a kind takes along. */
const takenAlong: Readonly<Record<string, string>> = {
  PersistentVolumeClaim: 'deleting it deletes its data',
  Namespace: 'deleting it deletes everything in it, data and Secrets too',
  HelmChartConfig: "deleting it brings back k3s' own values, with port 80 and a Service",
  HelmChart: 'deleting it uninstalls the chart, with all that it made',
  CustomResourceDefinition: 'deleting it deletes every object of its kind, and what those stand for',
  PersistentVolume: 'deleting it takes the data from the claim that is bound to it',
};

/** What deleting an object takes along; of a kind that somebody else defines it isn't known. */
export function takenAlongWith(object: KubernetesObject): string | undefined {
  const { persistentVolumeClaimRetentionPolicy: policy, type } = (object['spec'] ?? {}) as {
    persistentVolumeClaimRetentionPolicy?: { whenDeleted?: string };
    type?: string;
  };
  const kind = kindOf(object);
  if (kind === 'StatefulSet' && policy?.whenDeleted === 'Delete')
    return 'its whenDeleted: Delete deletes the claims of its pods with it, and their data';
  if (kind === 'Service' && type === 'LoadBalancer') return 'the provider takes its address back';
  if (isOfOthers(object))
    return `what the controller of ${object.apiVersion} deletes with it is not known here: of a database it may be the data`;
  return takenAlong[kind];
}

/**
 * What an earlier output had and this one hasn't: an apply removes nothing, so it goes on. A Job is left out, since it
 * cleans up after itself, and so is what lies in a namespace that is gone: it goes with that.
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

/** What goes on of an object that nothing describes any more. */
const goesOn: Readonly<Record<string, string>> = {
  Deployment: 'Its pods run on, with what they were last given',
  StatefulSet: 'Its pods run on, with what they were last given',
  DaemonSet: 'Its pods run on, with what they were last given',
  CronJob: 'It starts Jobs on its schedule as before',
  Ingress: 'Traefik goes on answering for its hosts',
  NetworkPolicy: 'It goes on allowing what it allows, and denying what it denies',
  HorizontalPodAutoscaler: 'It goes on scaling its workload',
  PodDisruptionBudget: 'It goes on holding up drains',
  RoleBinding: 'Its subjects keep what it grants',
  ClusterRoleBinding: 'Its subjects keep what it grants',
  ResourceQuota: 'It goes on refusing pods',
  LimitRange: 'It goes on filling in and refusing',
};

/** What an apply leaves running. */
export function leftBehind(objects: readonly KubernetesObject[], head: Objects): Consequence[] {
  return objects.map((object) => {
    const taken = takenAlongWith(object);
    const users = usersOf(object, head);
    if (users.length > 0)
      return {
        ...{ class: 'left behind', side: 'kubernetes', object: describeObject(object), field: '' },
        reason: `Nothing describes it any more, and ${users.join(', ')} still need${users.length === 1 ? 's' : ''} it: an apply leaves it, and a cluster that comes up from nothing lacks it.`,
        wayOut: "Describe it again, or let nothing name it first. Until then don't delete it.",
      };
    return {
      ...{ class: 'left behind', side: 'kubernetes', object: describeObject(object), field: '' },
      reason: `${goesOn[kindOf(object)] ?? 'It stays in the cluster as it was'}: no apply removes what is no longer described.`,
      wayOut: `${taken === undefined ? 'Once the rest is applied' : `Knowing that ${taken}`}: ${deleteCommand(object)}`,
    };
  });
}
