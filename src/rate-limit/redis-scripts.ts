import { NOTICE_MS, PLAN_EVERY_MS } from './schedule.ts';

/**
 * The store's rules as Lua, each run atomically by Redis and timed by Redis' own clock, so that
 * replicas with clocks apart still agree. The keys of a bucket share a hash tag: one cluster slot.
 *
 * KEYS[1] the slots, a sorted set: ticket → epoch milliseconds by which Partoo has counted it. KEYS[2] until when the
 * bucket is paused. KEYS[3] how many have arrived. KEYS[4] a sorted set: key → when a request of it last left. KEYS[5] when
 * those who look have last been planned anew.
 * ARGV[1..5] limit, key limit, window ms, travel ms, max waiting; then what each script takes. The last ARGV is the
 * time, for tests; '' means Redis' clock.
 */
const COMMON = `
local limit, key_limit, window, travel = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4])
local now = tonumber(ARGV[#ARGV])
if not now then
  local time = redis.call('TIME')
  now = time[1] * 1000 + math.floor(time[2] / 1000)
end

local function paused_until()
  return tonumber(redis.call('GET', KEYS[2]) or '0')
end

local function forget_old()
  redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now - window)
end

local function somebody_waits()
  local last = redis.call('ZRANGE', KEYS[1], -1, -1, 'WITHSCORES')
  return last[2] and tonumber(last[2]) - travel > now
end

-- A key lives until its last slot has left the window: nothing stays behind a quiet caller.
local function expire()
  local last = redis.call('ZRANGE', KEYS[1], -1, -1, 'WITHSCORES')
  if not last[2] then return end
  local ms = math.max(1, math.ceil(tonumber(last[2]) - now + window))
  redis.call('PEXPIRE', KEYS[1], ms)
  redis.call('PEXPIRE', KEYS[3], ms)
  redis.call('PEXPIRE', KEYS[4], ms)
end

-- ARGV from there on: pairs of a ticket and the ms since it was answered. Later than it was booked, too: a request that
-- was long under way may have been counted at its end.
local function settle(first)
  for i = first, #ARGV - 1, 2 do
    redis.call('ZADD', KEYS[1], 'XX', now - tonumber(ARGV[i + 1]), ARGV[i])
  end
end

local function key_of(ticket)
  return string.match(ticket, '^[^:]*:([^:]*)')
end
`;

/** schedule.ts in Lua: the same rules, the same names. */
const PLAN = `
local NOTICE, PLAN_EVERY = ${NOTICE_MS}, ${PLAN_EVERY_MS}

local function plan(newcomer)
  local last_left = {}
  local left = redis.call('ZRANGE', KEYS[4], 0, -1, 'WITHSCORES')
  for i = 1, #left, 2 do last_left[left[i]] = tonumber(left[i + 1]) end

  local ends, keys, rotation, waiting = {}, {}, {}, {}
  local paused = paused_until()
  local function key_for(ticket)
    local name = key_of(ticket)
    local key = keys[name]
    if not key then
      key = { ends = {}, queue = {}, head = 1, last_left = last_left[name] or 0, not_before = paused }
      keys[name] = key
    end
    return key
  end
  local function queue_up(slot, earliest)
    local key = key_for(slot.ticket)
    slot.earliest = earliest
    if #key.queue == 0 then table.insert(rotation, key) end
    table.insert(key.queue, slot)
    return #key.queue - 1
  end
  local slots = redis.call('ZRANGE', KEYS[1], 0, -1, 'WITHSCORES')
  for i = 1, #slots, 2 do
    local slot = { ticket = slots[i], counted_by = tonumber(slots[i + 1]) }
    if slot.counted_by - travel > now then
      queue_up(slot, math.min(slot.counted_by - travel, now + NOTICE))
    else
      local key = key_for(slot.ticket)
      table.insert(ends, slot.counted_by)
      table.insert(key.ends, slot.counted_by)
      key.last_left = math.max(key.last_left, slot.counted_by - travel)
    end
  end
  if newcomer then newcomer.behind = queue_up(newcomer, now) end

  local function free_at(taken, most)
    local last = taken[#taken - most + 1]
    return last and last + window or now
  end
  table.sort(rotation, function(a, b)
    if a.last_left ~= b.last_left then return a.last_left < b.last_left end
    return a.queue[1].ticket < b.queue[1].ticket
  end)
  while #rotation > 0 do
    local bucket_free = free_at(ends, limit)
    local place, at
    for i, key in ipairs(rotation) do
      local earliest = key.queue[key.head].earliest
      local moment = math.max(key.not_before, earliest, bucket_free, free_at(key.ends, key_limit))
      if not at or moment < at then place, at = i, moment end
    end
    local key = table.remove(rotation, place)
    local slot = key.queue[key.head]
    slot.at = at
    table.insert(waiting, slot)
    table.insert(ends, at + travel)
    table.insert(key.ends, at + travel)
    key.head = key.head + 1
    key.not_before = at
    if key.queue[key.head] then table.insert(rotation, key) end
  end
  return waiting
end

-- A place behind everybody is found without planning, and is right for a key of which as many wait as of any other.
-- Of a flood most calls take this way: planning for each of some hundreds would hold up everybody's Redis.
local function place_behind_all(name)
  local counts, longest = {}, 0
  for _, ticket in ipairs(redis.call('ZRANGEBYSCORE', KEYS[1], '(' .. (now + travel), '+inf')) do
    local key = key_of(ticket)
    counts[key] = (counts[key] or 0) + 1
    longest = math.max(longest, counts[key])
  end
  local own = counts[name] or 0
  if own < longest or key_limit < limit then return nil end
  local at = math.max(now, paused_until())
  local last = redis.call('ZRANGE', KEYS[1], -1, -1, 'WITHSCORES')
  if last[2] then at = math.max(at, tonumber(last[2]) - travel) end
  local full = redis.call('ZRANGE', KEYS[1], -limit, -limit, 'WITHSCORES')
  if full[2] then at = math.max(at, tonumber(full[2]) + window) end
  return { at = at, behind = own }
end

local function move(waiting)
  for _, slot in ipairs(waiting) do
    if slot.counted_by and slot.at + travel ~= slot.counted_by then
      redis.call('ZADD', KEYS[1], slot.at + travel, slot.ticket)
    end
  end
end

local function replan()
  if somebody_waits() then move(plan()) end
  expire()
end
`;

/**
 * ARGV[6..8]: key, max wait ms, chance; ARGV[9..11]: the channel in which replicas hear of this bucket's use ('': none),
 * above how many slots, and every how many; then what `settle` takes →
 * {1, wait ms, remaining, ticket, left of the bucket} or {0, wait ms, paused ms, '', left of the bucket}.
 */
const RESERVE = `${COMMON}${PLAN}
local name, max_wait, chance = ARGV[6], tonumber(ARGV[7]), ARGV[8]
settle(12)
forget_old()
local paused, at, taken = paused_until(), now, redis.call('ZCARD', KEYS[1])
if taken >= math.min(limit, key_limit) or paused > now or somebody_waits() then
  local newcomer, waiting = place_behind_all(name), {}
  if not newcomer then
    newcomer = { ticket = '~:' .. name }
    waiting = plan(newcomer)
  end
  at = newcomer.at
  if at - now > max_wait or (at > now and newcomer.behind >= tonumber(ARGV[5])) then
    return { 0, math.ceil(at - now), math.max(0, math.ceil(paused - now)), '', math.max(0, limit - taken) }
  end
  move(waiting)
end
local ticket = string.format('%015d:%s:%s', redis.call('INCR', KEYS[3]), name, chance)
redis.call('ZADD', KEYS[1], at + travel, ticket)
if at <= now then redis.call('ZADD', KEYS[4], now, name) end
expire()
local left = math.max(0, limit - taken - 1)
if ARGV[9] ~= '' and taken + 1 > tonumber(ARGV[10]) and (taken + 1) % tonumber(ARGV[11]) == 0 then
  -- Not "call": a user who may not publish still has limits.
  redis.pcall('PUBLISH', ARGV[9], math.max(0, left + 1 - tonumber(ARGV[11])) .. ' ' .. string.match(KEYS[1], '{(.*)}'))
end
local remaining = left
if key_limit < limit then
  local of_key = 0
  for _, other in ipairs(redis.call('ZRANGE', KEYS[1], 0, -1)) do
    if string.find(other, ':' .. name .. ':', 1, true) then of_key = of_key + 1 end
  end
  remaining = math.min(remaining, key_limit - of_key)
end
return { 1, math.ceil(at - now), math.max(0, remaining), ticket, left }
`;

/** ARGV[6]: ticket → ms until its turn, or nil for one that is not there. */
const TURN = `${COMMON}${PLAN}
local function counted_by()
  return tonumber(redis.call('ZSCORE', KEYS[1], ARGV[6]) or nil)
end
if not counted_by() then return nil end
if counted_by() - travel > now then
  -- Answers that have come since may have made room sooner.
  if now - tonumber(redis.call('GET', KEYS[5]) or '0') >= PLAN_EVERY then
    redis.call('SET', KEYS[5], now, 'PX', 2 * PLAN_EVERY)
    replan()
  end
  return math.ceil(counted_by() - travel - now)
end
local paused = paused_until()
if paused <= now then redis.call('ZADD', KEYS[4], now, key_of(ARGV[6])) end
-- A little late is within the time allowed for its way.
if paused <= now and now - (counted_by() - travel) <= travel / 4 then return 0 end
-- It leaves later than planned, now or after a pause that has come since: whoever goes a window after it must move.
redis.call('ZADD', KEYS[1], math.max(now, paused) + travel, ARGV[6])
replan()
return math.max(0, math.ceil(counted_by() - travel - now))
`;

/** ARGV[6..]: what `settle` takes. */
const SETTLE = `${COMMON}
settle(6)
expire()
`;

/** ARGV[6]: ticket. */
const RELEASE = `${COMMON}${PLAN}
redis.call('ZREM', KEYS[1], ARGV[6])
replan()
`;

/** ARGV[6]: ms. */
const PAUSE = `${COMMON}${PLAN}
local till = math.max(now + tonumber(ARGV[6]), paused_until())
if till <= now then return end
redis.call('SET', KEYS[2], till, 'PX', math.ceil(till - now))
replan()
`;

/** ARGV[6]: key → pairs of ticket, ms until it is counted, as text. */
const SLOTS_OF = `${COMMON}
forget_old()
local found = {}
local slots = redis.call('ZRANGE', KEYS[1], 0, -1, 'WITHSCORES')
for i = 1, #slots, 2 do
  if key_of(slots[i]) == ARGV[6] then
    table.insert(found, slots[i])
    table.insert(found, tostring(tonumber(slots[i + 1]) - now))
  end
end
return found
`;

/** ARGV[6..]: pairs of ticket, ms until it is counted. */
const NOTE = `${COMMON}
for i = 6, #ARGV - 1, 2 do redis.call('ZADD', KEYS[1], now + tonumber(ARGV[i + 1]), ARGV[i]) end
forget_old()
expire()
`;

export const SCRIPTS = {
  reserve: RESERVE,
  turn: TURN,
  settle: SETTLE,
  release: RELEASE,
  pause: PAUSE,
  slotsOf: SLOTS_OF,
  note: NOTE,
} as const;
