import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { honeydue } from '../../lib/cli/honeydue';
import { edited, fixtures, root, withConfiguration, withDirectory } from '../support/configuration';

function run(...args: string[]) {
  const [stdout, stderr]: [string[], string[]] = [[], []];
  const status = honeydue(args, {
    root,
    stdout: (text) => stdout.push(text),
    stderr: (text) => stderr.push(text),
  });
  return { status, stdout: stdout.join(''), stderr: stderr.join('') };
}

const budget = `apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: { name: cart, namespace: shop }
spec:
  minAvailable: 1
  maxUnavailable: 1
  selector: {}
`;

/** Runs `check` on a file of this text. */
function check(text: string, ...args: string[]) {
  return withDirectory((directory) => {
    const path = join(directory, 'manifest.yaml');
    writeFileSync(path, text);
    const { status, stdout, stderr } = run('check', path, ...args);
    return { status, stdout: stdout.replaceAll(path, 'manifest.yaml'), stderr };
  });
}

const priority = `apiVersion: scheduling.k8s.io/v1
kind: PriorityClass
metadata: { name: shop, labels: { app.kubernetes.io/part-of: shop, app.kubernetes.io/managed-by: hand } }
value: 1000
`;
const production = join(fixtures, 'production.yaml');

describe('honeydue check', () => {
  test('names each finding with the line of the manifest, what it must be and what to do', () => {
    const { status, stdout } = check(budget);
    expect(status).toBe(1);
    expect(stdout).toContain(
      'PodDisruptionBudget shop/cart\n  manifest.yaml:5:3 critical disruption-budget-limit: spec: has both; it must have either minAvailable or maxUnavailable\n',
    );
  });

  test('finds nothing in good manifests', () => {
    const { status, stdout } = check(priority);
    expect([status, stdout]).toEqual([
      0,
      expect.stringMatching(/^No findings in \d+ objects, held against \d+ rules/),
    ]);
  });

  test('finds the line inside of a List', () => {
    const list = `kind: List\napiVersion: v1\nitems:\n${budget.replaceAll(/^/gm, '    ').replace('    apiV', '  - apiV')}`;
    expect(check(list).stdout).toContain('manifest.yaml:8:7 critical disruption-budget-limit');
  });

  test('holds the deployment against the rules', () => {
    expect(run('check', '--config', production)).toMatchObject({ status: 0, stderr: '' });
  });

  test('ends with 2 for what is no manifest', () => {
    const { status, stderr } = check('kind: [');
    expect([status, stderr]).toEqual([2, expect.stringMatching(/manifest\.yaml:\d+:\d+ is not YAML/)]);
  });

  test('ends with 2 for a file that is not there', () => {
    expect(run('check', 'nowhere.yaml')).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('ENOENT'),
    });
  });

  test('ends with 2 for a format that does not exist', () => {
    expect(run('check', '--format', 'xml').status).toBe(2);
  });

  test('fits on a screen, however much it finds', () => {
    const many = Array.from({ length: 200 }, (_, index) =>
      budget.replace('name: cart', `name: cart-${index}`),
    );
    const { stdout } = check(many.join('---\n'));
    expect(stdout.split('\n').length).toBeLessThanOrEqual(50);
    expect(stdout).toMatch(/^and \d+ more, which --all tells: .*\d+ × /m);
  });

  test('tells all of it when asked', () => {
    const many = Array.from({ length: 30 }, (_, index) =>
      budget.replace('name: cart', `name: cart-${index}`),
    );
    expect(check(many.join('---\n'), '--all').stdout.match(/ disruption-budget-limit: /g)).toHaveLength(30);
  });

  test('prints JSON with a version', () => {
    const report = JSON.parse(check(budget, '--format', 'json').stdout) as { findings: unknown[] };
    expect(report).toMatchObject({ version: 1 });
    expect(report.findings).toContainEqual(
      expect.objectContaining({
        rule: 'disruption-budget-limit',
        severity: 'critical',
        object: 'PodDisruptionBudget shop/cart',
        place: expect.objectContaining({ line: 5, column: 3 }),
      }),
    );
  });

  test('prints SARIF with a place, and the rules that it names', () => {
    const log = JSON.parse(check(budget, '--format', 'sarif').stdout);
    expect(log.version).toBe('2.1.0');
    const [{ tool, results }] = log.runs;
    const result = results.find(({ ruleId }: { ruleId: string }) => ruleId === 'disruption-budget-limit');
    expect(result.locations[0].physicalLocation.region).toEqual({ startLine: 5, startColumn: 3 });
    expect(tool.driver.rules.map(({ id }: { id: string }) => id)).toContain(result.ruleId);
  });
});

const acknowledged = (rule: string, object: string, more = ''): string =>
  `${edited([])}  - rule: ${rule}\n    objects: [${object}]\n    reason: It was so.\n${more}`;

describe('an acknowledgement in the configuration', () => {
  const check = (text: string) => withConfiguration(text, (path) => run('check', '--config', path));

  test('that meets no finding is refused at its line', () => {
    const { status, stderr } = check(acknowledged('labels', 'Deployment honeydue/api'));
    expect(status).toBe(1);
    expect(stderr).toMatch(
      /production\.yaml:\d+:15 acknowledgements\[\d+\]\.objects\[0\]: Deployment honeydue\/api does not break labels; remove it/,
    );
  });

  test('of a rule that does not exist is told which was meant', () => {
    expect(check(acknowledged('label', 'Deployment honeydue/api')).stderr).toContain(
      'did you mean "labels"?',
    );
  });

  test('whose day has passed is refused at its line', () => {
    const { status, stderr } = check(
      acknowledged('labels', 'Deployment honeydue/api', '    expires: 2026-01-31\n'),
    );
    expect(status).toBe(1);
    expect(stderr).toMatch(
      /production\.yaml:\d+:14 acknowledgements\[\d+\]\.expires: was 2026-01-31, and today is/,
    );
  });

  test('needs a reason', () => {
    expect(
      check(acknowledged('labels', 'Deployment honeydue/api').replace('    reason: It was so.\n', '')).stderr,
    ).toContain('reason: is missing');
  });
});
