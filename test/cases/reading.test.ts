import { findingsIn, findingsOf } from './manifest-case';

const env = 'spec.template.spec.containers[0].env[0].value';

describe('manifests as kubectl reads them', () => {
  test('yaml-yes: an unquoted yes is a boolean, and is written in quotes, unchanged', () => {
    expect(findingsOf('schema-validation', 'manifests/yaml-yes')).toEqual([
      `schema-validation ${env}: yes (which YAML parses as true) is not a string. Write "yes", with quotes.`,
    ]);
  });

  test('yaml-underscore: 1_000 is a number', () => {
    expect(findingsOf('schema-validation', 'manifests/yaml-underscore')).toEqual([
      `schema-validation ${env}: 1_000 (which YAML parses as 1000) is not a string. Write "1_000", with quotes.`,
    ]);
  });

  test('yaml-on-label: a label must not be a boolean', () => {
    expect(findingsOf('schema-validation', 'manifests/yaml-on-label')).toEqual([
      'schema-validation metadata.labels.canary: on (which YAML parses as true) is not a string. Write "on", with quotes.',
    ]);
  });

  test.each(['yaml-merge', 'yaml-indent'])('%s: kubectl accepts it', (name) => {
    expect(findingsOf('schema-validation', `manifests/${name}`)).toEqual([]);
  });

  test('generate-name: an object may have its name generated', () => {
    const found = findingsIn('manifests/generate-name');
    expect(found).not.toEqual([]);
    expect(found.filter((each) => /^(object-names|job-name-hash) /.test(each))).toEqual([]);
  });
});

describe('a value of a wrong type is one finding', () => {
  /** Rules that read the containers which hold the value. */
  const followUps = /^(container-names|service-target-ports|requests-within-limits|quantities) /;

  test.each(['cascade-type', 'cascade-quantity'])('%s', (name) => {
    const found = findingsIn(`manifests/${name}`);
    expect(found.filter((each) => followUps.test(each))).toEqual([]);
    const paths = findingsOf('schema-validation', `manifests/${name}`).map((each) => each.split(': ')[0]);
    expect(paths).toEqual(
      (name === 'cascade-type'
        ? ['env[0].value']
        : ['resources.requests.memory', 'resources.limits.memory']
      ).map((field) => `schema-validation spec.template.spec.containers[0].${field}`),
    );
  });
});
