import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Answer } from '../../support/stand-ins/bad-days';
import { act } from './actions';
import { Answers, created } from './answers';
import { imageAnswer, locationAnswer, serverTypeAnswer, serverTypeNames } from './catalog';
import { type Body, creations } from './create';
import { Refusal } from './error';
import { existing, type Project, refuseSameName } from './project';
import { removals } from './remove';

/** Hetzner's API on a port of this machine, with one project behind it. */
export interface HetznerApi {
  /** For `HCLOUD_ENDPOINT`. */
  readonly endpoint: string;
  /** Every request, such as `GET /servers?page=1`. */
  readonly requests: string[];
  /** Every request that changes something, such as `POST /servers/9001/actions/poweroff`. */
  readonly writes: string[];
  /** What was asked and isn't known here: a test that meets some proves nothing. */
  readonly unknown: string[];
  close(): Promise<void>;
}

export interface HetznerApiOptions {
  /** The token that the API takes. @default any, and none */
  readonly token?: string;
  /** Bad days: asked before each request is answered. */
  readonly answer?: Answer;
}

/**
 * Answers as https://docs.hetzner.cloud/reference/cloud documents it, as far as Terraform's provider asks. Every action
 * is over at once.
 */
export async function startHetznerApi(
  project: Project,
  { token, answer: inPlace }: HetznerApiOptions = {},
): Promise<HetznerApi> {
  const [writes, unknown, requests]: [string[], string[], string[]] = [[], [], []];
  const server = createServer((request, response) => {
    const line = `${request.method} ${request.url?.replace(/^\/v1/, '')}`;
    requests.push(line);
    if (inPlace?.(request, response)) return;
    if (request.method !== 'GET') writes.push(line);
    if (token !== undefined && request.headers.authorization !== `Bearer ${token}`) {
      const error = { code: 'unauthorized', message: 'unable to authenticate', details: null };
      send(response, 401, { error });
      return;
    }
    answer(project, request)
      .then((body) => send(response, body === undefined ? 204 : request.method === 'POST' ? 201 : 200, body))
      .catch((error: unknown) => {
        if (error instanceof Refusal) {
          const { code, message } = error;
          send(response, error.status, { error: { code, message, details: null } });
          return;
        }
        unknown.push(`${line}: ${String(error)}`);
        send(response, 501, { error: { code: 'unknown_to_the_stand_in', message: line, details: null } });
      });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    endpoint: `http://127.0.0.1:${port}/v1`,
    requests,
    writes,
    unknown,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function send(response: ServerResponse, status: number, body: object | undefined): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(body === undefined ? '' : JSON.stringify(body));
}

/** The names by which an answer shows one resource of a collection. */
const singular: Readonly<Record<string, string>> = {
  servers: 'server',
  primary_ips: 'primary_ip',
  firewalls: 'firewall',
  networks: 'network',
  placement_groups: 'placement_group',
  ssh_keys: 'ssh_key',
  volumes: 'volume',
  load_balancers: 'load_balancer',
  floating_ips: 'floating_ip',
};

async function answer(project: Project, request: IncomingMessage): Promise<object | undefined> {
  const url = new URL(request.url ?? '', 'http://127.0.0.1');
  const [collection = '', id, actions, action] = url.pathname.replace(/^\/v1\//, '').split('/');
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString('utf8');
  const body = (text === '' ? {} : JSON.parse(text)) as Body;
  if (request.method === 'GET' && singular[collection] === undefined)
    return catalog(project, collection, id, url);
  const resources = resourcesOf(project, collection);
  if (request.method === 'POST' && action !== undefined && actions === 'actions')
    return act(project, collection, Number(id), action, body);
  if (request.method === 'POST' && id === undefined)
    return creations[collection]?.(project, new Answers(project), body);
  if (request.method === 'GET' && id === undefined) return listed(collection, resources, url);
  const one = existing(resources, id);
  if (request.method === 'GET') return { [singular[collection] ?? '']: one.show() };
  if (request.method === 'PUT') return { [singular[collection] ?? '']: updated(one, resources, body) };
  if (request.method === 'DELETE') {
    const hasAction = removals[collection]?.(project, Number(id)) === true;
    return hasAction ? { action: { id: project.nextId(), status: 'success', progress: 100 } } : undefined;
  }
  throw new Error('no such request');
}

interface Shown {
  readonly resource: { readonly id: number; name: string; labels: Readonly<Record<string, string>> };
  readonly show: () => object;
}

function resourcesOf(project: Project, collection: string): Map<number, Shown> {
  const answers = new Answers(project);
  const shown = <R extends Shown['resource']>(all: ReadonlyMap<number, R>, show: (one: R) => object) =>
    new Map([...all].map(([id, one]) => [id, { resource: one, show: () => show(one) }]));
  switch (collection) {
    case 'servers':
      return shown(project.servers, (one) => answers.server(one));
    case 'primary_ips':
      return shown(project.primaryIps, (one) => answers.primaryIp(one));
    case 'firewalls':
      return shown(project.firewalls, (one) => answers.firewall(one));
    case 'networks':
      return shown(project.networks, (one) => answers.network(one));
    case 'placement_groups':
      return shown(project.placementGroups, (one) => answers.placementGroup(one));
    case 'volumes':
    case 'load_balancers':
    case 'floating_ips':
      return shown(project.others.get(collection) ?? new Map(), (one) => ({ ...one, created }));
    case 'ssh_keys':
      return shown(project.sshKeys, (one) => answers.sshKey(one));
    default:
      throw new Error(`no collection ${collection}`);
  }
}

function listed(collection: string, resources: ReadonlyMap<number, Shown>, url: URL): object {
  const name = url.searchParams.get('name');
  const all = [...resources.values()].filter(({ resource }) => name === null || resource.name === name);
  const [page, size] = [Number(url.searchParams.get('page') ?? 1), pageSize(url)];
  const shown = all.slice((page - 1) * size, page * size);
  return { [collection]: shown.map(({ show }) => show()), meta: meta(all.length, page, size) };
}

/** @see https://docs.hetzner.cloud/reference/cloud#pagination 25 by default, 50 at most */
function pageSize(url: URL): number {
  return Math.min(50, Number(url.searchParams.get('per_page') ?? 25));
}

function updated({ resource, show }: Shown, resources: ReadonlyMap<number, Shown>, body: Body): object {
  const name = body['name'];
  if (typeof name === 'string' && name !== '' && name !== resource.name) {
    refuseSameName(new Map([...resources].map(([id, each]) => [id, each.resource])), name);
    resource.name = name;
  }
  if (body['labels']) resource.labels = body['labels'] as Shown['resource']['labels'];
  if (typeof body['auto_delete'] === 'boolean') Object.assign(resource, { autoDelete: body['auto_delete'] });
  return show();
}

/** What is Hetzner's own, and the same for every project. */
function catalog(project: Project, collection: string, id: string | undefined, url: URL): object {
  const name = url.searchParams.get('name');
  switch (collection) {
    case 'actions':
      return { action: { id: Number(id), status: 'success', progress: 100 } };
    case 'server_types': {
      const found = serverTypeNames().flatMap((each) =>
        name === null || each === name ? [serverTypeAnswer(each, !project.outOfStock.has(each))] : [],
      );
      return { server_types: found, meta: meta(found.length) };
    }
    case 'images': {
      const found =
        name === 'ubuntu-24.04' ? [imageAnswer(url.searchParams.get('architecture') ?? 'x86')] : [];
      return { images: found, meta: meta(found.length) };
    }
    case 'locations': {
      const found = name === null ? [] : [locationAnswer(name)];
      return { locations: found, meta: meta(found.length) };
    }
    default:
      throw new Error(`no collection ${collection}`);
  }
}

function meta(entries: number, page = 1, size = 50): object {
  const last = Math.max(1, Math.ceil(entries / size));
  const [previous, next] = [page > 1 ? page - 1 : null, page < last ? page + 1 : null];
  const pages = { page, per_page: size, previous_page: previous, next_page: next, last_page: last };
  return { pagination: { ...pages, total_entries: entries } };
}
