import { distinct, flag, listSchema, resolvable, strictObject, text, whole, word } from './primitives';

/** The id of a zone, a record or a ruleset. */
export const cloudflareIdSchema = text('a Cloudflare id: 32 hexadecimal digits', (value) =>
  /^[0-9a-f]{32}$/.test(value),
);

/**
 * The maximum number of rules in a phase on the Free plan.
 *
 * @see https://developers.cloudflare.com/waf/custom-rules/#availability and cache/how-to/cache-rules/#availability
 */
export const freePlan = { customRules: 5, cacheRules: 10 } as const;

const expression = text(
  'an expression of the Rules language whose quotes and brackets are closed',
  (value) => value.trim() !== '' && isClosed(value),
);

/** Whether all brackets outside of quotes are closed. */
function isClosed(expression: string): boolean {
  const bare = expression.replaceAll(/"(?:[^"\\]|\\.)*"/g, '');
  let inner = bare.replaceAll(/[^(){}[\]"]/g, '');
  for (let before = ''; before !== inner; ) {
    before = inner;
    inner = inner.replaceAll(/\(\)|\{\}|\[\]/g, '');
  }
  return inner === '';
}

const hsts = strictObject({
  maxAgeSeconds: whole(0, 63_072_000, ' seconds (two years)'),
  includeSubdomains: flag.exactOptional(),
  preload: flag.exactOptional(),
});

const signIn = strictObject({
  prefixes: distinct(
    listSchema(text('a path that begins and ends with "/"', (value) => /^\/([\w-]+\/)*$/.test(value))).min(
      1,
      'is empty, so no request would be counted; add a prefix, such as /',
    ),
  ),
  paths: resolvable(
    distinct(
      listSchema(
        text(
          'a path without a leading slash, which is appended to the prefixes, such as auth/login/',
          (value) => /^[\w.~-]+(\/[\w.~-]+)*\/?$/.test(value),
        ),
      ).min(1, 'is empty, so no request would be counted; add a path'),
    ),
  ),
  requests: whole(1, 1000, ' requests in ten seconds'),
});

const ruleName = text('a permanent name: a-z, 0-9 and "_"', (value) => /^[a-z][a-z0-9_]*$/.test(value));

const customRule = strictObject({
  name: ruleName,
  description: text('what the rule is for'),
  expression,
  action: word('block', 'managed_challenge', 'js_challenge'),
});

const cacheRule = strictObject({
  name: ruleName,
  description: text('what the rule is for'),
  expression,
  edgeSeconds: whole(1, 31_536_000, ' seconds').exactOptional(),
});

/**
 * The object identifier of EC keys (1.2.840.10045.2.1) in DER, as the request contains it. Cloudflare refuses
 * a request whose key type differs from the declared type.
 */
const ecKey = Buffer.from('06072a8648ce3d0201', 'hex');

function isRequestOfEcKey(text: string): boolean {
  const body =
    /^-----BEGIN CERTIFICATE REQUEST-----\n([\w+/=\n]+)\n-----END CERTIFICATE REQUEST-----\n?$/.exec(
      text,
    )?.[1];
  return body !== undefined && Buffer.from(body, 'base64').includes(ecKey);
}

/** The Cloudflare resources that Terraform manages. */
export const cloudflare = strictObject({
  zoneId: resolvable(cloudflareIdSchema),
  certificateRequest: resolvable(
    text('a certificate signing request in PEM, with an EC key, as the command prints it', isRequestOfEcKey),
  ),
  hsts,
  signIn,
  customRules: listSchema(customRule),
  cacheRules: listSchema(cacheRule),
});
