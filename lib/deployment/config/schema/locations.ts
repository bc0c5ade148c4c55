/**
 * Hetzner's locations and their network zones. A private network is limited to one zone, and the latency
 * between zones is too high for etcd.
 *
 * @see https://docs.hetzner.com/cloud/general/locations/
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
