import { flowAssumptions } from '../flows/assumptions';

/** A trace is valid only under these assumptions. */
export const traceAssumptions: readonly string[] = [
  'Cloudflare, Hetzner, the nodes and the cluster run what the documents say, and nothing else is in the way.',
  'A visitor whose address is not stated has one that no rule, router or middleware names.',
  'The request has a Host header and the headers that every client and Cloudflare send, no other headers, no cookies and no body.',
  'Cloudflare evaluates the custom rules, then the rate limit, then the cache rules; its managed rules and DDoS protection let the request pass.',
  'No redirect, transform, origin or configuration rule of Cloudflare changes the request; a trace does not read these rules.',
  'The TLS Secret that an Ingress names for a host holds the origin certificate of the Terraform configuration.',
  'A container listens on the ports that it lists, and only on them; one that lists none listens on any.',
  'Pods that the documents describe run and are ready: `npx honeydue drill` shows what a failure takes away.',
  ...flowAssumptions,
];
