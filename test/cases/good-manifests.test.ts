import { findingsIn, findingsOf } from './manifest-case';

/** What is right in a manifest that other people run. */
const right: readonly (readonly [name: string, rules: readonly string[], why: string])[] = [
  ['rolebinding', ['binding-subjects'], "an account without a namespace is of the RoleBinding's own"],
  ['probe-port-unstated', ['probe-ports'], 'a probe may ask a number that ports does not list'],
  [
    'replicas-0',
    ['pdb-disruptions-is-zero', 'deployment-replicas'],
    'what is scaled to none is switched off',
  ],
  ['middleware-file', ['middleware-references'], 'a middleware of a file is not among the documents'],
  ['job-ttl-0', ['job-name-hash'], 'a Job that is removed as soon as it ends keeps its name'],
  ['pod-name-label', ['dangling-service'], 'the pods of a StatefulSet have their name as a label'],
  ['generated-labels-index', ['dangling-service'], 'the pods of a StatefulSet have their index as a label'],
  ['dns-to-all', ['instance-metadata'], 'the metadata server does not listen on port 53'],
];

describe('good manifests', () => {
  test.each(right)('%s: no finding of %j: %s', (name, rules) => {
    const found = findingsIn(`manifests/${name}`);
    expect(found.filter((each) => rules.some((rule) => each.startsWith(`${rule} `)))).toEqual([]);
  });

  test('optional-items: an optional Secret is one finding, of the field that states it', () => {
    expect(findingsOf('optional-secrets', 'manifests/optional-items')).toEqual([
      'optional-secrets spec.template.spec.volumes[0].secret.optional: is true; it must be false, or absent',
    ]);
  });
});
