/**
 * A second, naive simulation that shares nothing with the drill's: single pods on single nodes, every order of events, no
 * symmetry, and other pods that are really there. What it comes to is possible, so that no guarantee may say otherwise.
 */

export interface SmallCluster {
  /** Cores of each node. */
  readonly nodes: readonly number[];
  readonly replicas: number;
  /** Cores that each pod requests. */
  readonly cpu: number;
  readonly strategy: 'Recreate' | { readonly surge: number; readonly unavailable: number };
  readonly rule:
    | { readonly kind: 'none' }
    | { readonly kind: 'anti-affinity'; readonly perRevision: boolean }
    | {
        readonly kind: 'spread';
        readonly maxSkew: number;
        readonly honorsTaints: boolean;
        readonly perRevision: boolean;
      };
  /** So many must stay ready; undefined without a budget. */
  readonly desired: number | undefined;
  /** Cores of each pod of another workload, which may be anywhere. */
  readonly others: readonly number[];
}

/** The worst that the naive simulation came to. */
export interface Worst {
  ready: number;
  running: number;
  /** Somewhere it ended with fewer ready pods than it should have. */
  staysShort: boolean;
  /** Somewhere what was begun (a drain, a rollout) did not end. */
  staysOpen: boolean;
}

type Phase = 'pending' | 'starting' | 'ready' | 'ending';

interface Pod {
  readonly node: number;
  readonly revision: 'old' | 'new' | 'other';
  readonly cpu: number;
  readonly phase: Phase;
}

interface State {
  readonly pods: readonly Pod[];
  /** Cordoned or lost: the scheduler puts nothing there. */
  readonly tainted: number | undefined;
  /** Cut off: what is there runs on unseen, and nothing there changes any more. */
  readonly lost: number | undefined;
}

const keyOf = ({ pods, tainted, lost }: State) =>
  `${pods
    .map((pod) => `${pod.node}${pod.revision}${pod.cpu}${pod.phase}`)
    .sort()
    .join()}|${tainted}|${lost}`;

const replaced = (state: State, index: number, change: Partial<Pod> | 'gone'): State => ({
  ...state,
  pods: state.pods.flatMap((pod, each) =>
    each !== index ? [pod] : change === 'gone' ? [] : [{ ...pod, ...change }],
  ),
});

const isOwn = ({ revision }: Pod) => revision !== 'other';
const isLive = ({ phase }: Pod) => phase !== 'ending';

/** Where the scheduler may put a pending pod. */
function nodesFor(cluster: SmallCluster, { pods, tainted }: State, pod: Pod): number[] {
  const { rule, nodes } = cluster;
  const placed = pods.filter(({ phase }) => phase !== 'pending');
  return nodes.flatMap((cores, node) => {
    if (node === tainted) return [];
    const used = placed.filter((each) => each.node === node).reduce((sum, { cpu }) => sum + cpu, 0);
    if (used + pod.cpu > cores + 1e-9) return [];
    if (!isOwn(pod) || rule.kind === 'none') return [node];
    const alike = placed.filter(
      (each) => isOwn(each) && (!rule.perRevision || each.revision === pod.revision),
    );
    // What ends still keeps others away, and does not count for a spread.
    if (rule.kind === 'anti-affinity') return alike.some((each) => each.node === node) ? [] : [node];
    const domains = nodes.flatMap((_, each) => (rule.honorsTaints && each === tainted ? [] : [each]));
    const count = (of: number) => alike.filter((each) => isLive(each) && each.node === of).length;
    const least = Math.min(...domains.map(count));
    return count(node) + 1 - least <= rule.maxSkew ? [node] : [];
  });
}

/** What happens by itself: pods are put somewhere, start and end. */
function byItself(cluster: SmallCluster, state: State): State[] {
  return state.pods.flatMap((pod, index) => {
    if (pod.phase === 'pending')
      return nodesFor(cluster, state, pod).map((node) => replaced(state, index, { node, phase: 'starting' }));
    if (pod.node === state.lost) return [];
    if (pod.phase === 'starting') return [replaced(state, index, { phase: 'ready' })];
    return pod.phase === 'ending' ? [replaced(state, index, 'gone')] : [];
  });
}

const pending = (revision: Pod['revision'], cpu: number): Pod => ({
  node: -1,
  revision,
  cpu,
  phase: 'pending',
});

const available = ({ pods, lost }: State, revision?: Pod['revision']) =>
  pods.filter(
    (pod) =>
      isOwn(pod) &&
      pod.phase === 'ready' &&
      pod.node !== lost &&
      (revision === undefined || pod.revision === revision),
  ).length;

const live = ({ pods }: State, revision: Pod['revision']) =>
  pods.filter((pod) => pod.revision === revision && isLive(pod)).length;

/** What the Deployment controller does next in a rollout. */
function controller(cluster: SmallCluster, state: State): State[] {
  const { strategy, replicas, cpu } = cluster;
  const [old, made] = [live(state, 'old'), live(state, 'new')];
  const ofRevision = (revision: Pod['revision']) =>
    state.pods.flatMap((pod, index) => (pod.revision === revision && isLive(pod) ? [{ pod, index }] : []));
  const end = ({ pod, index }: { pod: Pod; index: number }) =>
    replaced(state, index, pod.phase === 'pending' ? 'gone' : { phase: 'ending' });
  const more = { ...state, pods: [...state.pods, pending('new', cpu)] };
  if (strategy === 'Recreate') {
    if (old > 0) return ofRevision('old').map(end);
    const isEnding = state.pods.some(({ revision }) => revision === 'old');
    return !isEnding && made < replicas ? [more] : [];
  }
  const { surge, unavailable } = strategy;
  const least = replicas - unavailable;
  const next: State[] = [];
  if (made < replicas && old + made < replicas + surge) next.push(more);
  const isAvailable = (pod: Pod) => pod.phase === 'ready' && pod.node !== state.lost;
  const unhealthy = ofRevision('old').filter(({ pod }) => !isAvailable(pod));
  if (old + made - least - (made - available(state, 'new')) > 0) next.push(...unhealthy.map(end));
  if (available(state) > least) {
    const first = unhealthy.length > 0 ? unhealthy : ofRevision('old');
    next.push(...first.map(end));
  }
  return next;
}

function explore(starts: readonly State[], next: (state: State) => readonly State[], limit: number) {
  const seen = new Map<string, State>();
  const queue = [...starts];
  const last: State[] = [];
  for (let state = queue.pop(); state !== undefined; state = queue.pop()) {
    if (seen.has(keyOf(state))) continue;
    seen.set(keyOf(state), state);
    if (seen.size > limit) throw new TooMany();
    const following = next(state);
    if (following.length === 0) last.push(state);
    queue.push(...following);
  }
  return { all: [...seen.values()], last };
}

/** The cluster is too large for a naive search. */
export class TooMany extends Error {}

/** Where everything may be at rest: after a first apply in any order, and after rollouts since. */
function atRest(cluster: SmallCluster, limit: number): State[] {
  const pods = [
    ...Array.from({ length: cluster.replicas }, () => pending('old', cluster.cpu)),
    ...cluster.others.map((cpu) => pending('other', cpu)),
  ];
  const start: State = { pods, tainted: undefined, lost: undefined };
  const known = new Map<string, State>();
  let fresh = explore([start], (state) => byItself(cluster, state), limit).last;
  while (fresh.length > 0) {
    for (const state of fresh) known.set(keyOf(state), state);
    fresh = rollouts(cluster, fresh, limit)
      .last.filter((state) => live(state, 'old') === 0)
      .map((state) => ({
        ...state,
        pods: state.pods.map((pod): Pod => (isOwn(pod) ? { ...pod, revision: 'old' } : pod)),
      }))
      .filter((state) => !known.has(keyOf(state)));
  }
  return [...known.values()];
}

function rollouts(cluster: SmallCluster, starts: readonly State[], limit: number) {
  return explore(starts, (state) => [...byItself(cluster, state), ...controller(cluster, state)], limit);
}

/** A node is gone, and everything on it is being deleted and made again elsewhere. */
function givenUp(state: State, node: number): State {
  const there = state.pods.filter((pod) => pod.node === node && isLive(pod) && pod.phase !== 'pending');
  return {
    pods: [
      ...state.pods.map((pod): Pod => (there.includes(pod) ? { ...pod, phase: 'ending' } : pod)),
      ...there.map(({ revision, cpu }) => pending(revision, cpu)),
    ],
    tainted: node,
    lost: node,
  };
}

/** Plays one failure through, for every node. */
export function playNaively(
  cluster: SmallCluster,
  failure: 'node-lost' | 'node-drained' | 'rollout' | 'node-lost-in-rollout',
  limit = 20_000,
): Worst {
  const rest = atRest(cluster, limit);
  const worst: Worst = { ready: cluster.replicas, running: 0, staysShort: false, staysOpen: false };
  const look = (
    { all, last }: { all: readonly State[]; last: readonly State[] },
    isOpen: (state: State) => boolean,
  ) => {
    for (const state of all) {
      worst.ready = Math.min(worst.ready, available(state));
      const runs = state.pods.filter((pod) => isOwn(pod) && pod.phase !== 'pending').length;
      worst.running = Math.max(worst.running, runs);
    }
    for (const state of last) {
      worst.staysShort ||= available(state) < cluster.replicas;
      worst.staysOpen ||= isOpen(state);
    }
  };
  const isRolling = (state: State) => live(state, 'old') > 0 || available(state, 'new') < cluster.replicas;
  if (failure === 'rollout') {
    look(rollouts(cluster, rest, limit), isRolling);
    return worst;
  }
  for (const node of cluster.nodes.keys()) {
    if (failure === 'node-lost') {
      const starts = rest.map((state) => givenUp(state, node));
      look(
        explore(starts, (state) => byItself(cluster, state), limit),
        () => false,
      );
    } else if (failure === 'node-drained') {
      const starts = rest.map((state) => ({ ...state, tainted: node }));
      const next = (state: State) => [...byItself(cluster, state), ...evictions(cluster, state, node)];
      const isHeld = (state: State) =>
        state.pods.some((pod) => pod.node === node && isOwn(pod) && isLive(pod));
      look(explore(starts, next, limit), isHeld);
    } else {
      const { all } = rollouts(cluster, rest, limit);
      // Lost and not noticed yet: the controller goes on as if what is there were well.
      for (const state of all) worst.ready = Math.min(worst.ready, available({ ...state, lost: node }));
      // Noticed, and not given up yet; and then given up.
      const noticed = all.map((state) => ({ ...state, lost: node, tainted: node }));
      const rolling = (state: State) => [...byItself(cluster, state), ...controller(cluster, state)];
      const waiting = explore(noticed, rolling, limit).all;
      for (const state of waiting) worst.ready = Math.min(worst.ready, available(state));
      look(
        rollouts(
          cluster,
          waiting.map((state) => givenUp(state, node)),
          limit,
        ),
        isRolling,
      );
    }
  }
  return worst;
}

/** What kubectl evicts next. */
function evictions({ desired = 0, cpu }: SmallCluster, state: State, node: number): State[] {
  return state.pods.flatMap((pod, index) => {
    if (pod.node !== node || !isLive(pod) || pod.phase === 'pending') return [];
    if (isOwn(pod) && available(state) <= desired) return [];
    const evicted = replaced(state, index, { phase: 'ending' });
    const next = isOwn(pod) ? pending('old', cpu) : pending('other', pod.cpu);
    return [{ ...evicted, pods: [...evicted.pods, next] }];
  });
}
