import type { Container } from '../../../imports/kubernetes/kinds';
import type { Manifests } from '../manifests';
import type { ContainerOfPod } from '../part';
import { mountedFiles } from '../workloads/mounted-files';
import { literalVariables } from '../workloads/variables';

/** The maxmemory of a Redis container, and where the container sets it. */
export interface Maxmemory {
  readonly text: string;
  /**
   * The setting as a message prints it after "has": `--maxmemory 256mb`, `maxmemory 256mb in redis.conf of
   * ConfigMap redis`.
   */
  readonly found: string;
  /** Path in the container: `args`, `command` or `env`. Empty if a mounted file has the setting. */
  readonly path: string;
}

/**
 * The maxmemory option, in a list of arguments, in a shell command, in `CONFIG SET`, or in text that the
 * command writes to a file.
 */
const option = /(?:^|[\s"'])(?:--)?maxmemory[\s=]+["']?([^\s"';&|>\\]+)/i;

/** The maxmemory line of a configuration file. */
const directive = /^[ \t]*maxmemory[ \t]+"?([^\s"]+)/gim;

const images = /(^|[/-])(redis|valkey|keydb)/;

/**
 * The maxmemory that a container sets. A command line overrides a variable, and a variable overrides a file
 * mounted from a ConfigMap.
 *
 * @returns undefined if the manifests do not set it
 */
export function maxmemoryOf({ container, pod }: ContainerOfPod, manifests: Manifests): Maxmemory | undefined {
  const variables = literalVariables(container, pod.namespace, manifests);
  const { command = [], args = [] } = container;
  const line = optionIn([...command, ...args].join(' '), variables);
  if (line !== undefined) {
    const path = option.test(command.join(' ')) ? 'command' : 'args';
    return { text: line, found: `--maxmemory ${line}`, path };
  }
  for (const [name, value] of variables) {
    const text = /--maxmemory\b/.test(value) ? optionIn(value, variables) : undefined;
    if (text !== undefined)
      return { text, found: `--maxmemory ${text} in the environment variable ${name}`, path: 'env' };
  }
  return isRedis(container) ? maxmemoryInFiles(pod, manifests) : undefined;
}

function optionIn(line: string, variables: ReadonlyMap<string, string>): string | undefined {
  const [, text] = option.exec(line) ?? [];
  const [, name = '', otherwise] = /^\$[({]?(\w+)(?::?-([^)}]*))?[)}]?$/.exec(text ?? '') ?? [];
  return name === '' ? text : (variables.get(name) ?? otherwise);
}

function maxmemoryInFiles(pod: ContainerOfPod['pod'], manifests: Manifests): Maxmemory | undefined {
  for (const { configMap, key, text } of mountedFiles(pod, manifests)) {
    const found = [...text.matchAll(directive)].at(-1)?.[1];
    if (found !== undefined)
      return { text: found, found: `maxmemory ${found} in ${key} of ConfigMap ${configMap}`, path: '' };
  }
  return undefined;
}

function isRedis({ image = '', command = [], args = [] }: Container): boolean {
  const repository = image.replace(/[:@].*$/, '');
  return (
    [...command, ...args].some((word) => /\b(redis|valkey|keydb)-server\b/.test(word)) ||
    (images.test(repository) && !/exporter|sentinel|insight|commander/.test(repository))
  );
}
