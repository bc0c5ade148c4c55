import { spawn } from 'node:child_process';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { root } from './support/configuration';

interface Comment {
  readonly id: number;
  readonly user: { readonly login: string };
  body: string;
}

/** As much of a forge as comments need. `pageSize` undefined gives all on every page, as Gitea does. */
class Forge {
  readonly comments: Comment[] = [];
  readonly authorizations = new Set<string | undefined>();
  private readonly server: Server;

  constructor(
    private readonly login: string,
    private readonly pageSize?: number,
  ) {
    this.server = createServer((request, response) => {
      let text = '';
      request.on('data', (chunk) => {
        text += chunk;
      });
      request.on('end', () => {
        this.authorizations.add(request.headers.authorization);
        const body = text === '' ? '' : (JSON.parse(text) as { body: string }).body;
        response.end(
          JSON.stringify(this.answer(request.method ?? '', new URL(request.url ?? '', 'http://x'), body)),
        );
      });
    });
  }

  listen(): Promise<string> {
    return new Promise((resolve) => {
      this.server.listen(0, '127.0.0.1', () =>
        resolve(`http://127.0.0.1:${(this.server.address() as AddressInfo).port}`),
      );
    });
  }

  close(): void {
    this.server.close();
  }

  private answer(method: string, { pathname, searchParams }: URL, body: string): unknown {
    if (method === 'POST' && pathname === '/repos/shop/infra/issues/7/comments') {
      this.comments.push({ id: this.comments.length + 1, user: { login: this.login }, body });
      return {};
    }
    if (method === 'PATCH') {
      const comment = this.comments.find(({ id }) => pathname === `/repos/shop/infra/issues/comments/${id}`);
      if (comment !== undefined) comment.body = body;
      return {};
    }
    const size = this.pageSize ?? this.comments.length;
    const start = this.pageSize === undefined ? 0 : (Number(searchParams.get('page')) - 1) * size;
    return this.comments.slice(start, start + size);
  }
}

function comment(api: string, text: string): Promise<number | null> {
  const env = { PATH: process.env['PATH'], API: api, REPOSITORY: 'shop/infra', PULL_REQUEST: '7' };
  const child = spawn(process.execPath, [join(root, '.ci', 'comment.mjs')], {
    env: { ...env, TOKEN: 'not-a-token', COMMENT: text },
  });
  return new Promise((resolve) => child.on('close', resolve));
}

describe.each([
  ['GitHub', 'github-actions[bot]', 100],
  ['Gitea', 'gitea-actions', undefined],
])('the comment on a pull request at %s', (_, login, pageSize) => {
  test('is written once, and changed from then on, also behind many others', async () => {
    const forge = new Forge(login, pageSize);
    const user = { login: 'person' };
    for (let id = 1; id <= 250; id += 1) forge.comments.push({ id, user, body: `mark ${id} of a person` });
    const api = await forge.listen();
    try {
      expect(await comment(api, '<!-- mark -->\none')).toBe(0);
      expect(await comment(api, '<!-- mark -->\ntwo')).toBe(0);
    } finally {
      forge.close();
    }
    expect(forge.comments.slice(250)).toEqual([{ id: 251, user: { login }, body: '<!-- mark -->\ntwo' }]);
    expect([...forge.authorizations]).toEqual(['token not-a-token']);
  });

  test('is not one that another author marked', async () => {
    const forge = new Forge(login, pageSize);
    forge.comments.push({ id: 1, user: { login: 'person' }, body: '<!-- mark -->\nnothing happens' });
    const api = await forge.listen();
    try {
      expect(await comment(api, '<!-- mark -->\none')).toBe(0);
    } finally {
      forge.close();
    }
    expect(forge.comments.map(({ body }) => body)).toEqual([
      '<!-- mark -->\nnothing happens',
      '<!-- mark -->\none',
    ]);
  });
});

test('a comment that the server refuses fails the job', async () => {
  expect(await comment('http://127.0.0.1:9', '<!-- mark -->\none')).not.toBe(0);
});
