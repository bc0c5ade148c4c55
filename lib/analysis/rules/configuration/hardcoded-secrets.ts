import { looksSecret, namesSecret } from '../../../kubernetes/secrecy';
import { containers } from '../parts';
import { rule } from '../rule';

export const hardcodedSecrets = rule({
  id: 'hardcoded-secrets',
  sentence: 'No secret stands in a pod as text.',
  why: 'Whoever reads the manifest, the repository or the pod then has it, and nobody can change it quietly.',
  source: 'https://kubernetes.io/docs/concepts/configuration/secret/',
  severity: 'critical',
  fix: 'Put it into a Secret, and read it by secretKeyRef; then change it, since it has been seen.',
  parts: containers,
  faults: ({ container: { env = [], args = [], command = [] } }) => [
    ...env.map(({ name = '', value = '' }, index) => {
      const isSecret = looksSecret(value) || (namesSecret(name) && !isReference(value));
      return (
        value !== '' &&
        isSecret && {
          path: `env[${index}].value`,
          found: 'is text, and not shown',
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
          found: 'holds what looks like a secret, and is not shown',
          must: 'read it from a variable',
        },
    ),
  ],
});

/** A path, a flag or a variable says where a secret is, and is none. */
function isReference(value: string): boolean {
  return /^(\/|\$\(|true$|false$|\d{1,3}$)/.test(value);
}
