import { isLoopback } from '../http/loopback';

/** The address of an image repository. */
export interface RegistryRepository {
  /** The URL of the registry without a path, such as `https://registry-1.docker.io`. */
  readonly origin: string;
  /** The registry's name in ~/.docker/config.json. */
  readonly credentialsKey: string;
  /** The repository's name in the registry, such as `library/redis`. */
  readonly name: string;
}

const dockerHub = { origin: 'https://registry-1.docker.io', credentialsKey: 'https://index.docker.io/v1/' };

/**
 * Finds the registry of a repository by Docker's rules. The first part of the name is a host if it has a dot or a port,
 * or is localhost. Without a host, the registry is Docker Hub; there, a name with only one part is below `library/`. A
 * registry on a loopback address is called over HTTP.
 */
export function registryRepository(repository: string): RegistryRepository {
  const [first = '', ...rest] = repository.split('/');
  const isHost = rest.length > 0 && (/[.:]/.test(first) || first === 'localhost');
  if (!isHost || /^(?:index\.|registry-1\.)?docker\.io$/.test(first)) {
    const name = isHost ? rest.join('/') : repository;
    return { ...dockerHub, name: name.includes('/') ? name : `library/${name}` };
  }
  const scheme = isLoopback(first.replace(/:\d+$/, '')) ? 'http' : 'https';
  return { origin: `${scheme}://${first}`, credentialsKey: first, name: rest.join('/') };
}
