import { parseChallenges } from '../../../lib/operations/registry/challenge';

test.each<[string, string, ReturnType<typeof parseChallenges>]>([
  [
    "Docker Hub's",
    'Bearer realm="https://auth.docker.io/token",service="registry.docker.io",scope="repository:library/redis:pull"',
    [
      {
        scheme: 'bearer',
        parameters: {
          realm: 'https://auth.docker.io/token',
          service: 'registry.docker.io',
          scope: 'repository:library/redis:pull',
        },
      },
    ],
  ],
  [
    "Gitea's two",
    'Bearer realm="https://gitea.example.com/v2/token",service="container_registry",scope="*", Basic realm="Gitea"',
    [
      {
        scheme: 'bearer',
        parameters: {
          realm: 'https://gitea.example.com/v2/token',
          service: 'container_registry',
          scope: '*',
        },
      },
      { scheme: 'basic', parameters: { realm: 'Gitea' } },
    ],
  ],
  [
    "an older Gitea's two",
    'Bearer realm="https://gitea.example.com/v2/token", Basic',
    [
      { scheme: 'bearer', parameters: { realm: 'https://gitea.example.com/v2/token' } },
      { scheme: 'basic', parameters: {} },
    ],
  ],
  [
    'two in the other order',
    'Basic , Bearer realm="a, \\"b\\"" , scope=x',
    [
      { scheme: 'basic', parameters: {} },
      { scheme: 'bearer', parameters: { realm: 'a, "b"', scope: 'x' } },
    ],
  ],
  ['none', '', []],
  ['what is no challenge', '"', []],
])('reads %s', (_, header, challenges) => {
  expect(parseChallenges(header)).toEqual(challenges);
});
