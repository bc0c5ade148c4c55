import { maskOrBlind, SecretMask } from '../../../lib/operations/deploy/mask';
import { answer, withApi } from '../support/api-stand-in';

const canary = 'c4n4ry+v4lue/==';
const mask = new SecretMask([
  canary,
  `{"auths":{"registry.example":{"username":"puller","password":"pw-of-puller","auth":"${Buffer.from('puller:pw-of-puller').toString('base64')}"}}}`,
]);

test.each([
  ['a value of a Secret', `connecting with ${canary} now`, 'connecting with *** now'],
  ['the same, encoded for a URL', `?p=${encodeURIComponent(canary)}&x=1`, '?p=***&x=1'],
  ['the same in base64', `is ${Buffer.from(canary).toString('base64')}`, 'is ***'],
  ['the password of a registry', 'unauthorized: pw-of-puller', 'unauthorized: ***'],
  ['a password in a URL', 'postgres://shop:hunter2@db:5432/x', 'postgres://***@db:5432/x'],
  ['a bearer token', 'Authorization: Bearer abcdefgh12345', 'Authorization: Bearer ***'],
  ['what is called a password', 'password=hunter2 user=shop', 'password=*** user=shop'],
  ['a JSON Web Token', 'got eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.sig', 'got ***'],
])('hides %s', (_, text, expected) => {
  expect(mask.hide(text)).toBe(expected);
});

test('leaves what is no secret, such as a user of a registry', () => {
  expect(mask.hide('puller pulls shop/api:2 from registry.example')).toBe(
    'puller pulls shop/api:2 from registry.example',
  );
});

test('hides every text where the Secrets can’t be read', async () => {
  const blind = await withApi(
    (_, response) => answer(response, { reason: 'Forbidden', message: 'no' }, 403),
    (client) => maskOrBlind(client, ['shop']),
  );
  expect(blind.hide(`connecting with ${canary}`)).toBe(
    "(not shown: it may contain secrets, and the Secrets of the namespace can't be read to mask them)",
  );
});
