import { fetchPatiently, type RetryOptions } from '../http/fetch-patiently';
import { isLoopback } from '../http/loopback';
import { RequestError } from '../http/request-error';
import { type AuthenticationChallenge, parseChallenges } from './challenge';
import type { RegistryCredentials } from './credentials';
import type { RegistryRepository } from './repository';

/**
 * The `Authorization` header that answers a registry's challenges. A bearer token is preferred to a password, because
 * Gitea offers both.
 *
 * @returns undefined if the registry needs credentials and there are none
 */
export async function authorize(
  repository: RegistryRepository,
  header: string,
  credentials: RegistryCredentials | undefined,
  options: RetryOptions,
): Promise<string | undefined> {
  const challenges = parseChallenges(header);
  const bearer = challenges.find(({ scheme }) => scheme === 'bearer');
  if (bearer !== undefined) return `Bearer ${await fetchToken(repository, bearer, credentials, options)}`;
  const isBasic = challenges.some(({ scheme }) => scheme === 'basic');
  return isBasic && credentials !== undefined ? basic(credentials) : undefined;
}

function basic(credentials: RegistryCredentials): string | undefined {
  if (!('user' in credentials)) return undefined;
  return `Basic ${Buffer.from(`${credentials.user}:${credentials.password}`).toString('base64')}`;
}

/** Docker's token protocol: https://distribution.github.io/distribution/spec/auth/token/ and …/oauth/ */
async function fetchToken(
  repository: RegistryRepository,
  { parameters }: AuthenticationChallenge,
  credentials: RegistryCredentials | undefined,
  options: RetryOptions,
): Promise<string> {
  const url = tokenServer(repository, parameters['realm'] ?? '');
  const scope = parameters['scope'] ?? `repository:${repository.name}:pull`;
  const { service } = parameters;
  const query = new URLSearchParams({ ...(service !== undefined && { service }), scope });
  const response = await fetchPatiently(...tokenRequest(url, query, credentials), options);
  if (response.status === 401 || response.status === 403 || response.status === 400)
    throw new RequestError(
      'unauthorized',
      credentials === undefined
        ? `${url.host} issues no token without a login (${response.status})`
        : `${url.host} refuses the credentials (${response.status})`,
    );
  const answer = (response.ok ? await response.json().catch(() => null) : null) as Record<
    string,
    unknown
  > | null;
  const token = answer?.['token'] ?? answer?.['access_token'];
  if (typeof token === 'string' && token !== '') return token;
  throw new RequestError('invalid', `${url.host} issued no token (${response.status})`);
}

/** Only HTTPS: a password must not be sent to a token server over plain HTTP. */
function tokenServer({ origin }: RegistryRepository, realm: string): URL {
  const url = URL.canParse(realm) ? new URL(realm) : undefined;
  if (url?.protocol === 'https:' || (url?.protocol === 'http:' && isLoopback(url.hostname))) return url;
  throw new RequestError(
    'invalid',
    `${new URL(origin).host} names a token server that is not an https:// address`,
  );
}

function tokenRequest(
  url: URL,
  query: URLSearchParams,
  credentials: RegistryCredentials | undefined,
): [string, RequestInit] {
  if (credentials !== undefined && 'identityToken' in credentials) {
    const form = new URLSearchParams(query);
    form.set('grant_type', 'refresh_token');
    form.set('refresh_token', credentials.identityToken);
    form.set('client_id', 'honeydue');
    return [url.href, { method: 'POST', body: form }];
  }
  const asked = new URL(url);
  for (const [name, value] of query) asked.searchParams.set(name, value);
  const authorization = credentials && basic(credentials);
  return [asked.href, authorization === undefined ? {} : { headers: { authorization } }];
}
