import type { LaneCommands } from '../real/cluster/deploys/lane-commands';
import { kubectlOrThrow } from '../real/cluster/servers/kubectl';

/** Something that goes wrong with a new version of web. */
export interface Scenario {
  readonly name: string;
  /** Changes the description and the cluster. */
  readonly begin: (lane: LaneCommands, mark: string) => Promise<void> | void;
  readonly end?: (lane: LaneCommands) => Promise<void>;
  /** The words of an output that name the reason. */
  readonly reason: RegExp;
}

const quota = ['resourcequota', 'tight', '-n', 'honeydue'];

export const scenarios: readonly Scenario[] = [
  {
    name: 'an image that does not exist',
    begin: (lane, mark) => lane.breakPods(mark, 'image'),
    reason: /can't be pulled|ErrImagePull|ImagePullBackOff/,
  },
  {
    name: 'a program that ends with exit code 3',
    begin: (lane, mark) => lane.breakPods(mark, 'crash'),
    reason: /exit code 3|CrashLoopBackOff/,
  },
  {
    name: 'a key that the Secret lacks',
    begin: (lane, mark) => {
      lane.project.edit(/( {2}honeydue-secrets:\n {4}revision: \d+\n {4}keys:\n)/, '$1      NEW_KEY: new\n');
      lane.project.edit(
        /(kind: WebService\n {4}image: web\n)/,
        '$1    secrets: { honeydue-secrets: { keys: [NEW_KEY] } }\n',
      );
      lane.breakPods(mark, 'secret-key');
    },
    end: async (lane) => {
      lane.project.edit('      NEW_KEY: new\n', '');
      lane.project.edit('    secrets: { honeydue-secrets: { keys: [NEW_KEY] } }\n', '');
    },
    reason: /no key|couldn't find key|CreateContainerConfigError/,
  },
  {
    name: 'a quota that leaves no room for a new pod',
    begin: async ({ cluster }) => {
      await kubectlOrThrow(cluster, ['create', ...quota, '--hard=pods=1']);
      // Before its controller has seen it, a quota refuses nothing.
      await kubectlOrThrow(cluster, [
        'wait',
        ...quota,
        '--for=jsonpath={.status.hard.pods}=1',
        '--timeout=60s',
      ]);
    },
    end: async ({ cluster }) => {
      await kubectlOrThrow(cluster, ['delete', ...quota]);
    },
    reason: /exceeded quota|exceed the quota/,
  },
  {
    name: 'a migration that fails',
    begin: (lane) => {
      lane.project.edit('command: [/app/migrate]', 'command: [/app/migrate, broken]');
      lane.cluster.nodes.faultOf = ({ spec }) => (spec.restartPolicy === 'Never' ? ['crash', ''] : undefined);
    },
    end: async (lane) => lane.project.edit('command: [/app/migrate, broken]', 'command: [/app/migrate]'),
    reason: /migration.*(exit code 3|BackoffLimitExceeded|fail)/i,
  },
];
