import type { Json, KubernetesObject } from '../../../lib/documents/kubernetes';
import { app, connectionsFrom, connectionsTo, denyAll, policy, workload } from './documents';

export const api = workload('api');
export const redis = workload('redis');

/** A policy for the pods with the label `app`, in one direction. */
export function ingress(name: string, ...rules: Json[]): KubernetesObject {
  return policy(`to-${name}`, { podSelector: app(name), policyTypes: ['Ingress'], ingress: rules });
}

export function egress(name: string, ...rules: Json[]): KubernetesObject {
  return policy(`from-${name}`, { podSelector: app(name), policyTypes: ['Egress'], egress: rules });
}

/** With everything denied but the egress of `api`, what a rule lets into `redis`. */
export function into(...rules: Json[]): string[] {
  return connectionsTo('redis', api, redis, denyAll, egress('api', {}), ingress('redis', ...rules));
}

/** With everything denied but the ingress of `redis`, what a rule lets `api` do. */
export function outOf(...rules: Json[]): string[] {
  return connectionsFrom('api', api, redis, denyAll, ingress('redis', {}), egress('api', ...rules));
}

export const tcp = (port: Json): Json => ({ ports: [{ protocol: 'TCP', port }] });
export const fromApi = { from: [{ podSelector: app('api') }] };
export const toRedis = { to: [{ podSelector: app('redis') }] };
export const cidr = (text: string, ...except: string[]): Json => ({ ipBlock: { cidr: text, except } });
