import { MIN_NOTICE_MS, REPLAN_EVERY_MS } from './schedule.ts';

/**
 * The store in Lua. Redis runs each script atomically and by its own clock, so replicas whose clocks differ agree.
 *
 * KEYS, all of one bucket, with a common hash tag:
 * 1. the slots, a sorted set: ticket → epoch ms by which Partoo has counted the request
 * 2. epoch ms until which the bucket is paused
 * 3. the number of arrivals
 * 4. a sorted set: queue → epoch ms at which a request of it last left
 * 5. epoch ms of the last replanning
 *
 * ARGV[1..5]: limit, key limit, window ms, delivery allowance ms, max waiting. ARGV[6]: the tickets that settled since the last
 * command, each with how many ms ago. From ARGV[7] on: each script's own arguments. The last one is the time for tests, or ''
 * for Redis' clock.
 */
const COMMON = `
local limit, key_limit, window, allowance = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4])
local now = tonumber(ARGV[#ARGV])
if not now then
  local time = redis.call('TIME')
  now = time[1] * 1000 + math.floor(time[2] / 1000)
end

for ticket, ago in string.gmatch(ARGV[6], '(%S+) (%S+)') do redis.call('ZADD', KEYS[1], 'XX', now - ago, ticket) end

local function paused_until()
  return tonumber(redis.call('GET', KEYS[2]) or '0')
end

local function remove_old()
  redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now - window)
end

-- When the slot of this rank is counted; ranks below 0 count from the end.
local function counted_by_at(rank)
  return tonumber(redis.call('ZRANGE', KEYS[1], rank, rank, 'WITHSCORES')[2])
end

local function has_waiting()
  local last = counted_by_at(-1)
  return last and last - allowance > now
end

-- Keys live until the last slot has left the window.
local function expire()
  local last = counted_by_at(-1)
  if not last then return end
  local ms = math.max(1, math.ceil(last - now + window))
  for _, i in ipairs({ 1, 3, 4 }) do redis.call('PEXPIRE', KEYS[i], ms) end
end

local function queue_of(ticket)
  return string.match(ticket, '^[^:]*:([^:]*)')
end

local function key_of(ticket)
  return string.match(ticket, '^[^:]*:([^:.]*)')
end
`;

/** schedule.ts in Lua: the same rules and names. */
const PLAN = `
local MIN_NOTICE, REPLAN_EVERY = ${MIN_NOTICE_MS}, ${REPLAN_EVERY_MS}

-- Returns the waiting slots, each with the time at which it leaves as \`at\`.
local function plan(newcomer)
  local last_left = {}
  local left = redis.call('ZRANGE', KEYS[4], 0, -1, 'WITHSCORES')
  for i = 1, #left, 2 do last_left[left[i]] = tonumber(left[i + 1]) end

  local counted, counted_of_keys, queues, rotation, waiting = {}, {}, {}, {}, {}
  local paused = paused_until()
  local function state_of(ticket)
    local name = queue_of(ticket)
    local queue = queues[name]
    if not queue then
      local key = key_of(ticket)
      local of_key = counted_of_keys[key] or {}
      counted_of_keys[key] = of_key
      queue = { counted = of_key, slots = {}, head = 1, last_left = last_left[name] or 0, not_before = paused }
      queues[name] = queue
    end
    return queue
  end
  local function queue_up(slot, earliest)
    local queue = state_of(slot.ticket)
    slot.earliest = earliest
    if #queue.slots == 0 then table.insert(rotation, queue) end
    table.insert(queue.slots, slot)
    return #queue.slots - 1
  end
  local slots = redis.call('ZRANGE', KEYS[1], 0, -1, 'WITHSCORES')
  for i = 1, #slots, 2 do
    local slot = { ticket = slots[i], counted_by = tonumber(slots[i + 1]) }
    if slot.counted_by - allowance > now then
      queue_up(slot, math.min(slot.counted_by - allowance, now + MIN_NOTICE))
    else
      local queue = state_of(slot.ticket)
      table.insert(counted, slot.counted_by)
      table.insert(queue.counted, slot.counted_by)
      queue.last_left = math.max(queue.last_left, slot.counted_by - allowance)
    end
  end
  if newcomer then newcomer.behind = queue_up(newcomer, now) end

  local function free_at(taken, most)
    local last = taken[#taken - most + 1]
    return last and last + window or now
  end
  table.sort(rotation, function(a, b)
    if a.last_left ~= b.last_left then return a.last_left < b.last_left end
    return a.slots[1].ticket < b.slots[1].ticket
  end)
  while #rotation > 0 do
    local bucket_free = free_at(counted, limit)
    local place, at
    for i, queue in ipairs(rotation) do
      local earliest = queue.slots[queue.head].earliest
      local time = math.max(queue.not_before, earliest, bucket_free, free_at(queue.counted, key_limit))
      if not at or time < at then place, at = i, time end
    end
    local queue = table.remove(rotation, place)
    local slot = queue.slots[queue.head]
    slot.at = at
    table.insert(waiting, slot)
    table.insert(counted, at + allowance)
    table.insert(queue.counted, at + allowance)
    queue.head = queue.head + 1
    queue.not_before = at
    if queue.slots[queue.head] then table.insert(rotation, queue) end
  end
  return waiting
end

-- Finds a place behind all slots without planning, which is right for a queue with as many waiting slots as any other.
-- Planning each call of a flood, with some hundreds waiting, would block Redis.
local function place_behind_all(name)
  local counts, longest = {}, 0
  for _, ticket in ipairs(redis.call('ZRANGEBYSCORE', KEYS[1], '(' .. (now + allowance), '+inf')) do
    local queue = queue_of(ticket)
    counts[queue] = (counts[queue] or 0) + 1
    longest = math.max(longest, counts[queue])
  end
  local waiting = counts[name] or 0
  if waiting < longest or key_limit < limit then return nil end
  local last, full = counted_by_at(-1), counted_by_at(-limit)
  local at = math.max(now, paused_until(), last and last - allowance or 0, full and full + window or 0)
  return { at = at, behind = waiting }
end

local function move(waiting)
  for _, slot in ipairs(waiting) do
    if slot.counted_by and slot.at + allowance ~= slot.counted_by then
      redis.call('ZADD', KEYS[1], slot.at + allowance, slot.ticket)
    end
  end
end

local function replan()
  if has_waiting() then move(plan()) end
  expire()
end
`;

/**
 * Takes the earliest free slot.
 * ARGV[7..9]: queue, max wait ms, random suffix. ARGV[10..12]: the channel of usage announcements ('' for none), the slots in
 * use above which to announce, and the slots between two announcements.
 * Returns {1, wait ms, remaining, ticket, left of the bucket}, or {0, wait ms, paused ms, '', left of the bucket}.
 */
const RESERVE = `${COMMON}${PLAN}
local name, max_wait, suffix = ARGV[7], tonumber(ARGV[8]), ARGV[9]
remove_old()
local paused, at, taken = paused_until(), now, redis.call('ZCARD', KEYS[1])
if taken >= math.min(limit, key_limit) or paused > now or has_waiting() then
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
local ticket = string.format('%015d:%s:%s', redis.call('INCR', KEYS[3]), name, suffix)
redis.call('ZADD', KEYS[1], at + allowance, ticket)
if at <= now then redis.call('ZADD', KEYS[4], now, name) end
expire()
local left = math.max(0, limit - taken - 1)
if ARGV[10] ~= '' and taken + 1 > tonumber(ARGV[11]) and (taken + 1) % tonumber(ARGV[12]) == 0 then
  -- pcall: limits still work for a user who may not publish.
  redis.pcall('PUBLISH', ARGV[10], math.max(0, left + 1 - tonumber(ARGV[12])) .. ' ' .. string.match(KEYS[1], '{(.*)}'))
end
local remaining = left
if key_limit < limit then
  local of_key = 0
  for _, other in ipairs(redis.call('ZRANGE', KEYS[1], 0, -1)) do
    if key_of(other) == key_of(ticket) then of_key = of_key + 1 end
  end
  remaining = math.min(remaining, key_limit - of_key)
end
return { 1, math.ceil(at - now), math.max(0, remaining), ticket, left }
`;

/** ARGV[7]: ticket. Returns the ms until its slot, or nil for an unknown ticket. */
const REMAINING_WAIT = `${COMMON}${PLAN}
local function leaves_at()
  local counted_by = redis.call('ZSCORE', KEYS[1], ARGV[7])
  return counted_by and tonumber(counted_by) - allowance
end
if not leaves_at() then return nil end
if leaves_at() > now then
  -- Requests that have settled since may have made room earlier.
  if now - tonumber(redis.call('GET', KEYS[5]) or '0') >= REPLAN_EVERY then
    redis.call('SET', KEYS[5], now, 'PX', 2 * REPLAN_EVERY)
    replan()
  end
  return math.ceil(leaves_at() - now)
end
local paused = paused_until()
if paused <= now then redis.call('ZADD', KEYS[4], now, queue_of(ARGV[7])) end
-- The delivery allowance covers leaving a little late.
if paused <= now and now - leaves_at() <= allowance / 4 then return 0 end
-- It leaves later than planned, and so does every slot that was to leave a window after it.
redis.call('ZADD', KEYS[1], math.max(now, paused) + allowance, ARGV[7])
replan()
return math.max(0, math.ceil(leaves_at() - now))
`;

/** Returns nil. */
const SETTLE = `${COMMON}
expire()
`;

/** ARGV[7]: ticket. Returns nil. */
const RELEASE = `${COMMON}${PLAN}
redis.call('ZREM', KEYS[1], ARGV[7])
replan()
`;

/** ARGV[7]: ms. Returns nil. */
const PAUSE = `${COMMON}${PLAN}
local till = math.max(now + tonumber(ARGV[7]), paused_until())
if till <= now then return end
redis.call('SET', KEYS[2], till, 'PX', math.ceil(till - now))
replan()
`;

/** ARGV[7]: key. Returns ticket, ms until it is counted (as text), ticket, ms … */
const SLOTS_OF = `${COMMON}
remove_old()
local found = {}
local slots = redis.call('ZRANGE', KEYS[1], 0, -1, 'WITHSCORES')
for i = 1, #slots, 2 do
  if key_of(slots[i]) == ARGV[7] then
    table.insert(found, slots[i])
    table.insert(found, tostring(tonumber(slots[i + 1]) - now))
  end
end
return found
`;

/** ARGV[7..]: ticket, ms until it is counted, ticket, ms … Returns nil. */
const IMPORT_SLOTS = `${COMMON}
for i = 7, #ARGV - 1, 2 do redis.call('ZADD', KEYS[1], now + tonumber(ARGV[i + 1]), ARGV[i]) end
remove_old()
expire()
`;

export const SCRIPTS = {
  reserve: RESERVE,
  remainingWait: REMAINING_WAIT,
  settle: SETTLE,
  release: RELEASE,
  pause: PAUSE,
  slotsOf: SLOTS_OF,
  importSlots: IMPORT_SLOTS,
} as const;
