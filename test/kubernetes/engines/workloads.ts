import type { EngineCase } from './engine-case';

const job = `
apiVersion: batch/v1
kind: Job
metadata: { name: j, namespace: shop }
spec:
  template:
    metadata: { labels: { app: j } }
    spec: { restartPolicy: Never, containers: [{ name: a, image: x }] }
`;
const policy = (label: string) => `
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: p, namespace: shop }
spec: { podSelector: { matchLabels: { ${label} } }, policyTypes: [Ingress, Egress] }
`;
const noSelection = 'a selector of policies decides nothing that a drill looks at';

/** Workloads, the labels that controllers add, requests, nodes, capacity and placement. */
export const workloadCases: readonly EngineCase[] = [
  {
    fact: 'A policy selects pods by the labels of their template.',
    manifests: `${job}${policy('app: j')}`,
    before: job,
    answers: {
      rules: { never: ['network-policy-selects'] },
      flows: { never: ['j -> '] },
      drill: { irrelevant: noSelection },
      impact: { says: ['cut off j -> '] },
    },
  },
];
