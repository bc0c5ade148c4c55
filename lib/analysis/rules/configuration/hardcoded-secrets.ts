import { looksSecret, namesSecret } from '../../../kubernetes/secrecy';
import { containers } from '../parts';
import { rule } from '../rule';

export const hardcodedSecrets = rule({
  id: 'hardcoded-secrets',
  sentence: 'No pod contains a secret as a literal value.',
  why: 'Everyone who can view the manifest, the repository or the pod can read the secret.',
  source: 'https://kubernetes.io/docs/concepts/configuration/secret/',
  severity: 'critical',
  fix: 'Move the value to a Secret, read it with secretKeyRef, and rotate the value.',
  parts: containers,
  faults: ({ container: { env = [], args = [], command = [] } }) => [
    ...env.map(({ name = '', value = '' }, index) => {
      const isSecret = looksSecret(value) || (namesSecret(name) && !isReference(value));
      return (
        value !== '' &&
        isSecret && {
          path: `env[${index}].value`,
          found: 'is a literal value (hidden)',
          must: 'come from a Secret',
        }
      );
    }),
    ...[
      ...command.map((text, index) => ({ text, path: `command[${index}]` })),
      ...args.map((text, index) => ({ text, path: `args[${index}]` })),
    ].map(
      ({ text, path }) =>
        looksSecret(text) && {
          path,
          found: 'looks like a secret (value hidden)',
          must: 'be read from a variable',
        },
    ),
  ],
});

/** A path, a reference to another variable, true, false or a short number is not a secret. */
function isReference(value: string): boolean {
  return /^(\/|\$\(|true$|false$|\d{1,3}$)/.test(value);
}
