/**
 * Writes a comment on a pull request, or changes the one that it wrote before: the first of its own whose first line is the
 * same. One of somebody else stays theirs: they could change again what is written there.
 * GitHub and Gitea answer to the same paths. All that it needs comes by the environment, so that the token is in no list of
 * processes: API, REPOSITORY (owner/name), PULL_REQUEST, TOKEN, and COMMENT, the Markdown.
 */
const pageSize = 100;

/** As whom the forges write for a workflow. */
const self = ['github-actions[bot]', 'gitea-actions', 'forgejo-actions'];

const { API, REPOSITORY, PULL_REQUEST, TOKEN, COMMENT } = process.env;
const missing = Object.entries({ API, REPOSITORY, PULL_REQUEST, TOKEN, COMMENT }).filter(
  ([, value]) => !value,
);
if (missing.length > 0) fail(`not in the environment: ${missing.map(([name]) => name).join(', ')}`);

const comments = `/repos/${REPOSITORY}/issues`;
const [mark] = COMMENT.split('\n');
const known = await find();
if (known === undefined) await ask('POST', `${comments}/${PULL_REQUEST}/comments`, { body: COMMENT });
else if (known.body !== COMMENT) await ask('PATCH', `${comments}/comments/${known.id}`, { body: COMMENT });

/** The comment of an earlier run. Gitea gives all comments on every page. */
async function find() {
  const seen = new Set();
  for (let page = 1; ; page += 1) {
    const all = await ask('GET', `${comments}/${PULL_REQUEST}/comments?per_page=${pageSize}&page=${page}`);
    const found = all.find(
      ({ body, user }) => self.includes(user?.login) && body?.split(/\r?\n/)[0] === mark,
    );
    if (found !== undefined || all.length < pageSize || all.every(({ id }) => seen.has(id))) return found;
    for (const { id } of all) seen.add(id);
  }
}

async function ask(method, path, body) {
  const response = await fetch(`${API}${path}`, {
    method,
    headers: {
      accept: 'application/json',
      authorization: `token ${TOKEN}`,
      'content-type': 'application/json',
    },
    ...(body && { body: JSON.stringify(body) }),
  });
  if (!response.ok) fail(`${method} ${path} was answered with ${response.status}`);
  return response.json();
}

function fail(message) {
  process.stderr.write(`No comment was written: ${message}.\n`);
  process.exit(1);
}
