import { type Agreement, jsonAt, strings, terraformResources } from './sides';

/** A firewall has an effect only on the servers that use it. */
export const serverFirewalls: Agreement = {
  id: 'server-firewalls',
  sentence: 'Every server uses a firewall of this configuration.',
  why: "Without it, all ports of the server's public address, also the API server's and etcd's, are open to the world once its own firewall is off.",
  source: 'https://registry.terraform.io/providers/hetznercloud/hcloud/latest/docs/resources/server',
  severity: 'critical',
  fix: 'Name the firewall in firewall_ids, and remove firewall_ids from ignore_changes.',
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
          message: `is ${JSON.stringify(ignored)}; remove firewall_ids from it: otherwise a server that lost its firewall never gets it back`,
        },
      ].filter((each) => each !== false);
    });
  },
};
