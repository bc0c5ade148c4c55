import { type Agreement, jsonAt, strings, terraformResources } from './sides';

/** A firewall that no server stands behind filters nothing. */
export const serverFirewalls: Agreement = {
  id: 'server-firewalls',
  sentence: 'Every server stands behind a firewall of this configuration, and stays there.',
  why: 'Before a server without one every port of its public address is open to the world, the API server and etcd among them, as soon as its own firewall is off.',
  source: 'https://registry.terraform.io/providers/hetznercloud/hcloud/latest/docs/resources/server',
  severity: 'critical',
  fix: 'Name the firewall in firewall_ids, and let nothing ignore it.',
  differences: (sides) => {
    const firewalls = terraformResources(sides, 'hcloud_firewall').map(({ address }) => `\${${address}.id}`);
    return terraformResources(sides, 'hcloud_server').flatMap(({ address: object, body }) => {
      const named = strings(body, 'firewall_ids');
      const ignored = jsonAt(body['lifecycle'], 'ignore_changes') ?? [];
      const ignores = ignored === 'all' || (Array.isArray(ignored) && ignored.includes('firewall_ids'));
      return [
        !named.some((each) => firewalls.includes(each)) && {
          object,
          path: 'firewall_ids',
          message: `is ${JSON.stringify(body['firewall_ids'] ?? null)}; it must name ${firewalls.join(' or ') || 'a firewall, and there is none'}`,
        },
        ignores && {
          object,
          path: 'lifecycle.ignore_changes',
          message: `is ${JSON.stringify(ignored)}; it must leave out firewall_ids, or a server that lost its firewall never gets it back`,
        },
      ].filter((each) => each !== false);
    });
  },
};
