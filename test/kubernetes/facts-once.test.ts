import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../support/configuration';

/** Facts of Kubernetes that engines reckon with, how code would write them, and the one file that may. */
const facts: readonly (readonly [fact: string, pattern: RegExp, home: string])[] = [
  ['the default pace of a Deployment', /'25%'/, 'lifecycle/default-values.ts'],
  [
    'the default grace',
    /terminationGracePeriodSeconds\b[^\n]{0,12}(=|\?\?|:) ?30\b/,
    'lifecycle/default-values.ts',
  ],
  [
    'the default period of a probe',
    /periodSeconds(: 10,\s+success| (=|\?\?) 10\b)/,
    'lifecycle/default-values.ts',
  ],
  ['the default threshold of a probe', /\bfailureThreshold ?(=|\?\?|:) ?3\b/, 'lifecycle/default-values.ts'],
  [
    'the default deadline of a rollout',
    /progressDeadlineSeconds\b[^\n]{0,4}(=|\?\?|:) ?600\b/,
    'lifecycle/default-values.ts',
  ],
  ['the default retries of a Job', /backoffLimit\b[^\n]{0,4}(=|\?\?|:) ?6\b/, 'lifecycle/default-values.ts'],
  ['when an image is pulled', /:latest\)?\$/, 'lifecycle/server-defaults.ts'],
  ['what a sidecar is', /restartPolicy[^\n]{0,6}(===|!==) 'Always'/, 'rollout/pod-start.ts'],
  [
    'what a percentage of pods comes to',
    /\(\\d\+\)%|\) \/ 100\b.*pods|replicas \* .*\/ 100/,
    'rollout/pod-share.ts',
  ],
  ['the class of local volumes', /'local-path'/, 'storage/local-path.ts'],
  ['the pods of a node', /\b110;/, 'scheduling/node.ts'],
  [
    "the labels of a StatefulSet's pods",
    /'statefulset\.kubernetes\.io\/pod-name'/,
    'workloads/pod-labels.ts',
  ],
  ["the label of a ReplicaSet's pods", /'pod-template-hash'/, 'workloads/pod-labels.ts'],
  ["the label of a node's name", /'kubernetes\.io\/hostname'/, 'scheduling/node.ts'],
  ["the label of a node's zone", /'topology\.kubernetes\.io\/zone'/, 'scheduling/node.ts'],
  ["the label of a namespace's name", /'kubernetes\.io\/metadata\.name'/, 'policies/namespaces.ts'],
  [
    'the default time on a lost node',
    /(?:secondsUntilEviction|TolerationSeconds|return)\b[^\n]{0,4}[=:<]? ?300\b/,
    'scheduling/admission.ts',
  ],
  ["k3s' range of pods", /'10\.42\.0\.0\/16'/, 'k3s-network.ts'],
  ["k3s' range of Services", /'10\.43\.0\.0\/16'/, 'k3s-network.ts'],
  ["the labels of a Job's pods", /'batch\.kubernetes\.io\/job-name'/, 'workloads/pod-labels.ts'],
  [
    'the selector that is immutable',
    /'spec\.selector', 'spec\.serviceName'/,
    'lifecycle/immutable-fields.ts',
  ],
];

const files = ['kubernetes', 'analysis', 'constructs', 'input', 'deployment'].flatMap((folder) =>
  readdirSync(join(root, 'lib', folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => join(folder, file)),
);
const codes = files.map((file) => ({
  file,
  code: withoutComments(readFileSync(join(root, 'lib', file), 'utf8')),
}));

function withoutComments(code: string): string {
  return code.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '');
}

test.each(facts)('%s is written once', (_, pattern, home) => {
  const homes = codes.filter(({ code }) => pattern.test(code)).map(({ file }) => file);
  expect(homes).toEqual([join('kubernetes', home)]);
});
