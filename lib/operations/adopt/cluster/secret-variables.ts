import type { Container } from '../../../../imports/kubernetes/kinds';
import type { YamlEdit } from '../../../input/yaml-edit';
import type { OpenValue } from '../resolver';
import { stateValue } from '../resolver';
import type { RunningNamespace } from './running-namespace';

/** An environment variable of a container, and the key of the Secret that sets it. */
export interface SecretVariable {
  readonly name: string;
  readonly secret: string;
  readonly key: string;
}

/**
 * The environment variables of a container that come from Secrets. A Secret in `envFrom` sets a variable for each
 * key.
 */
export async function secretVariables(
  { env = [], envFrom = [] }: Container,
  namespace: RunningNamespace,
): Promise<SecretVariable[]> {
  const single = env.flatMap(({ name = '', valueFrom }) => {
    const { name: secret, key } = valueFrom?.secretKeyRef ?? {};
    return secret === undefined || key === undefined ? [] : [{ name, secret, key }];
  });
  const whole = await Promise.all(
    envFrom.map(async ({ prefix = '', secretRef }) => {
      const secret = secretRef?.name;
      const keys = secret === undefined ? [] : ((await namespace.secretKeys(secret)) ?? []);
      return keys.map((key) => ({ name: prefix + key, secret: secret ?? '', key }));
    }),
  );
  return [...whole.flat(), ...single];
}

/** The entry under `secrets` that a key needs. None if the entry exists. */
export function contractEdits(
  { secrets }: OpenValue['deployment'],
  secret: string,
  key: string,
  reader: string,
): YamlEdit[] {
  return secrets[secret]?.keys[key] === undefined
    ? [stateValue(['secrets', secret, 'keys', key], `read by ${reader} (found in the cluster)`)]
    : [];
}
