import { findingsOf } from './manifest-case';

/** What is wrong in a manifest, the rule that says so, and where. */
const wrong: readonly (readonly [name: string, rule: string, path: string])[] = [
  ['secret-blank', 'base64-data', 'data.url'],
  ['ingress-two-classes', 'ingress-class', 'metadata.annotations["kubernetes.io/ingress.class"]'],
  ['mode-600', 'file-modes', 'spec.template.spec.volumes[0].secret.defaultMode'],
  ['port-clash', 'port-conflicts', 'spec.template.spec.containers[1].ports[0].containerPort'],
  ['port-undefined', 'dangling-ingress', 'spec.routes[0].services[0].port'],
  ['job-proxy', 'job-sidecars', 'spec.jobTemplate.spec.template.spec.containers'],
  ['api-clusterip', 'network-policy-cluster-ips', 'spec.egress[1].to[0].ipBlock.cidr'],
];

test.each(wrong)('%s is found by %s at %s', (name, rule, path) => {
  expect(findingsOf(rule, `manifests/${name}`)).toEqual([expect.stringContaining(`${rule} ${path}: `)]);
});

test('hpa-overlap: each of two workloads selects the pods of the other', () => {
  expect(findingsOf('overlapping-selectors', 'manifests/hpa-overlap')).toHaveLength(2);
});

test('mode-600: the advice is the mode that is meant', () => {
  expect(findingsOf('file-modes', 'manifests/mode-600')[0]).toMatch(/ Write 0600$/);
});
