import { isLoopback } from '../http/loopback';

/** Where an image is in a registry. */
export interface RegistryRepository {
  /** The registry's address without a path, such as `https://registry-1.docker.io`. */
  readonly origin: string;
  /** The registry's name in ~/.docker/config.json. */
  readonly credentialsKey: string;
  /** The repository's name at the registry, such as `library/redis`. */
  readonly name: string;
}

const dockerHub = { origin: 'https://registry-1.docker.io', credentialsKey: 'https://index.docker.io/v1/' };

/**
 * Finds the registry of a repository as Docker does: the first part is a host if it has a dot or a port, or is localhost; what
 * has no host is at Docker Hub, and what has one part alone is there below `library/`. A registry on loopback speaks HTTP.
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
