import type { Container } from '../../../../imports/kubernetes/kinds';
import type { YamlEdit } from '../../../input/yaml-edit';
import type { OpenValue } from '../resolver';
import { stateValue } from '../resolver';
import type { RunningNamespace } from './running-namespace';

/** A variable of a container, and the key of a Secret that it is set from. */
export interface SecretVariable {
  readonly name: string;
  readonly secret: string;
  readonly key: string;
}

/** The variables that a container takes from Secrets. A Secret that is taken as a whole has a variable for each key. */
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

/** The entry of the contract that a key needs; none where it is there. */
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
