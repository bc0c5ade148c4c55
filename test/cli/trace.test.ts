import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { traceAssumptions } from '../../lib/analysis/trace/assumptions';
import { run } from '../support/command';
import { fixtures, withDirectory } from '../support/configuration';

const production = join(fixtures, 'production.yaml');
const inProduction = (...words: string[]) => run('trace', ...words, '--config', production);

const manifests = `apiVersion: v1
kind: Pod
metadata: { name: cart, namespace: shop }
spec: { containers: [{ name: cart, ports: [{ containerPort: 80 }] }] }
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: closed, namespace: shop }
spec: { podSelector: {}, policyTypes: [Egress] }
`;

describe('honeydue trace', () => {
  test('ends with 0 if nothing stops the request', () => {
    const { status, stdout } = inProduction('api', 'redis');
    expect([status, stdout]).toEqual([0, expect.stringMatching(/\nThe request arrives\.\n$/)]);
  });

  test('ends with 1 if something stops it, and prints what lets it through', () => {
    const { status, stdout } = inProduction('web', 'redis:6379');
    expect([status, stdout]).toEqual([
      1,
      expect.stringMatching(
        /\nStopped: Policies of the client\. To allow the request: Add redis to connectsTo of web/,
      ),
    ]);
  });

  test('prints nothing with --quiet', () => {
    expect(inProduction('web', 'redis:6379', '--quiet')).toMatchObject({ status: 1, stdout: '' });
  });

  test('prints each line and the assumptions with --verbose', () => {
    const { stdout } = inProduction('api', 'redis', '--verbose');
    for (const each of traceAssumptions) expect(stdout).toContain(`  - ${each}\n`);
  });

  test('prints a versioned shape for programs', () => {
    const { stdout } = inProduction('web', 'redis:6379', '--format', 'json');
    const report = JSON.parse(stdout) as { steps: { key: string; places: unknown[] }[] };
    expect(report).toMatchObject({ version: 1, request: 'web -> redis:6379', outcome: 'stopped' });
    expect(report.steps.at(-1)).toMatchObject({
      ...{ key: 'egress-policy', title: 'Policies of the client', outcome: 'stops' },
      places: expect.arrayContaining([
        {
          ...{ file: '1-network.k8s.yaml', line: expect.any(Number) as number },
          ...{ object: 'NetworkPolicy honeydue/allow-egress-from-web', path: 'spec' },
        },
      ]) as unknown,
    });
  });

  test('takes the address of the visitor', () => {
    const { stdout } = inProduction('https://api.myhoneydue.com/', '--client', '178.104.247.152');
    expect(stdout).toContain('IngressRoute honeydue/from-nodes-api-myhoneydue-com matches');
  });

  test('reads manifests of any origin, with their lines', () => {
    withDirectory((directory) => {
      const file = join(directory, 'shop.yaml');
      writeFileSync(file, manifests);
      const { status, stdout } = run('trace', 'cart', '1.1.1.1:443', '-f', file);
      expect([status, stdout]).toEqual([1, expect.stringContaining('shop.yaml:9')]);
    });
  });

  test('names the field of a policy that the API server refuses', () => {
    withDirectory((directory) => {
      const file = join(directory, 'shop.yaml');
      writeFileSync(file, manifests.replace('podSelector: {}', 'podSelector: []'));
      expect(run('trace', 'cart', '1.1.1.1:443', '-f', file)).toMatchObject({
        status: 2,
        stderr: expect.stringMatching(
          /^NetworkPolicy shop\/closed: spec\.podSelector is \[\], not an object$/m,
        ),
      });
    });
  });

  test.each([
    [['app.myhoneydue.com'], '"app.myhoneydue.com" is not a URL: write https://app.myhoneydue.com'],
    [['ftp://app.myhoneydue.com/'], '"ftp://app.myhoneydue.com/" is not a URL'],
    [
      ['a', 'b', 'c'],
      'Give a URL, or the two ends of a connection: `https://app.example.com/`, or `web redis:6379`.',
    ],
    [
      ['web', 'redis:70000'],
      '"redis:70000" is not a valid target: write a name or an address with a port from 1 to 65535',
    ],
    [
      ['web', 'rediss:6379'],
      'No workload or service has the name rediss; did you mean "redis"? Known names: ',
    ],
    [['webb', 'redis:6379'], 'No workload or service has the name webb; did you mean "web"? Known names: '],
    [['web', '1.1.1.1'], '1.1.1.1 needs a port, as in 1.1.1.1:443.'],
    [['web', 'redis', '--method', 'POST'], '--method and --client are only for a URL'],
    [
      ['https://app.myhoneydue.com/', '--client', 'me'],
      'The client "me" is not an address, such as 192.0.2.1.',
    ],
  ])('refuses %j', (words, message) => {
    const { status, stderr } = inProduction(...words);
    expect([status, stderr]).toEqual([2, expect.stringContaining(message)]);
  });

  test('says that a file is not there', () => {
    expect(run('trace', 'a', 'b:1', '-f', 'nowhere.yaml')).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('nowhere.yaml:1:1 there is no such file') as string,
    });
  });

  test('lists in its help what it assumes', () => {
    expect(run('trace', '--help').stdout).toContain(traceAssumptions[0]);
  });
});
