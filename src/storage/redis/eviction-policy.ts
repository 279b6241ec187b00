import type { Cluster, Redis } from 'ioredis';
import { fieldOf, infoOf, mastersOf, refused } from './redis-info.ts';

/**
 * What Redis does when it is full, by its `maxmemory-policy`; of a cluster what each master does. Managed servers often
 * forbid CONFIG and have it in INFO, or the other way round; undefined where neither tells. Rejects when the connection
 * is lost.
 */
export async function evictionPolicies(redis: Redis | Cluster): Promise<(string | undefined)[]> {
  const policies = await Promise.all(mastersOf(redis).map(policyOf));
  return [...new Set(policies)];
}

async function policyOf(node: Redis): Promise<string | undefined> {
  const policy = fieldOf(await infoOf(node, 'memory'), 'maxmemory_policy');
  if (policy !== undefined) return policy;
  const answer = await node.config('GET', 'maxmemory-policy').catch(refused);
  return Array.isArray(answer) ? answer[1] : undefined;
}
