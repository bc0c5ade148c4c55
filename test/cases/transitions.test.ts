import { impactOf } from './manifest-case';

/** `<class> <object>: <reason>` of what impact says. */
const said = (name: string): string[] =>
  impactOf(`manifests/${name}`).map((each) => `${each.class} ${each.object}: ${each.reason}`);

describe('an apply in several steps', () => {
  test('impact-selector-follows: the Service has no endpoint until the first new pod is ready', () => {
    expect(said('impact-selector-follows')).toContainEqual(
      expect.stringMatching(
        /^cut off Service shop\/cart: .*Until the first new pod is ready \(at most 2 min 12 s\), the Service has no endpoint/,
      ),
    );
  });

  test('impact-selector-follows: the restart names the Service', () => {
    expect(said('impact-selector-follows')).toContainEqual(
      expect.stringMatching(
        /^restarts Deployment shop\/cart: .*Service shop\/cart does not reach the old pods/,
      ),
    );
  });

  test('impact-policy-follows: the old pods lose what the policy allowed', () => {
    expect(said('impact-policy-follows').filter((each) => each.startsWith('cut off'))).toEqual([
      expect.stringContaining('cart -> kube-system k8s-app=kube-dns'),
      expect.stringContaining('kube-system app.kubernetes.io/name=traefik -> cart'),
    ]);
  });
});
