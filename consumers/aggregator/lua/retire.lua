-- Take slots and articles that were dropped off the lists, and tell the dashboard.
--
-- KEYS[1]  vigil:{all}:version        A string: counts up with every change.
-- KEYS[2]  vigil:{all}:changed-at     A string: when that was, ISO 8601.
-- KEYS[3]  vigil:{all}:slots          A sorted set: slots by their day.
-- KEYS[4]  vigil:{all}:slot-versions  A hash: slot -> its version that KEYS[1] has counted.
-- KEYS[5]  vigil:{all}:articles       A set: article ids.
-- KEYS[6]  vigil:{all}:feed           A sorted set: article ids by the microsecond they were seen.
-- KEYS[7]  vigil:{all}:reviewed       A set: ids of articles a person reviewed a claim of.
-- KEYS[8]  vigil:{all}:slot-changes   A sorted set: slots by the KEYS[1] of their last change.
-- ARGV[1]  now (string, ISO 8601)
-- ARGV[2]  number of slots (integer); the rest are articles
-- ARGV[3]  and on: the slots, then the ids of the articles
--
-- Returns  1 when anything was on a list, else 0. Idempotent.

local slots = tonumber(ARGV[2])
local news = 0

for i = 3, 2 + slots do
  news = news + redis.call('ZREM', KEYS[3], ARGV[i]) + redis.call('HDEL', KEYS[4], ARGV[i])
  redis.call('ZREM', KEYS[8], ARGV[i])
end
for i = 3 + slots, #ARGV do
  news = news + redis.call('SREM', KEYS[5], ARGV[i]) + redis.call('ZREM', KEYS[6], ARGV[i])
    + redis.call('SREM', KEYS[7], ARGV[i])
end

if news == 0 then
  return 0
end
-- A store that was emptied starts at the clock: it never tells a number again that was seen.
if redis.call('EXISTS', KEYS[1]) == 0 then
  local now = redis.call('TIME')
  redis.call('SET', KEYS[1], string.format('%d%06d', now[1], now[2]))
end
redis.call('INCR', KEYS[1])
redis.call('SET', KEYS[2], ARGV[1])
return 1
