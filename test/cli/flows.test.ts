import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { flowAssumptions } from '../../lib/analysis/flows/assumptions';
import { run } from '../support/command';
import { fixtures, withDirectory } from '../support/configuration';

const production = join(fixtures, 'production.yaml');
const policy = `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: open, namespace: shop }
spec:
  podSelector: { matchLabels: { app: cart } }
  ingress: [{ from: [{ ipBlock: { cidr: 192.0.2.0/24 } }], ports: [{ port: 8080 }] }]
`;

describe('honeydue flows', () => {
  test('shows who talks to whom in production', () => {
    const { status, stdout } = run('flows', '--config', production);
    expect(status).toBe(0);
    expect(stdout).toMatch(/^api +- +- +53 TCP and UDP +6379 TCP +- +- +443, 587, 5432 TCP +- +-$/m);
    expect(stdout).toMatch(/^web +- +- +53 TCP and UDP +- +- +- +443 TCP +- +-$/m);
  });

  test('says that this is what was declared', () => {
    expect(run('flows', '--config', production).stdout).toContain(
      'These are exactly the connections that the configuration declares.',
    );
  });

  test('prints a versioned shape with what it assumes', () => {
    expect(JSON.parse(run('flows', '--config', production, '--format', 'json').stdout)).toMatchObject({
      version: 1,
      assumptions: flowAssumptions,
    });
  });

  test('reads foreign manifests', () => {
    withDirectory((directory) => {
      const path = join(directory, 'policies.yaml');
      writeFileSync(path, policy);
      expect(run('flows', path).stdout).toMatch(/^192\.0\.2\.0\/24 .* 8080 TCP +-$/m);
    });
  });

  test('names every object with an invalid policy or workload', () => {
    withDirectory((directory) => {
      const path = join(directory, 'policies.yaml');
      const invalid = policy.replace('ingress: [', 'ingress: 3 #').replace('name: open', 'name: closed');
      const deployment = `{ apiVersion: apps/v1, kind: Deployment, metadata: { name: cart }, spec: { template: 7 } }`;
      writeFileSync(path, `${policy.replace('app: cart', 'app: 1')}---\n${invalid}---\n${deployment}\n`);
      expect(run('flows', path)).toMatchObject({
        status: 2,
        stderr: `Deployment cart: spec.template is 7, not an object
NetworkPolicy shop/open: spec.podSelector.matchLabels["app"] is 1, not a string
NetworkPolicy shop/closed: spec.ingress is 3, not a list
Correct the manifests: npx honeydue check shows the line of each field.
`,
      });
    });
  });

  test('takes the ranges of another cluster', () => {
    withDirectory((directory) => {
      const path = join(directory, 'policies.yaml');
      writeFileSync(path, policy.replace('192.0.2.0/24', '10.244.0.0/16'));
      expect(run('flows', path).stdout).toContain('10.244.0.0/16');
      const { stdout } = run('flows', path, '--pod-cidr', '10.244.0.0/16');
      expect(stdout).toContain('pods of other namespaces');
      expect(stdout).not.toContain('10.244.0.0/16');
    });
  });

  test('takes no packet of a Service for one that a policy sees', () => {
    withDirectory((directory) => {
      const path = join(directory, 'policies.yaml');
      writeFileSync(path, policy);
      expect(run('flows', path, '--service-cidr', '192.0.2.0/24').stdout).not.toContain('192.0.2.0/24');
    });
  });

  test.each([
    ['10.244.0.0', '10.244.0.0'],
    ['an IPv6 range', 'fd00::/64'],
  ])('refuses %s as a range of pods', (_, range) => {
    const { status, stderr } = run('flows', '-', '--pod-cidr', range);
    expect([status, stderr]).toEqual([2, expect.stringContaining('It must be an IPv4 range')]);
  });

  test('refuses ranges where the configuration has its own', () => {
    const { status, stderr } = run('flows', '--config', production, '--pod-cidr', '10.244.0.0/16');
    expect([status, stderr]).toEqual([2, expect.stringContaining('name files')]);
  });

  test.each([
    ['kind: [', /policies\.yaml:\d+:\d+ is not YAML: /],
    [
      'a: 1\n',
      /policies\.yaml:1:1 is not a Kubernetes object, which must have apiVersion, kind, and metadata\.name/,
    ],
  ])('says where a file is no manifest: %j', (text, message) => {
    withDirectory((directory) => {
      const path = join(directory, 'policies.yaml');
      writeFileSync(path, text);
      const { status, stderr } = run('flows', path);
      expect([status, stderr]).toEqual([2, expect.stringMatching(message)]);
    });
  });

  test('says that a file is not there', () => {
    expect(run('flows', 'nowhere.yaml').stderr).toContain(
      'nowhere.yaml:1:1 there is no such file; name a YAML file',
    );
  });

  test('lists in its help what it assumes of the cluster', () => {
    expect(run('flows', '--help').stdout).toContain(flowAssumptions[0]);
  });
});

describe('honeydue', () => {
  test('lists its commands', () => {
    expect(run('--help').stdout).toMatch(/synth .*\n(.*\n)*.*flows /);
  });

  test('knows what was meant', () => {
    const { status, stderr } = run('flow');
    expect(status).toBe(2);
    expect(stderr).toContain('(Did you mean flows?)');
  });
});
