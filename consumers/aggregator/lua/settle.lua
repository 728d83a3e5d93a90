-- Write what some articles say of one slot together with what follows from it, or refuse.
--
-- KEYS[1]  vigil:{SLOT}:version    A string: counts up with every change of the slot.
-- KEYS[2]  vigil:{SLOT}:claims     A hash: article id -> contribution (JSON).
-- KEYS[3]  vigil:{SLOT}:estimates  A hash: bucket -> Estimate (JSON).
-- KEYS[4]  vigil:{SLOT}:counters   A hash: bucket -> best (a plain number).
-- ARGV[1]  version the caller has read and resolved from (integer, 0 where there was none)
-- ARGV[2]  number of contributions to write (integer), of estimates to write (integer), and of
-- ARGV[3]  articles whose contribution is removed (integer), the rest being buckets to remove
-- ARGV[4]
-- ARGV[5]  and on, in this order:
--            article id, contribution        for each contribution
--            bucket, estimate, best          for each estimate
--            article id                      for each contribution to remove
--            bucket                          for each bucket to remove
--
-- Returns  the slot's new version, 0 when somebody else changed the slot first: then read and
--          resolve again. Idempotent: sent twice, the second sending is refused like any stale
--          write, and the reading that follows finds that all is done.

local expected = tonumber(ARGV[1])
local contributions = tonumber(ARGV[2])
local estimates = tonumber(ARGV[3])
local version = tonumber(redis.call('GET', KEYS[1]) or '0')

local after_contributions = 5 + 2 * contributions
local after_estimates = after_contributions + 3 * estimates
local after_removed = after_estimates + tonumber(ARGV[4])

if version ~= expected then
  return 0
end

for i = 5, after_contributions - 1, 2 do
  redis.call('HSET', KEYS[2], ARGV[i], ARGV[i + 1])
end
for i = after_contributions, after_estimates - 1, 3 do
  redis.call('HSET', KEYS[3], ARGV[i], ARGV[i + 1])
  redis.call('HSET', KEYS[4], ARGV[i], ARGV[i + 2])
end
for i = after_estimates, after_removed - 1 do
  redis.call('HDEL', KEYS[2], ARGV[i])
end
for i = after_removed, #ARGV do
  redis.call('HDEL', KEYS[3], ARGV[i])
  redis.call('HDEL', KEYS[4], ARGV[i])
end
return redis.call('INCR', KEYS[1])
