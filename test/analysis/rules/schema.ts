import type { Json, KubernetesObject } from '../../../lib/documents/kubernetes';
import { checkSchema } from '../../../lib/kubernetes/schema/kubernetes-schema';

export type Fields = { readonly [field: string]: Json };

/** An object of a kind that has no more than it must. */
export function object(apiVersion: string, kind: string, fields: Fields = {}): KubernetesObject {
  return { apiVersion, kind, metadata: { name: 'a' }, ...fields };
}

/** The violations as a report prints them. */
export function check(checked: KubernetesObject): string[] {
  return checkSchema(checked).map(({ path, message }) => `${path}: ${message}`);
}

/** A Deployment of which some fields are others, or more. */
export function deployment({
  spec = {},
  pod = {},
  container = {},
}: Record<string, Fields> = {}): KubernetesObject {
  const labels = { 'app.kubernetes.io/name': 'api' };
  const api = { name: 'api', image: 'registry.example.com/api:1', ...container };
  const template = { metadata: { labels }, spec: { containers: [api], ...pod } };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'api', namespace: 'honeydue', labels },
    spec: { replicas: 3, selector: { matchLabels: labels }, template, ...spec },
  };
}

/** Where its container stands. */
export const container = 'spec.template.spec.containers[0]';
