import { type PodProps, podProblems } from '../../../lib/constructs/parts/pod';
import { podProps } from '../../support/props';

const config = { name: 'shop-config', data: { GREETING: 'hello' } };
const secret = { name: 'shop-secrets' };

/** What is wrong with a pod, as a PropsError words it. */
function told(more: Partial<PodProps>): string[] {
  const problems = podProblems({ ...podProps, ...more });
  return problems.flatMap((problem) => (problem ? [`${problem.path.join('.')} ${problem.message}`] : []));
}

describe('what every workload states of its pods', () => {
  test.each([
    'redis',
    'redis:7-alpine',
    'localhost:5000/team/a__b/c-d.e:V1.2',
    'Registry.example.com/cart@sha256:'.padEnd(97, '0'),
  ])('may have the image %s', (image) => {
    expect(told({ image })).toEqual([]);
  });

  test('is accepted', () => {
    expect(
      told({
        user: 1,
        environment: {
          TEXT: '',
          'spring.name': 'x',
          OURS: { configMap: config, key: 'GREETING' },
          THEIRS: { secret, key: '.pass_word' },
        },
        files: { key: { secret, key: 'apns.p8', directory: '/etc/key' } },
        scratch: { tmp: { directory: '/tmp', sizeLimit: '64Mi' } },
      }),
    ).toEqual([]);
  });

  const root = '(0 is root, which Pod Security "restricted" refuses)';

  test.each<[Partial<PodProps>, string]>([
    ...[0, -1, 3e9, 1.5, Number.NaN].map((user): [Partial<PodProps>, string] => [
      { user },
      `user is ${user}; it must be an integer from 1 to 2147483647 ${root}`,
    ]),
    [
      { scratch: { tmp: { directory: '/tmp', sizeLimit: '64MB' } } },
      'scratch.tmp.sizeLimit is "64MB"; it must be a quantity of bytes such as 128Mi or 5Gi',
    ],
    [
      { environment: { 'A=B': 'x' } },
      'environment.A=B is not a valid variable name; it must be a name of printable characters without "="',
    ],
    [
      { environment: { A: { configMap: config, key: 'GREETINGS' } } },
      'environment.A.key is "GREETINGS", but the ConfigMap shop-config has no such key; did you mean "GREETING"?',
    ],
    [
      { environment: { A: { configMap: { name: 'empty', data: {} }, key: 'toString' } } },
      'environment.A.key is "toString", but the ConfigMap empty has no such key; its keys: none',
    ],
    [
      { environment: { A: { secret, key: 'a b' } } },
      'environment.A.key is "a b"; it must be a key: 1 to 253 letters, digits, "-", "_" and "."',
    ],
    [
      { files: { key: { secret, key: '..', directory: '/etc/key' } } },
      'files.key.key is ".."; it must be a key: 1 to 253 letters, digits, "-", "_" and "."',
    ],
    [
      { resources: { ...podProps.resources, memory: { request: '0', limit: '128Mi' } } },
      'resources.memory.request is "0"; it must be a quantity of bytes such as 128Mi or 5Gi',
    ],
    ...['', 'shop cart:v2', 'Shop/Cart:v2', 'shop/cart:', 'shop/cart@sha256:abc'].map(
      (image): [Partial<PodProps>, string] => [
        { image },
        `image is ${JSON.stringify(image)}; it must be an image such as registry.example.com/team/api:v2@sha256:… (64 hexadecimal digits)`,
      ],
    ),
    [
      { imagePullSecret: 'Pulls' },
      'imagePullSecret is "Pulls"; it must be a DNS subdomain: 1 to 253 characters of a-z, 0-9, "-" and "."',
    ],
    [
      { priorityClass: 'a b' },
      'priorityClass is "a b"; it must be a DNS subdomain: 1 to 253 characters of a-z, 0-9, "-" and "."',
    ],
    [
      { environment: { A: { secret: { name: 'Shop' }, key: 'A' } } },
      'environment.A.secret.name is "Shop"; it must be a DNS subdomain: 1 to 253 characters of a-z, 0-9, "-" and "."',
    ],
    [
      { environment: { A: { secret: { ...secret, revision: 0 }, key: 'A' } } },
      'environment.A.secret.revision is 0; it must be an integer from 1 to 1000000',
    ],
    [
      { envFrom: [{ name: 'Shop', data: {} }] },
      'envFrom.0.name is "Shop"; it must be a DNS subdomain: 1 to 253 characters of a-z, 0-9, "-" and "."',
    ],
    [
      { scratch: { tmp: { directory: 'tmp', sizeLimit: '64Mi' } } },
      'scratch.tmp.directory is "tmp"; it must be an absolute path below "/", without ".." and ":"',
    ],
    [
      { scratch: { tmp: { directory: '/', sizeLimit: '64Mi' } } },
      'scratch.tmp.directory is "/"; it must be an absolute path below "/", without ".." and ":"',
    ],
    [
      { scratch: { My_Tmp: { directory: '/tmp', sizeLimit: '64Mi' } } },
      'scratch.My_Tmp is not a valid volume name; it must be a DNS label: 1 to 63 characters of a-z, 0-9 and "-"',
    ],
    [
      {
        files: { tmp: { secret, key: 'a', directory: '/etc/key' } },
        scratch: { tmp: { directory: '/tmp', sizeLimit: '64Mi' } },
      },
      'scratch.tmp is tmp, the same as files.tmp; use a different value',
    ],
    [
      {
        files: { key: { secret, key: 'a', directory: '/tmp/' } },
        scratch: { tmp: { directory: '/tmp', sizeLimit: '64Mi' } },
      },
      'scratch.tmp.directory is /tmp, the same as files.key.directory; use a different value',
    ],
  ])('is refused: %j', (more, message) => {
    expect(told(more)).toEqual([message]);
  });
});
