import { Ruleset, type RulesetRules } from '@cdktf/provider-cloudflare/lib/ruleset';
import { Construct } from 'constructs';
import type { CloudflareConfig } from '../config/schema/schema';
import { isUnresolved } from '../config/schema/unresolved';
import type { Model } from '../model/model';
import { rulesetPhases } from '../model/ruleset-phases';
import * as kinds from './kinds';
import { expression as computed, literal, quoted } from './literal';
import type { Variables } from './variables';
import type { Zone } from './zone';

export interface RulesetsProps {
  readonly zone: Zone;
  readonly cloudflare: CloudflareConfig;
  /** The nodes' addresses. The server of `web` calls the API from these addresses on behalf of all users. */
  readonly addresses: readonly string[];
  readonly adopt: NonNullable<Model['adopt']>['rulesets'];
  readonly variables: Variables;
}

/**
 * One ruleset for each phase. It replaces all rules of the phase: an apply removes rules that were added by
 * hand. Each rule has its own `ref`, so a change of one rule affects only that rule.
 */
export class Rulesets extends Construct {
  constructor(
    scope: Construct,
    private readonly props: RulesetsProps,
  ) {
    super(scope, 'rulesets');
    this.add('customRules', 'custom rules', this.customRules());
    this.add('rateLimit', 'rate limit', [this.rateLimit()]);
    this.add('cacheRules', 'cache rules', this.cacheRules());
  }

  private add(name: keyof NonNullable<RulesetsProps['adopt']>, title: string, rules: RulesetRules[]): void {
    if (rules.length === 0) return;
    const phase = rulesetPhases[name];
    const { zone, adopt, variables } = this.props;
    const ruleset = new Ruleset(this, `cloudflare_ruleset.${phase}`, {
      zoneId: zone.zoneId,
      kind: 'zone',
      phase,
      name: title,
      rules,
    });
    const id = adopt?.[name];
    if (id === undefined) return;
    const known = variables.text(['adopt', 'rulesets', name], id, kinds.cloudflareId);
    ruleset.importFrom(`zones/${zone.statedId}/${known}`);
    // Ignored, because a change of the name forces replacement, and rulesets from the dashboard are named
    // "default".
    ruleset.lifecycle = { ignoreChanges: ['name'] };
  }

  /** The exemption is the first rule, because other custom rules can stop the evaluation. */
  private customRules(): RulesetRules[] {
    const { cloudflare, addresses } = this.props;
    return [
      {
        ref: 'nodes_unlimited',
        description:
          "The nodes' own addresses send the requests of all users of web, so they have no rate limit",
        // The rate limit itself can't exempt the nodes: on the Free plan its expression can use only the
        // path.
        expression: `ip.src in {${addresses.join(' ')}}`,
        action: 'skip',
        actionParameters: { phases: ['http_ratelimit'] },
        logging: { enabled: false },
        enabled: true,
      },
      ...cloudflare.customRules.map(({ name, description, expression, action }) => ({
        ref: name,
        description: literal(description),
        expression: literal(expression),
        action,
        enabled: true,
      })),
    ];
  }

  /**
   * The Free plan allows one rate limit, by path. It counts requests by address and data centre in periods of
   * ten seconds.
   */
  private rateLimit(): RulesetRules {
    return {
      ref: 'sign_in',
      description: 'Sign-in attempts from one address',
      expression: `http.request.uri.path in {${this.signInPaths()}}`,
      action: 'block',
      ratelimit: {
        characteristics: ['cf.colo.id', 'ip.src'],
        period: 10,
        requestsPerPeriod: this.props.cloudflare.signIn.requests,
        mitigationTimeout: 10,
      },
      enabled: true,
    };
  }

  /** The set of all sign-in paths, each prefix with each path, in Cloudflare's Rules language. */
  private signInPaths(): string {
    const { prefixes, paths } = this.props.cloudflare.signIn;
    if (!isUnresolved(paths)) {
      return prefixes
        .flatMap((prefix) => paths.map((path) => JSON.stringify(literal(prefix + path))))
        .join(' ');
    }
    const place = ['edge', 'cloudflare', 'signIn', 'paths'];
    const asked = this.props.variables.asked(place, paths.unresolved, kinds.paths);
    const all = `setproduct([${prefixes.map(quoted).join(', ')}], ${asked})`;
    return computed(`join(" ", [for path in ${all} : jsonencode(join("", path))])`);
  }

  private cacheRules(): RulesetRules[] {
    return this.props.cloudflare.cacheRules.map(({ name, description, expression, edgeSeconds }) => ({
      ref: name,
      description: literal(description),
      expression: literal(expression),
      action: 'set_cache_settings',
      actionParameters: {
        cache: true,
        edgeTtl: {
          ...(edgeSeconds === undefined
            ? { mode: 'respect_origin' }
            : { mode: 'override_origin', default: edgeSeconds }),
          // During a rollout, old pods answer 404 for new files. Caching of errors is off, because the 404
          // would remain in the cache.
          statusCodeTtl: [{ statusCodeRange: { from: 400, to: 599 }, value: -1 }],
        },
        browserTtl: { mode: 'respect_origin' },
      },
      enabled: true,
    }));
  }
}
