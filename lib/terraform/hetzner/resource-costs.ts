import type { Json } from '../../documents/kubernetes';
import { resourcesOf, type TerraformConfiguration, type TerraformResource } from '../../documents/terraform';
import { instancesOf } from '../instances';
import type { CostItem } from './cost-item';
import { isPricedLocation, newestPriceList, otherPrices, serverTypes } from './prices';

/** Returns the price list by which a running server is charged. Undefined means the prices of new orders. */
export type PriceListOf = (server: TerraformResource) => string | undefined;

/** The monthly costs of Terraform resources at Hetzner. Resources without a charge are left out. */
export function terraformCosts(
  configurations: readonly TerraformConfiguration[],
  priceListOf: PriceListOf,
): CostItem[] {
  const resources = configurations.flatMap((configuration) => resourcesOf(configuration));
  return resourceCosts(resources.flatMap(instancesOf), priceListOf);
}

/** The monthly costs of resources whose `for_each` and `count` are already expanded. */
export function resourceCosts(resources: readonly TerraformResource[], priceListOf: PriceListOf): CostItem[] {
  return resources.flatMap((resource) => costsOf(resource, priceListOf(resource)));
}

function costsOf(resource: TerraformResource, priceList: string | undefined): CostItem[] {
  const { address: object, name: server, body } = resource;
  switch (resource.type) {
    case 'hcloud_server':
      return [
        ...serverCosts({
          ...{ object, server },
          type: textOf(body['server_type']),
          location: textOf(body['location']),
          hasBackups: body['backups'] === true,
          priceList,
        }),
        ...(hasOwnAddress(body['public_net']) ? [addressCost(object, server)] : []),
      ];
    case 'hcloud_primary_ip':
    case 'hcloud_floating_ip':
      return body['type'] === 'ipv4' && resource.type === 'hcloud_primary_ip'
        ? [addressCost(object, server)]
        : [{ object, kind: 'IPv4 address', basis: `type ${textOf(body['type'])}`, euros: undefined }];
    case 'hcloud_volume': {
      const size = body['size'];
      const isKnown = typeof size === 'number';
      const euros = isKnown ? size * otherPrices.volumeGigabyte : undefined;
      return [{ object, kind: 'volume', basis: isKnown ? `${size} GB` : 'unknown size', euros }];
    }
    case 'hcloud_load_balancer': {
      const type = textOf(body['load_balancer_type']);
      return [{ object, kind: 'load balancer', basis: type, euros: otherPrices.loadBalancers[type] }];
    }
    default:
      return [];
  }
}

/** The facts that decide the price of a server. */
export interface PricedServer {
  readonly object: string;
  readonly server: string;
  readonly type: string;
  readonly location: string;
  readonly hasBackups: boolean;
  /** @default the price list for new orders */
  readonly priceList: string | undefined;
}

/**
 * The costs of a server and its backups, without its IP addresses. The percentage that Hetzner adds for backups
 * is in no price list here, so the cost of the backups is unknown.
 */
export function serverCosts({
  object,
  server,
  type,
  location,
  hasBackups,
  priceList = newestPriceList,
}: PricedServer): CostItem[] {
  const euros = isPricedLocation(location) ? serverTypes[type]?.prices[priceList] : undefined;
  const own: CostItem = {
    ...{ object, kind: 'server', euros, server },
    basis: `${type} in ${location}, price list of ${priceList}`,
  };
  return hasBackups
    ? [own, { object, kind: 'backups', basis: 'surcharge on the server', euros: undefined, server }]
    : [own];
}

/**
 * The cost of an IPv4 address.
 *
 * @param server the name of the server that has the address. For a Primary IP, this is the name of the address
 */
export function addressCost(object: string, server: string): CostItem {
  return {
    object,
    kind: 'IPv4 address',
    basis: 'primary IPv4 address',
    euros: otherPrices.ipv4Address,
    server,
  };
}

/**
 * Whether Hetzner creates an IPv4 address for a server: by default it does, unless the server names an existing
 * address or disables IPv4.
 */
function hasOwnAddress(networks: Json | undefined): boolean {
  const [network] = Array.isArray(networks) ? (networks as readonly Json[]) : [networks];
  if (typeof network !== 'object' || network === null) return true;
  const { ipv4, ipv4_enabled: isEnabled } = network as { readonly [key: string]: Json | undefined };
  return isEnabled !== false && ipv4 === undefined;
}

/** The value of an argument. Empty for a Terraform expression, whose value is unknown here. */
function textOf(value: Json | undefined): string {
  return typeof value === 'string' && !value.includes('${') ? value : 'unknown';
}
