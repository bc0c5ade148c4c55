import { registryRepository } from '../../../lib/operations/registry/repository';

const hub = 'https://registry-1.docker.io';

test.each([
  ['redis', hub, 'library/redis'],
  ['victoriametrics/vmagent', hub, 'victoriametrics/vmagent'],
  ['docker.io/redis', hub, 'library/redis'],
  ['docker.io/library/redis', hub, 'library/redis'],
  ['index.docker.io/a/b', hub, 'a/b'],
  ['gitea.example.com/admin/api', 'https://gitea.example.com', 'admin/api'],
  ['registry:5000/api', 'https://registry:5000', 'api'],
  ['localhost/api', 'http://localhost', 'api'],
  ['127.0.0.1:5000/a/b/c', 'http://127.0.0.1:5000', 'a/b/c'],
])('%s is at %s', (repository, origin, name) => {
  expect(registryRepository(repository)).toMatchObject({ origin, name });
});
