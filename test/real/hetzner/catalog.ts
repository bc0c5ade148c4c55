/** What Hetzner sells, as far as the tests ask for it. Ids and numbers of images are any. */
export interface ServerType {
  readonly name: string;
  readonly disk: number;
  readonly architecture: 'x86' | 'arm';
}

/** @see https://docs.hetzner.cloud/reference/cloud#server-types */
const serverTypes: readonly ServerType[] = [
  { name: 'cx23', disk: 40, architecture: 'x86' },
  { name: 'cx33', disk: 80, architecture: 'x86' },
  { name: 'cx43', disk: 160, architecture: 'x86' },
  { name: 'cax21', disk: 80, architecture: 'arm' },
];

const locationNames = ['fsn1', 'nbg1', 'hel1'];

export function serverType(name: string): ServerType | undefined {
  return serverTypes.find((each) => each.name === name);
}

/** @see https://docs.hetzner.cloud/reference/cloud#server-types-list-server-types */
export function serverTypeAnswer(name: string, available = true): object | undefined {
  const index = serverTypes.findIndex((each) => each.name === name);
  const type = serverTypes[index];
  if (type === undefined) return undefined;
  const locations = locationNames.map((each) => ({
    ...locationAnswer(each),
    recommended: true,
    available,
    deprecation: null,
  }));
  return {
    ...{ id: 101 + index, name, description: name.toUpperCase(), cores: 4, memory: 8, disk: type.disk },
    ...{ storage_type: 'local', cpu_type: 'shared', architecture: type.architecture, prices: [] },
    ...{ deprecated: false, deprecation: null, included_traffic: 0, locations },
  };
}

export function serverTypeNames(): string[] {
  return serverTypes.map(({ name }) => name);
}

/** @see https://docs.hetzner.cloud/reference/cloud#locations */
export function locationAnswer(name: string): object {
  return {
    ...{ id: locationNames.indexOf(name) + 1, name, description: name, country: 'DE', city: name },
    ...{ latitude: 49.4, longitude: 11, network_zone: 'eu-central' },
  };
}

/** @see https://docs.hetzner.cloud/reference/cloud#images */
export function imageAnswer(architecture: string): object {
  return {
    ...{ id: 161_547_269, status: 'available', type: 'system', name: 'ubuntu-24.04', description: 'Ubuntu' },
    ...{ image_size: null, disk_size: 5, created: '2024-04-25T13:26:27+00:00', created_from: null },
    ...{ bound_to: null, os_flavor: 'ubuntu', os_version: '24.04', architecture, rapid_deploy: true },
    ...{ protection: { delete: false }, deprecated: null, deleted: null, labels: {} },
  };
}
