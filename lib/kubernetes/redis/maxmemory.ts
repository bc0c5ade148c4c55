import type { Container } from '../../../imports/kubernetes/kinds';
import type { Manifests } from '../manifests';
import type { ContainerOfPod } from '../part';
import { mountedFiles } from '../workloads/mounted-files';
import { literalVariables } from '../workloads/variables';

/** Where a container sets maxmemory of its Redis, and the value. */
export interface Maxmemory {
  readonly text: string;
  /** Completes "has": `--maxmemory 256mb`, `maxmemory 256mb in redis.conf of ConfigMap redis`. */
  readonly found: string;
  /** Path in the container: `args`, `command`, `env`, or empty for a file. */
  readonly path: string;
}

/** The option in a list of words, a shell command, `CONFIG SET`, or a file that the command writes. */
const option = /(?:^|[\s"'])(?:--)?maxmemory[\s=]+["']?([^\s"';&|>\\]+)/i;

/** The directive in a configuration file. */
const directive = /^[ \t]*maxmemory[ \t]+"?([^\s"]+)/gim;

const images = /(^|[/-])(redis|valkey|keydb)/;

/**
 * The maxmemory that a container sets. The command line has priority over variables, and variables over mounted files
 * of ConfigMaps.
 *
 * @returns undefined if the manifests do not contain it
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
      return { text, found: `--maxmemory ${text} in the variable ${name}`, path: 'env' };
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
