import type { Manifests } from '../manifests';
import type { Node } from '../scheduling/node';
import type { Pod } from '../workloads/pods';
import { findClaimTemplateFaults, findDefaultLimitFaults, findLimitRangeFaults } from './limit-ranges';
import { findMissingObjects } from './missing-objects';
import { findNodeObstacles, type PlacedBefore } from './node-obstacles';
import {
  describeFault,
  isForbidden,
  podSecurityFaults,
  podSecurityLabel,
  podSecurityLevel,
} from './pod-security';
import { findQuotaFaults } from './quotas';
import type { StartObstacle } from './start-obstacle';

/** The facts that decide whether new pods can start. */
export interface StartFacts {
  readonly manifests: Manifests;
  /** Other objects of the cluster. An apply does not delete them. */
  readonly existing?: Manifests | undefined;
  /** The nodes. @default unknown: scheduling is not checked */
  readonly nodes?: readonly Node[] | undefined;
  /** The running pods that the new pods replace. */
  readonly replaces?: PlacedBefore | undefined;
}

/**
 * The reasons why new pods of an object certainly never run: the API server refuses the pods, no node accepts them,
 * or an object that they need is missing. Reasons that are only possible are left out.
 */
export function findStartObstacles(pod: Pod, facts: StartFacts): StartObstacle[] {
  const { manifests, existing, nodes = [], replaces } = facts;
  if (pod.count.most === 0) return [];
  return [
    ...findPodSecurityFaults(pod, manifests, existing),
    ...findLimitRangeFaults(pod, manifests),
    ...findDefaultLimitFaults(pod, manifests),
    ...findClaimTemplateFaults(pod, manifests),
    ...findQuotaFaults(pod, manifests, replaces?.pod),
    ...findMissingObjects(pod, manifests, existing),
    ...findNodeObstacles(pod, manifests, nodes, replaces),
  ];
}

/** The fields of a pod that the Pod Security level of the pod's namespace forbids. */
export function findPodSecurityFaults(pod: Pod, manifests: Manifests, existing?: Manifests): StartObstacle[] {
  const { namespace, spec, annotations, path } = pod;
  const described = manifests.find('Namespace', '', namespace) ?? existing?.find('Namespace', '', namespace);
  const level = podSecurityLevel(described?.metadata.labels);
  const faults = podSecurityFaults(spec, annotations).filter((fault) => isForbidden(fault, level));
  const [first] = faults;
  if (first === undefined) return [];
  return [
    {
      stage: 'refused',
      key: `pod security ${faults.map(describeFault).sort().join()}`,
      path: `${path}.${first.path}`,
      reason: `Namespace ${namespace} refuses the pods (Pod Security ${level}): ${faults.map(describeFault).join('; ')}`,
      wayOut: `Remove this setting from the pod template. To allow the setting instead: kubectl label --overwrite namespace ${namespace} ${podSecurityLabel}=${first.level === 'baseline' ? 'privileged' : 'baseline'}`,
    },
  ];
}
