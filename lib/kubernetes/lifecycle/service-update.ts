import type { ServiceSpec } from '../../../imports/kubernetes/kinds';
import { specAs } from '../kinds';
import type { ObjectUpdate, RefusedChange } from './refused-change';

/**
 * Immutable fields of a Service. A value that the cluster has assigned remains if the manifest no longer
 * sets the field; a later manifest can't set another value.
 */
export function refusedByService({ before, after }: ObjectUpdate): RefusedChange[] {
  const [old, now] = [specAs('Service', before), specAs('Service', after)];
  return [
    ...refusedAddress(old, now),
    ...refusedFamily(old, now),
    ...refusedBalancerClass(old, now),
    ...refusedHealthCheckPort(old, now),
  ];
}

function refusedAddress(old: ServiceSpec, now: ServiceSpec): RefusedChange[] {
  if (isExternalName(old) || isExternalName(now)) return [];
  const [was, is] = [addressOf(old), addressOf(now)];
  return is === undefined || is === was ? [] : [{ path: 'spec.clusterIP' }];
}

function addressOf({ clusterIP, clusterIPs }: ServiceSpec): string | undefined {
  return clusterIP ?? clusterIPs?.[0];
}

/** Only the first IP family is immutable. A second IP family can be added and removed. */
function refusedFamily(old: ServiceSpec, now: ServiceSpec): RefusedChange[] {
  if ([old, now].some((spec) => isExternalName(spec) || addressOf(spec) === 'None')) return [];
  const [first] = now.ipFamilies ?? [];
  const was = old.ipFamilies?.[0] ?? familyOfCluster;
  return first === undefined || first === was ? [] : [{ path: 'spec.ipFamilies[0]' }];
}

/** The IP family of k3s' default Service range, 10.43.0.0/16. */
const familyOfCluster = 'IPv4';

function refusedBalancerClass(old: ServiceSpec, now: ServiceSpec): RefusedChange[] {
  if (old.type !== 'LoadBalancer' || now.type !== 'LoadBalancer') return [];
  return old.loadBalancerClass === now.loadBalancerClass ? [] : [{ path: 'spec.loadBalancerClass' }];
}

function refusedHealthCheckPort(old: ServiceSpec, now: ServiceSpec): RefusedChange[] {
  const { healthCheckNodePort: port } = now;
  if (!isHealthChecked(old) || !isHealthChecked(now)) return [];
  return port === undefined || port === old.healthCheckNodePort ? [] : [{ path: 'spec.healthCheckNodePort' }];
}

function isHealthChecked({ type, externalTrafficPolicy }: ServiceSpec): boolean {
  return type === 'LoadBalancer' && externalTrafficPolicy === 'Local';
}

function isExternalName({ type }: ServiceSpec): boolean {
  return type === 'ExternalName';
}
