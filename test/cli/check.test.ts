import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv';
import { parse, stringify } from 'yaml';
import { run } from '../support/command';
import { edited, fixtures, root, withConfiguration, withDirectory } from '../support/configuration';

const budget = `apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: { name: cart, namespace: shop }
spec:
  minAvailable: 1
  maxUnavailable: 1
  selector: {}
`;

/** OASIS' schema as Schema Store has it, without its descriptions. */
const isSarif = new Ajv({ strict: false, validateFormats: false, unicodeRegExp: false }).compile(
  JSON.parse(readFileSync(join(root, 'test', 'fixtures', 'sarif-2.1.0.json'), 'utf8')),
);

/** Runs `check` on a file of this text. */
function check(text: string | Buffer, ...args: string[]) {
  return withDirectory((directory) => {
    const path = join(directory, 'manifest.yaml');
    writeFileSync(path, text);
    const { status, stdout, stderr } = run('check', path, ...args);
    const named = (said: string) => said.replaceAll(path, 'manifest.yaml');
    return { status, stdout: named(stdout), stderr: named(stderr) };
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
      'PodDisruptionBudget shop/cart\n  manifest.yaml:5:3 critical pdb-limits: spec: has both minAvailable and maxUnavailable; it must have only one of the two\n',
    );
  });

  test('does not say of a refused configuration that nothing was written', () => {
    const broken = edited([['    image: web\n    replicas: 3', '    image: web\n    replicas: -3']]);
    const { status, stderr } = withConfiguration(broken, (path) => run('check', '--config', path));
    expect([status, stderr]).toEqual([1, expect.stringMatching(/replicas: .*\n\nOne problem\.\n$/s)]);
  });

  test('finds nothing in good manifests', () => {
    const { status, stdout } = check(priority);
    expect([status, stdout]).toEqual([
      0,
      expect.stringMatching(/^No findings in one object, checked against \d+ rules/),
    ]);
  });

  test('finds the line inside of a List', () => {
    const list = `kind: List\napiVersion: v1\nitems:\n${budget.replaceAll(/^/gm, '    ').replace('    apiV', '  - apiV')}`;
    expect(check(list).stdout).toContain('manifest.yaml:8:7 critical pdb-limits');
  });

  test('counts the pods of a DaemonSet on the nodes that the command line states', () => {
    const text = [
      'apiVersion: v1\nkind: ResourceQuota\nmetadata: { name: q, namespace: shop }\nspec: { hard: { pods: "2" } }\n',
      'apiVersion: apps/v1\nkind: DaemonSet\nmetadata: { name: a, namespace: shop }\nspec: { selector: { matchLabels: { a: b } }, template: { metadata: { labels: { a: b } }, spec: { containers: [{ name: a, image: x }] } } }\n',
    ].join('---\n');
    const room = 'high exceeded-quota: spec.hard.pods: is "2"; it must be at least 3';
    expect(check(text, '--node-count', '3', '--verbose').stdout).toContain(room);
    expect(check(text, '--node-count', '2', '--verbose').stdout).not.toContain('high exceeded-quota');
    expect(run('check', '--config', production, '--node-count', '3').status).toBe(2);
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
      stderr: expect.stringContaining('there is no such file; name a YAML file'),
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
    expect(stdout).toMatch(/^and \d+ more, which --verbose lists: .*\d+ × /m);
  });

  test('tells all of it when asked', () => {
    const many = Array.from({ length: 30 }, (_, index) =>
      budget.replace('name: cart', `name: cart-${index}`),
    );
    expect(check(many.join('---\n'), '--verbose').stdout.match(/ pdb-limits: /g)).toHaveLength(30);
  });

  test('prints JSON with a version', () => {
    const report = JSON.parse(check(budget, '--format', 'json').stdout) as { findings: unknown[] };
    expect(report).toMatchObject({ version: 1 });
    expect(report.findings).toContainEqual(
      expect.objectContaining({
        rule: 'pdb-limits',
        severity: 'critical',
        object: 'PodDisruptionBudget shop/cart',
        place: expect.objectContaining({ line: 5, column: 3 }),
      }),
    );
  });

  test('counts the rules that apply to nothing, and names them when asked', () => {
    expect(check(priority).stdout).toMatch(/^\d+ rules have no object to check; --verbose lists them\.$/m);
    expect(check(priority, '--verbose').stdout).toMatch(/^\d+ rules have no object to check: .*, volumes, /m);
  });

  test.each<[string, () => string]>([
    ['findings with places', () => check(budget, '--format', 'sarif').stdout],
    ['acknowledged ones', () => run('check', '--config', production, '--format', 'sarif').stdout],
  ])('prints SARIF that its schema accepts: %s', (_, print) => {
    expect(isSarif(JSON.parse(print()))).toBe(true);
    expect(isSarif.errors).toBeNull();
  });

  test('prints SARIF with a place, and the rules that it names', () => {
    const log = JSON.parse(check(budget, '--format', 'sarif').stdout);
    expect(log.version).toBe('2.1.0');
    const [{ tool, results }] = log.runs;
    const result = results.find(({ ruleId }: { ruleId: string }) => ruleId === 'pdb-limits');
    expect(result.locations[0].physicalLocation.region).toEqual({ startLine: 5, startColumn: 3 });
    expect(tool.driver.rules.map(({ id }: { id: string }) => id)).toContain(result.ruleId);
  });
});

describe('what others write', () => {
  test('may hold documents of comments alone, as Helm prints them', () => {
    const rendered = `---\n# Source: shop/templates/none.yaml\n---\n\n---\n# Source: shop/templates/priority.yaml\n${priority}---\n`;
    expect(check(rendered)).toMatchObject({ status: 0, stdout: expect.stringMatching(/ in one object/) });
  });

  test('may end its lines as Windows does', () => {
    expect(check(budget.replaceAll('\n', '\r\n')).stdout).toContain('manifest.yaml:5:3 critical pdb-limits');
  });

  test('may begin with a byte order mark', () => {
    expect(check(`\uFEFF${priority}`).status).toBe(0);
  });

  test('may be JSON', () => {
    expect(check(JSON.stringify({ ...parse(priority) }, null, 2)).status).toBe(0);
  });

  test('may be a list of one kind, whose items do not name it', () => {
    const items = parse(budget);
    const { apiVersion, kind, ...item } = items;
    const list = stringify({ apiVersion, kind: `${kind}List`, items: [item] });
    expect(check(list).stdout).toMatch(/^PodDisruptionBudget shop\/cart\n {2}manifest\.yaml:8:7 /m);
  });

  test('ends with 2 where it holds nothing: what renders it may have failed', () => {
    for (const nothing of ['', '---\n', '# nothing\n---\n# nor here\n'])
      expect(check(nothing)).toMatchObject({
        status: 2,
        stdout: '',
        stderr: 'No Kubernetes object in manifest.yaml. Name files or directories with manifests.\n',
      });
  });

  test.each<[string, string | Buffer, string]>([
    [
      'bytes that are no text',
      Buffer.from([0x1f, 0x8b, 0xff, 0xfe]),
      '1:1 is not UTF-8 text; save the file as UTF-8',
    ],
    ['a text of something else', 'hello\n', '1:1 is not a Kubernetes object'],
    [
      'an alias that stands inside of what it names',
      'a: &a\n  b: *a\n',
      '2:6 contains itself: the alias *a is inside the value of its own anchor &a',
    ],
    ['a key twice', 'kind: A\nkind: B\n', '2:1 is not YAML: Map keys must be unique'],
    ['lists without an end', '['.repeat(20_000), 'is not YAML'],
    [
      'aliases that multiply',
      Array.from({ length: 9 }, (_, index) => `a${index}: &a${index} [${`*a${index - 1},`.repeat(9)}]\n`)
        .join('')
        .replace('*a-1,'.repeat(9), 'x'),
      "can't be read: Excessive alias count",
    ],
  ])('ends with 2 and a place for %s', (_, text, message) => {
    const { status, stdout, stderr } = check(text);
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toContain(`manifest.yaml:`);
    expect(stderr).toContain(message);
  });

  test('cannot write to the terminal by the names it gives', () => {
    const { stdout } = check(budget.replace('name: cart', 'name: "cart\\e[2J\\r"'));
    expect(stdout).toContain('PodDisruptionBudget shop/cart\\u001b[2J\\r\n');
    expect(stdout.replaceAll('\n', '')).not.toMatch(/\p{Cc}/u);
  });
});

const acknowledged = (rule: string, object: string, more = ''): string =>
  `${edited([])}  - rule: ${rule}\n    objects: [${object}]\n    reason: It was so.\n${more}`;

describe('an acknowledgement in the configuration', () => {
  const check = (text: string) => withConfiguration(text, (path) => run('check', '--config', path));

  test('that meets no finding is refused at its line', () => {
    const { status, stderr } = check(acknowledged('label-syntax', 'Deployment honeydue/api'));
    expect(status).toBe(1);
    expect(stderr).toMatch(
      /production\.yaml:\d+:15 acknowledgements\[\d+\]\.objects\[0\]: Deployment honeydue\/api has no finding of label-syntax; remove it/,
    );
  });

  test('of an unknown rule suggests the nearest rule', () => {
    expect(check(acknowledged('label-sintax', 'Deployment honeydue/api')).stderr).toContain(
      'did you mean "label-syntax"?',
    );
  });

  test('of an unknown rule is reported with the findings that it was meant for', () => {
    const misspelt = edited([['rule: high-user-id', 'rule: hihg-user-id']]);
    const { status, stdout, stderr } = check(misspelt);
    expect(status).toBe(1);
    expect(stdout).toContain('low high-user-id: ');
    expect(stderr).toContain('there is no such rule; did you mean "high-user-id"?');
  });

  test('whose day has passed is refused at its line', () => {
    const { status, stderr } = check(
      acknowledged('label-syntax', 'Deployment honeydue/api', '    expires: 2026-01-31\n'),
    );
    expect(status).toBe(1);
    expect(stderr).toMatch(
      /production\.yaml:\d+:14 acknowledgements\[\d+\]\.expires: was 2026-01-31, and today is/,
    );
  });

  test('needs a reason', () => {
    expect(
      check(acknowledged('label-syntax', 'Deployment honeydue/api').replace('    reason: It was so.\n', ''))
        .stderr,
    ).toContain('reason: is missing');
  });
});
