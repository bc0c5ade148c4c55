/** Loaded on demand: no other command decrypts anything. */
export function loadSecrets() {
  return require('../../operations/secrets/operate') as typeof import('../../operations/secrets/operate');
}

export function loadEdit() {
  return {
    ...(require('../../operations/secrets/edit') as typeof import('../../operations/secrets/edit')),
    ...(require('../../operations/interrupt') as typeof import('../../operations/interrupt')),
  };
}

export function loadCluster() {
  return {
    ...(require('../../operations/secrets/apply') as typeof import('../../operations/secrets/apply')),
    ...(require('../../operations/secrets/status') as typeof import('../../operations/secrets/status')),
    ...(require('../../operations/kubectl') as typeof import('../../operations/kubectl')),
    ...(require('../../operations/interrupt') as typeof import('../../operations/interrupt')),
  };
}
