import type { Json, KubernetesObject } from '../../documents/kubernetes';
import { describeObject } from '../../kubernetes/objects/object-key';
import { parseCidr } from './address-set';
import { fieldsOf, InvalidManifest, itemsOf, requireString } from './fields';
import { isProtocol, type Protocol } from './ports';
import { readSelector, type Selector } from './selector';

/** The selectors of a peer. */
export interface PodSelection {
  /** Absent if the peer has only pods of the namespace of the policy. */
  readonly namespaces: Selector | undefined;
  readonly pods: Selector;
}

export interface IpBlock {
  readonly cidr: string;
  readonly except: readonly string[];
}

/** A port number, a port range, every port of a protocol, or a port name, which each pod resolves to its own port. */
export interface PolicyPort {
  readonly protocol: Protocol;
  readonly port: number | string | undefined;
  readonly endPort: number | undefined;
}

/** One entry of `ingress` or `egress`. */
export interface PolicyRule {
  /** Path in the policy, such as `spec.egress[0]`. */
  readonly path: string;
  /** Whether the rule allows every peer, because it has no `from` or `to`. */
  readonly isForAll: boolean;
  readonly selections: readonly PodSelection[];
  readonly blocks: readonly IpBlock[];
  /** Empty if the rule allows every port. */
  readonly ports: readonly PolicyPort[];
}

export interface Policy {
  /** Name in messages: `NetworkPolicy shop/allow-dns`. */
  readonly name: string;
  readonly namespace: string;
  /** The pods that the policy isolates, in its namespace. */
  readonly subject: Selector;
  /** Absent if the policy does not isolate ingress. Empty if it isolates ingress and allows nothing. */
  readonly ingress: readonly PolicyRule[] | undefined;
  readonly egress: readonly PolicyRule[] | undefined;
}

/** Whether an object is a Kubernetes NetworkPolicy. Calico and other controllers have kinds with the same name. */
export function isPolicy({ apiVersion, kind }: KubernetesObject): boolean {
  return kind === 'NetworkPolicy' && apiVersion === 'networking.k8s.io/v1';
}

/**
 * Reads a NetworkPolicy. Without `policyTypes`, a policy isolates ingress. It also isolates egress if it has at least
 * one egress rule; an empty list (`egress: []`) does not isolate egress.
 *
 * @throws naming the policy and the path, for a policy that the API server would refuse
 * @see https://kubernetes.io/docs/concepts/services-networking/network-policies/
 * @see https://github.com/kubernetes/kubernetes/blob/v1.34.0/pkg/apis/networking/v1/defaults.go
 */
export function readPolicy(object: KubernetesObject): Policy {
  const name = describeObject(object);
  const place = `${name}: spec`;
  const spec = fieldsOf(object['spec'], place);
  const egress = itemsOf(spec['egress'], `${place}.egress`);
  const listed = itemsOf(spec['policyTypes'], `${place}.policyTypes`).map((type) =>
    requireString(type, place),
  );
  const types = listed.length > 0 ? listed : egress.length > 0 ? ['Ingress', 'Egress'] : ['Ingress'];
  const rules = (direction: 'ingress' | 'egress', peers: 'from' | 'to'): PolicyRule[] =>
    itemsOf(spec[direction], `${place}.${direction}`).map((rule, index) =>
      readRule(rule, peers, name, `spec.${direction}[${index}]`),
    );
  return {
    name,
    namespace: object.metadata.namespace ?? 'default',
    subject: readSelector(spec['podSelector'], `${place}.podSelector`),
    ingress: types.includes('Ingress') ? rules('ingress', 'from') : undefined,
    egress: types.includes('Egress') ? rules('egress', 'to') : undefined,
  };
}

function readRule(json: Json, peersField: 'from' | 'to', policy: string, path: string): PolicyRule {
  const place = `${policy}: ${path}`;
  const rule = fieldsOf(json, place);
  const peers = itemsOf(rule[peersField], `${place}.${peersField}`).map((peer, index) => {
    const at = `${place}.${peersField}[${index}]`;
    return { fields: fieldsOf(peer, at), at };
  });
  const ports = itemsOf(rule['ports'], `${place}.ports`);
  const isSelection = ({ fields }: (typeof peers)[number]): boolean =>
    isPresent(fields['podSelector']) || isPresent(fields['namespaceSelector']);
  return {
    path,
    isForAll: peers.length === 0,
    selections: peers.filter(isSelection).map(({ fields, at }) => ({
      namespaces: isPresent(fields['namespaceSelector'])
        ? readSelector(fields['namespaceSelector'], `${at}.namespaceSelector`)
        : undefined,
      pods: readSelector(fields['podSelector'], `${at}.podSelector`),
    })),
    blocks: peers
      .filter((peer) => !isSelection(peer) && isPresent(peer.fields['ipBlock']))
      .map(({ fields, at }) => readBlock(fields['ipBlock'], `${at}.ipBlock`)),
    ports: ports.map((port, index) => readPort(port, `${place}.ports[${index}]`)),
  };
}

function readBlock(json: Json | undefined, place: string): IpBlock {
  const block = fieldsOf(json, place);
  const except = itemsOf(block['except'], `${place}.except`);
  return {
    cidr: readCidr(block['cidr'], `${place}.cidr`),
    except: except.map((cidr, index) => readCidr(cidr, `${place}.except[${index}]`)),
  };
}

function readCidr(json: Json | undefined, place: string): string {
  const text = requireString(json, place);
  if (!text.includes('/') || parseCidr(text) === undefined) {
    throw new InvalidManifest(`${place} is ${JSON.stringify(text)}, not a CIDR such as 10.0.0.0/8`);
  }
  return text;
}

function readPort(json: Json, place: string): PolicyPort {
  const { protocol: written, port, endPort } = fieldsOf(json, place);
  const protocol = isPresent(written) ? requireString(written, `${place}.protocol`) : 'TCP';
  if (!isProtocol(protocol))
    throw new InvalidManifest(`${place}.protocol is ${JSON.stringify(protocol)}, not TCP, UDP or SCTP`);
  if (isPresent(port) && typeof port !== 'string' && !isPortNumber(port)) {
    throw new InvalidManifest(`${place}.port is ${JSON.stringify(port)}, not a port number or port name`);
  }
  if (isPresent(endPort) && !(isPortNumber(endPort) && isPortNumber(port) && endPort >= port)) {
    throw new InvalidManifest(
      `${place}.endPort is ${JSON.stringify(endPort)}, not a port number that is at least as high as port`,
    );
  }
  return { protocol, port: port ?? undefined, endPort: endPort ?? undefined };
}

function isPresent<T>(value: T): value is NonNullable<T> {
  return value !== undefined && value !== null;
}

function isPortNumber(json: Json | undefined): json is number {
  return typeof json === 'number' && Number.isInteger(json) && json >= 1 && json <= 65535;
}
