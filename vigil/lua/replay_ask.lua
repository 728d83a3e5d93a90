-- Ask something of the replay: put a request behind all others.
--
-- KEYS[1]  vigil:{all}:replay:lease     A string that expires: who holds the clock.
-- KEYS[2]  vigil:{all}:replay           A hash: the clock. Field "asked": number of the last request.
-- KEYS[3]  vigil:{all}:replay:requests  A sorted set: requests by their number.
-- ARGV[1]  the request, with a token of its own (string)
-- ARGV[2]  what it asks (string)
--
-- Returns  the request's number, or 0 where no replay is alive to do it. Such a one can be stopped
--          all the same: pages then go back to the present. Idempotent.

local known = redis.call('ZSCORE', KEYS[3], ARGV[1])
if known then
  return tonumber(known)
end
if redis.call('EXISTS', KEYS[1]) == 0 then
  if ARGV[2] == 'stop' and redis.call('HEXISTS', KEYS[2], 'state') == 1 then
    redis.call('HSET', KEYS[2], 'state', 'stopped')
  end
  return 0
end
local number = redis.call('HINCRBY', KEYS[2], 'asked', 1)
redis.call('ZADD', KEYS[3], number, ARGV[1])
return number
