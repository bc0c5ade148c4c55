import type { Container, PodSpec } from '../../../../imports/kubernetes/kinds';
import type { ChangedObject, Objects } from './objects';
import { podSpecOf } from './rollout';

/**
 * What must exist before new pods can start: Secrets, and keys of Secrets, that the old pods did not read. An optional
 * one need not. Empty where there is nothing new.
 */
export function newSecretKeys({ before, after }: ChangedObject, head: Objects): string {
  const known = new Set(secretKeysOf(podSpecOf(before)));
  const found = secretKeysOf(podSpecOf(after)).filter((each) => !known.has(each));
  const missing = found.filter(
    (each) => head.beside(after, 'Secret', each.split(' ')[0] ?? '') === undefined,
  );
  if (missing.length === 0) return '';
  const namespace = after.metadata.namespace === undefined ? '' : ` -n ${after.metadata.namespace}`;
  const secrets = [...new Set(missing.map((each) => each.split(' ')[0]))];
  const names = missing.map((each) => each.replace(' ', ', key '));
  return `Before the apply, see that these are there, or no new pod starts: Secret ${names.join('; Secret ')} (kubectl describe secret ${secrets.join(' ')}${namespace}).`;
}

/** `honeydue-secrets REDIS_PASSWORD`; without a key where the whole Secret is read. */
function secretKeysOf({
  containers = [],
  initContainers = [],
  volumes = [],
  imagePullSecrets = [],
}: PodSpec): string[] {
  const found = [
    ...[...initContainers, ...containers].flatMap(ofContainer),
    ...volumes.flatMap(({ secret }) => {
      if (secret?.secretName === undefined || secret.optional === true) return [];
      const { secretName, items } = secret;
      return items === undefined ? [secretName] : items.map(({ key }) => `${secretName} ${key}`);
    }),
    ...imagePullSecrets.flatMap(({ name }) => name ?? []),
  ];
  return [...new Set(found)];
}

function ofContainer({ env = [], envFrom = [] }: Container): string[] {
  return [
    ...env.flatMap(({ valueFrom }) => {
      const { name, key, optional } = valueFrom?.secretKeyRef ?? {};
      return name === undefined || optional === true ? [] : [`${name} ${key}`];
    }),
    ...envFrom.flatMap(({ secretRef }) =>
      secretRef?.name === undefined || secretRef.optional === true ? [] : [secretRef.name],
    ),
  ];
}
