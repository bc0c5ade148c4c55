import { setTimeout as sleep } from 'node:timers/promises';
import { LiveList } from '../../../lib/operations/cluster/live-list';
import { ResourcePaths } from '../../../lib/operations/cluster/resource-paths';
import { answer, withApi } from '../support/api-stand-in';

const status = (code: number, reason: string, message: string) => ({ kind: 'Status', code, reason, message });
const listed = (name: string) => ({ metadata: { uid: `uid of ${name}`, name } });

describe('the client of the API', () => {
  test('returns what a path holds', async () => {
    const found = await withApi(
      (_, response) => answer(response, { a: 1 }),
      (client) => client.get('/api/v1/x'),
    );
    expect(found).toEqual({ a: 1 });
  });

  test('returns undefined for what does not exist', async () => {
    const found = await withApi(
      (_, response) => answer(response, status(404, 'NotFound', 'no x'), 404),
      (client) => client.get('/api/v1/x'),
    );
    expect(found).toBeUndefined();
  });

  test('throws the words of the server, with its reason and code', async () => {
    const asked = withApi(
      (_, response) => answer(response, status(403, 'Forbidden', 'x is forbidden'), 403),
      (client) => client.get('/api/v1/x'),
    );
    await expect(asked).rejects.toMatchObject({ message: 'x is forbidden', code: 403, reason: 'Forbidden' });
  });

  test('names the request where the server says nothing', async () => {
    const asked = withApi(
      (_, response) => {
        response.writeHead(502);
        response.end();
      },
      (client) => client.get('/api/v1/x'),
    );
    await expect(asked).rejects.toThrow('The API server answers 502 to GET /api/v1/x.');
  });

  test('says that the connection is lost', async () => {
    const asked = withApi(
      (request) => request.socket.destroy(),
      (client) => client.get('/api/v1/x'),
    );
    await expect(asked).rejects.toThrow(/^The connection to the API server was lost: /);
  });
});

describe('a list that is kept up to date', () => {
  test('holds what was listed, added and not deleted', async () => {
    const names = await withApi(
      ({ url }, response) => {
        if (!url?.includes('watch=1'))
          return answer(response, { metadata: { resourceVersion: '7' }, items: [listed('a'), listed('b')] });
        expect(url).toBe('/api/v1/pods?watch=1&resourceVersion=7');
        response.write(`${JSON.stringify({ type: 'ADDED', object: listed('c') })}\n`);
        response.write(`${JSON.stringify({ type: 'DELETED', object: listed('a') })}\n`);
      },
      async (client) => {
        const list = await LiveList.open(client, '/api/v1/pods');
        await sleep(100);
        list.close();
        return [...list.objects.values()].map(({ metadata }) => metadata.name);
      },
    );
    expect(names).toEqual(['b', 'c']);
  });
});

describe('the path of an object', () => {
  const discovery = {
    resources: [
      { name: 'deployments/status', kind: 'Deployment', namespaced: true },
      { name: 'deployments', kind: 'Deployment', namespaced: true },
    ],
  };
  const pathOf = (kind: string) =>
    withApi(
      (_, response) => answer(response, discovery),
      (client) =>
        new ResourcePaths(client).of({
          apiVersion: 'apps/v1',
          kind,
          metadata: { name: 'api', namespace: 'shop' },
        }),
    );

  test('is what discovery states', async () => {
    expect(await pathOf('Deployment')).toBe('/apis/apps/v1/namespaces/shop/deployments/api');
  });

  test('is undefined for a kind that is not served', async () => {
    expect(await pathOf('Gadget')).toBeUndefined();
  });
});
