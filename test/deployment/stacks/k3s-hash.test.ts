import { productionWith } from '../../support/production';

const hash = '0123456789abcdef'.repeat(4);
const scriptOf = (edit: string) =>
  productionWith(['k3s: v1.34.6+k3s1 # quick facts\n', edit]).files.find(
    ({ path }) => path === 'nodes/hetzner1.sh',
  )?.text;

describe('the pinned hash of k3s', () => {
  test('is asked for when k3s moves to a release without one', () => {
    const warningsOf = (release: string) =>
      productionWith([
        'k3s: v1.34.6+k3s1 # quick facts\n',
        `k3s: v1.34.6+k3s1\nk3sSha256:\n  ${release}: { amd64: ${hash} }\n`,
      ]).warnings;
    expect(warningsOf('v1.34.6+k3s1')).toEqual([]);
    expect(warningsOf('v1.34.5+k3s1')).toEqual([
      expect.stringMatching(
        /^k3sSha256 has no amd64 hash of v1\.34\.6\+k3s1, so [\s\S]*sha256sum-amd64\.txt \| grep ' k3s\$'$/,
      ),
    ]);
  });

  test('reaches the script of a node of that architecture', () => {
    const text = scriptOf(`k3s: v1.34.6+k3s1\nk3sSha256:\n  v1.34.6+k3s1: { amd64: ${hash} }\n`);
    expect(text).toContain(`\nk3s_sha256=${hash}\n`);
  });

  test('is none for a release or an architecture without one', () => {
    const another = scriptOf(
      `k3s: v1.34.6+k3s1\nk3sSha256:\n  v1.34.5+k3s1: { amd64: ${hash} }\n  v1.34.6+k3s1: { arm64: ${hash} }\n`,
    );
    expect(another).toContain("\nk3s_sha256='' # no checksum is set");
  });
});
