/**
 * The store's rules as Lua, each run atomically by Redis and timed by Redis' own clock, so that
 * replicas with clocks apart still agree. Both keys of a bucket share a hash tag: one cluster slot.
 *
 * KEYS[1] the slots, a sorted set: ticket → epoch milliseconds. KEYS[2] until when the bucket is paused.
 * The last ARGV is the time, for tests; '' means Redis' clock.
 */
const NOW = `
local now = tonumber(ARGV[#ARGV])
if not now then
  local time = redis.call('TIME')
  now = time[1] * 1000 + math.floor(time[2] / 1000)
end
`;

/** A key lives until its last slot has left the window: nothing stays behind a quiet caller. */
const EXPIRE = `
local function expire(last, window)
  redis.call('PEXPIRE', KEYS[1], math.ceil(last - now + window))
end
`;

/** ARGV: limit, window ms, max wait ms, ticket → {1, wait ms} or {0, ms after which to try again}. */
const RESERVE = `${NOW}${EXPIRE}
local limit, window, max_wait = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now - window)
local at = math.max(now, tonumber(redis.call('GET', KEYS[2]) or '0'))
local last = redis.call('ZRANGE', KEYS[1], -1, -1, 'WITHSCORES')
if last[2] then at = math.max(at, tonumber(last[2])) end
local full = redis.call('ZRANGE', KEYS[1], -limit, -limit, 'WITHSCORES')
if full[2] then at = math.max(at, tonumber(full[2]) + window) end
if at - now > max_wait then return {0, at - now} end
redis.call('ZADD', KEYS[1], at, ARGV[4])
expire(at, window)
return {1, at - now}
`;

/** ARGV: ticket → ms until its slot, or nil for one that is not there. */
const WAIT_LEFT = `${NOW}
local at = redis.call('ZSCORE', KEYS[1], ARGV[1])
if not at then return nil end
return math.max(0, tonumber(at) - now)
`;

/** ARGV: ticket. */
const RELEASE = `return redis.call('ZREM', KEYS[1], ARGV[1])`;

/** ARGV: window ms, pause ms. Those waiting move back by the same amount, which keeps their order and distance. */
const PAUSE = `${NOW}${EXPIRE}
local window = tonumber(ARGV[1])
local till = math.max(now + tonumber(ARGV[2]), tonumber(redis.call('GET', KEYS[2]) or '0'))
redis.call('SET', KEYS[2], till, 'PX', math.max(1, math.ceil(till - now)))
local waiting = redis.call('ZRANGEBYSCORE', KEYS[1], '(' .. now, '+inf', 'WITHSCORES')
if not waiting[2] then return till end
local shift = math.max(0, till - tonumber(waiting[2]))
for i = 1, #waiting, 2 do redis.call('ZADD', KEYS[1], tonumber(waiting[i + 1]) + shift, waiting[i]) end
expire(tonumber(waiting[#waiting]) + shift, window)
return till
`;

export const SCRIPTS = { reserve: RESERVE, waitLeft: WAIT_LEFT, release: RELEASE, pause: PAUSE } as const;
