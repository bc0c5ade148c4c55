/**
 * Hetzner's locations, each with its network zone: a private network reaches only the locations of one, and between two
 * the way is an ocean, which etcd doesn't bear.
 *
 * @see https://docs.hetzner.com/cloud/general/locations
 */
export const networkZones = {
  nbg1: 'eu-central',
  fsn1: 'eu-central',
  hel1: 'eu-central',
  ash: 'us-east',
  hil: 'us-west',
  sin: 'ap-southeast',
} as const;

export type Location = keyof typeof networkZones;
