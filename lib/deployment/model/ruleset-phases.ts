/**
 * The Cloudflare phases whose rulesets Terraform manages, by their keys in `adopt.rulesets`.
 *
 * @see https://developers.cloudflare.com/ruleset-engine/reference/phases-list/
 */
export const rulesetPhases = {
  customRules: 'http_request_firewall_custom',
  rateLimit: 'http_ratelimit',
  cacheRules: 'http_request_cache_settings',
} as const;
