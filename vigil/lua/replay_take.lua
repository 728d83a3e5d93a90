-- Take the clock of the replay, unless somebody alive holds it.
--
-- KEYS[1]  vigil:{all}:replay:lease  A string that expires: who holds the clock.
-- KEYS[2]  vigil:{all}:replay        A hash: the clock. Field "holder": who may write it.
-- ARGV[1]  who asks (string)
-- ARGV[2]  how long the lease lasts without a word, in milliseconds (integer)
--
-- Returns  1 when taken, 0 when another holds it. Idempotent.

local holder = redis.call('GET', KEYS[1])
if holder and holder ~= ARGV[1] then
  return 0
end
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
redis.call('HSET', KEYS[2], 'holder', ARGV[1])
return 1
