import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { examine, synthesize } from '../../../lib/cli/synthesize';
import { at } from '../../support/at';
import { edited, withConfiguration } from '../../support/configuration';

const web = '\n  web:\n    kind: WebService\n';

/** Production with lines added to the workload web. */
function withWeb(...lines: string[]): string {
  return edited([[web, `${web}${lines.map((line) => `    ${line}\n`).join('')}`]]);
}

/** The findings of a configuration: rule, and the text of the line that each is at. */
function findings(text: string): string[] {
  const lines = text.split('\n');
  const { report } = withConfiguration(text, (path) => examine(path));
  return report.open.map(
    ({ rule, place }) => `${rule.id}: ${lines[(place?.line ?? 0) - 1]?.trim() ?? 'no line'}`,
  );
}

function objectOf(text: string, kind: string, name: string) {
  const { documents } = withConfiguration(text, synthesize);
  return documents.find(({ object }) => object.kind === kind && object.metadata.name === name)?.object;
}

describe('patch', () => {
  test('sets a field of the object that it names', () => {
    const text = withWeb('patch:', '  service: { spec: { sessionAffinity: ClientIP } }');
    expect(at(objectOf(text, 'Service', 'web'), 'spec.sessionAffinity')).toBe('ClientIP');
  });

  test.each([
    [
      'weakens a container',
      ['containers:', '  - name: web', '    securityContext:', '      privileged: true'],
      'privileged-container: privileged: true',
    ],
    ['removes a field', ['enableServiceLinks: null'], 'service-links: enableServiceLinks: null'],
    ['has an unknown field', ['hostAlias: []'], 'schema-validation: hostAlias: []'],
  ])('that %s is a finding at its line', (_, lines, finding) => {
    const text = withWeb(
      'patch:',
      '  deployment:',
      '    spec:',
      '      template:',
      '        spec:',
      ...lines.map((line) => `          ${line}`),
    );
    expect(findings(text)).toContain(finding);
  });

  test('refuses an object that the kind does not have', () => {
    expect(() => findings(withWeb('patch:', '  statefulSet: {}'))).toThrow(
      /workloads\.web\.patch\.statefulSet: unknown key; known are deployment, service,/,
    );
  });

  test('refuses another name', () => {
    const text = withWeb('patch:', '  deployment:', '    metadata:', '      name: www');
    expect(() => findings(text)).toThrow(
      /production\.yaml:\d+:17 workloads\.web\.patch\.deployment\.metadata\.name: changes a field that identifies the object/m,
    );
  });
});

const pod = `apiVersion: v1
kind: Pod
metadata:
  name: debug
spec:
  hostNetwork: true
  containers:
    - name: debug
      image: busybox
`;

describe('raw', () => {
  const withRaw = (text: string) => edited([['\nworkloads:\n', `\nraw:\n${text}\nworkloads:\n`]]);

  test('writes its objects into a file of their own, in the namespace', () => {
    const text = withRaw(
      '  quiet:\n    objects:\n      - { apiVersion: v1, kind: ServiceAccount, metadata: { name: quiet } }',
    );
    const { documents } = withConfiguration(text, (path) => examine(path));
    const found = documents.filter(({ file }) => file === '1-raw-quiet.k8s.yaml');
    expect(found.map(({ object }) => object.metadata)).toEqual([{ name: 'quiet', namespace: 'honeydue' }]);
  });

  test('has its findings at the lines of the configuration', () => {
    const indented = pod.trimEnd().replaceAll('\n', '\n        ');
    expect(findings(withRaw(`  debug:\n    objects:\n      - ${indented}`))).toContain(
      'host-namespaces: hostNetwork: true',
    );
  });

  test('is accepted in the configuration, which has the acknowledgements', () => {
    const message = withConfiguration(withRaw('  debug: { file: debug.yaml }'), (path) => {
      writeFileSync(join(dirname(path), 'debug.yaml'), pod);
      try {
        synthesize(path);
        return '';
      } catch (error) {
        return String(error);
      }
    });
    expect(message).toMatch(/debug\.yaml:\d+:\d+ critical host-namespaces/);
    expect(message).toMatch(/reason to \S*production\.yaml, under acknowledgements:/);
  });

  test('has its findings at the lines of its file', () => {
    const { report } = withConfiguration(withRaw('  debug: { file: debug.yaml }'), (path) => {
      writeFileSync(join(dirname(path), 'debug.yaml'), pod);
      return examine(path);
    });
    const found = report.open.find(({ rule }) => rule.id === 'host-namespaces')?.place;
    expect(found).toMatchObject({ file: expect.stringMatching(/debug\.yaml$/), line: 6 });
  });

  describe('of pods', () => {
    const labels = '{ app.kubernetes.io/name: tool }';
    const container = '{ name: tool, image: registry.example.com/tool:1 }';
    const toolPod = `{ apiVersion: v1, kind: Pod, metadata: { name: tool, labels: ${labels} }, spec: { containers: [${container}] } }`;
    const peers = '{ to: [{ ipBlock: { cidr: 203.0.113.0/24 } }], ports: [{ port: 443 }] }';
    const policy = `{ apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: { name: tool }, spec: { podSelector: { matchLabels: ${labels} }, policyTypes: [Egress], egress: [${peers}] } }`;
    const isolation = (text: string) =>
      withConfiguration(text, (path) => examine(path))
        .report.open.filter(({ rule: { id } }) => ['flows', 'non-isolated-pod'].includes(id))
        .map(({ rule: { id }, object, message }) => `${id}: ${object}: ${message}`);

    test('isolates them: the deny of the namespace selects them, too', () => {
      expect(isolation(withRaw(`  tool:\n    objects:\n      - ${toolPod}`))).toEqual([]);
    });

    const withPolicy = withRaw(`  tool:\n    objects:\n      - ${toolPod}\n      - ${policy}`);

    test('reports the connections that a policy of their own allows', () => {
      expect(isolation(withPolicy).join()).toMatch(/^flows: NetworkPolicy honeydue\/tool: .*203\.0\.113/);
    });

    test('allows them by an acknowledgement for the policy', () => {
      const accepted = `${withPolicy.trimEnd()}\n  - { rule: flows, objects: [NetworkPolicy honeydue/tool], reason: The tool asks a public service. }\n`;
      expect(isolation(accepted)).toEqual([]);
    });
  });

  test.each([
    ['{}', 'has no key; it must have exactly one of file and objects'],
    ['{ file: ../debug.yaml }', 'it must be the path of a YAML file, relative to this file'],
    ['{ file: missing.yaml }', 'missing.yaml'],
    ['{ objects: [{ kind: Pod }] }', 'raw.x.objects[0].apiVersion: is missing'],
    [
      '{ objects: [{ apiVersion: v1, kind: Secret, metadata: { name: x }, data: {} }] }',
      'is a Secret, and the output must not contain values of Secrets',
    ],
  ])('refuses %s', (source, message) => {
    expect(() => findings(withRaw(`  x: ${source}`))).toThrow(message);
  });
});
