import { synthesize } from '../../../lib/cli/synthesize';
import { ConfigError, formatProblem } from '../../../lib/input/problem';
import { edited, editedLock, withConfiguration } from '../../support/configuration';

/** A Python worker that takes its work from a queue in Redis, as an operator first writes it. */
const worker = `
  importer:
    kind: Worker
    image: importer
    command: [python, -m, importer]
    replicas: 2
    minAvailable: 1
    user: 10001
    connectsTo: [redis, postgres]
    environment:
      QUEUE_URL: { compose: "redis://:$(REDIS_PASSWORD)@redis:6379/1" }
    secrets:
      honeydue-secrets: { keys: [REDIS_PASSWORD] }
    scratch:
      tmp: { directory: /tmp, sizeLimit: 64Mi }
    resources:
      cpu: { request: 50m, limit: 500m }
      memory: { request: 64Mi, limit: 256Mi }
`;

/** A web service with a host and a Secret for its database. */
const service = `
  docs:
    kind: WebService
    image: docs
    replicas: 2
    minAvailable: 1
    port: 3000
    hosts: [docs.myhoneydue.com]
    user: 10001
    connectsTo: [postgres]
    secrets:
      docs-database: { keys: [DATABASE_URL] }
    resources:
      cpu: { request: 50m, limit: 500m }
      memory: { request: 64Mi, limit: 256Mi }
    probes:
      startup: { path: /, failureThreshold: 24 }
      readiness: { path: /, timeoutSeconds: 5 }
      liveness: { periodSeconds: 30 }
`;

const images = `
  importer: { repository: registry.example.com/importer, tag: v1 }
  docs: { repository: registry.example.com/docs, tag: v1 }
`;

const first = edited([
  ['\nworkloads:\n', `\nworkloads:\n${worker}${service}`],
  ['\nimages:\n', `\nimages:\n${images}`],
]);

/** The same with the Secret that the first synth asks for. */
const second = edited(
  [['\nsecrets:\n', '\nsecrets:\n  docs-database: { keys: { DATABASE_URL: the database of docs } }\n']],
  first,
);

const digest = (digit: string) => `{ tag: v1, digest: "sha256:${digit.repeat(64)}" }`;
const secondLock = `${editedLock([])}importer: ${digest('6')}\ndocs: ${digest('7')}\n`;

describe('a sixth and a seventh workload', () => {
  test('the first synth names both files and what to write into them', () => {
    const problems = () => withConfiguration(first, synthesize);
    expect(problems).toThrow(ConfigError);
    let lines: string[] = [];
    try {
      problems();
    } catch (error) {
      lines = (error as ConfigError).problems.map((problem) =>
        formatProblem(problem)
          .replace(/^\S*\//, '')
          .replace(/:\d+:\d+/, ''),
      );
    }
    expect(lines).toEqual([
      'production.yaml images.importer: has no entry in the lock file; add its digest there: npx honeydue pin importer',
      'production.yaml images.docs: has no entry in the lock file; add its digest there: npx honeydue pin docs',
      expect.stringMatching(
        /^production\.yaml workloads\.docs\.secrets\.docs-database: names the Secret "docs-database", which isn't declared/,
      ),
    ]);
  });

  test('the second one writes both, with everything checked', () => {
    const { files } = withConfiguration(second, synthesize, secondLock);
    expect(files.map(({ path }) => path)).toEqual(
      expect.arrayContaining(['3-importer.k8s.yaml', '3-docs.k8s.yaml']),
    );
  });
});
