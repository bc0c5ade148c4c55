import { flowAssumptions } from '../flows/assumptions';

/** A trace is valid only under these assumptions. */
export const traceAssumptions: readonly string[] = [
  'Cloudflare, Hetzner, the nodes and the cluster run what the input describes, and nothing else intercepts the request.',
  'Without --client, the visitor has an address that no rule, router or middleware mentions.',
  'The request has the Host header and the usual headers of clients and Cloudflare. It has no other headers, no cookies and no body.',
  'Cloudflare evaluates the custom rules, then the rate limit, then the cache rules. Its managed rules and DDoS protection let the request pass.',
  'No redirect, transform, origin or configuration rule of Cloudflare changes the request; a trace does not read these rules.',
  'The TLS Secret that an Ingress names for a host contains the origin certificate of the Terraform configuration.',
  'A container listens only on the ports that its manifest lists. A container without listed ports listens on every port.',
  'The pods in the input run and are ready; `npx honeydue drill` shows what changes during a failure.',
  ...flowAssumptions,
];
