/** On demand: no other command decrypts anything. */
export function loadSecrets() {
  return require('../../operations/secrets/operate') as typeof import('../../operations/secrets/operate');
}

export function loadEdit() {
  return {
    ...(require('../../operations/secrets/edit') as typeof import('../../operations/secrets/edit')),
    ...(require('../../operations/interrupt') as typeof import('../../operations/interrupt')),
  };
}
