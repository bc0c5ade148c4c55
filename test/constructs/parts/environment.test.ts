import {
  environmentProblems,
  readAnnotations,
  variableSources,
  variables,
} from '../../../lib/constructs/parts/environment';

const config = { name: 'shop-config', data: { A: '1', B: '2' } };
const secrets = { name: 'shop-secrets', revision: 4 };

describe('the environment', () => {
  test('comes in the order of its names, whatever order it was written in', () => {
    const environment = { Z: '26', A: '1' };
    expect(variables({ environment }).map(({ name }) => name)).toEqual(['A', 'Z']);
  });

  test('takes text literally: Kubernetes would expand $(NAME)', () => {
    expect(variables({ environment: { A: '$(HOME) costs $5, $$(x)' } })).toEqual([
      { name: 'A', value: '$$(HOME) costs $5, $$$$(x)' },
    ]);
  });

  test('composes values of variables that precede them, because the kubelet expands no others', () => {
    const environment = {
      A_URL: { compose: 'redis://:$(PASSWORD)@redis:6379' },
      PASSWORD: { secret: secrets, key: 'PASSWORD' },
    };
    expect(variables({ environment })).toEqual([
      { name: 'PASSWORD', valueFrom: { secretKeyRef: { name: 'shop-secrets', key: 'PASSWORD' } } },
      { name: 'A_URL', value: 'redis://:$(PASSWORD)@redis:6379' },
    ]);
    expect(environmentProblems({ environment }).filter(Boolean)).toEqual([]);
  });

  test.each([
    [
      'an unknown variable',
      '$(PASWORD)',
      'refers to $(PASWORD), which is not a variable of the container; did you mean "PASSWORD"?',
    ],
    [
      'another composed one',
      '$(B_URL)',
      'refers to $(B_URL), which is itself a composed value; refer to the variables that B_URL is composed of',
    ],
  ])('refuses a value composed of %s', (_, compose, message) => {
    const environment = {
      A_URL: { compose },
      B_URL: { compose: '$(PASSWORD) costs $$(5)' },
      PASSWORD: { secret: secrets, key: 'PASSWORD' },
    };
    expect(environmentProblems({ environment }).filter(Boolean)).toEqual([
      { path: ['environment', 'A_URL', 'compose'], message },
    ]);
  });

  test('takes keys of ConfigMaps and Secrets', () => {
    const environment = { A: { configMap: config, key: 'A' }, P: { secret: secrets, key: 'PASSWORD' } };
    expect(variables({ environment })).toEqual([
      { name: 'A', valueFrom: { configMapKeyRef: { name: 'shop-config', key: 'A' } } },
      { name: 'P', valueFrom: { secretKeyRef: { name: 'shop-secrets', key: 'PASSWORD' } } },
    ]);
  });

  test('takes ConfigMaps as a whole', () => {
    expect(variableSources({ envFrom: [config] })).toEqual([{ configMapRef: { name: 'shop-config' } }]);
  });
});

describe('pods that read configuration restart', () => {
  const all = (data: Record<string, string>) => readAnnotations({ envFrom: [{ ...config, data }] });
  const one = (data: Record<string, string>) =>
    readAnnotations({ environment: { A: { configMap: { ...config, data }, key: 'A' } } });

  test('when any key changes that they read as a whole', () => {
    expect(all({ A: '1', B: '3' })).not.toEqual(all({ A: '1', B: '2' }));
  });

  test('when a key is added that they read as a whole', () => {
    expect(all({ A: '1', B: '2', C: '' })).not.toEqual(all({ A: '1', B: '2' }));
  });

  test('not when keys only change their order', () => {
    expect(all({ B: '2', A: '1' })).toEqual(all({ A: '1', B: '2' }));
  });

  test('not when another key changes than the one they read', () => {
    expect(one({ A: '1', B: '3' })).toEqual(one({ A: '1', B: '2' }));
  });

  test('when the one key changes that they read', () => {
    expect(one({ A: '2', B: '2' })).not.toEqual(one({ A: '1', B: '2' }));
  });

  test('when text moves from a key to its neighbour', () => {
    expect(all({ A: '1"', B: '2' })).not.toEqual(all({ A: '1', B: '"2' }));
  });

  test('when a Secret that they read has a new revision, as a variable or as a file', () => {
    const variable = readAnnotations({ environment: { P: { secret: secrets, key: 'PASSWORD' } } });
    expect(variable).toEqual({ 'revision/shop-secrets': '4' });
    expect(readAnnotations({}, [secrets])).toEqual(variable);
  });

  test('never, when nothing is said of the Secret', () => {
    expect(readAnnotations({ environment: { P: { secret: { name: 's' }, key: 'P' } } })).toEqual({});
  });
});
