-- Say where the replay stands, and hear what was asked of it since.
--
-- KEYS[1]  vigil:{all}:replay:lease     A string that expires: who holds the clock.
-- KEYS[2]  vigil:{all}:replay           A hash: the clock.
-- KEYS[3]  vigil:{all}:replay:requests  A sorted set: requests by their number.
-- ARGV[1]  who says it (string)
-- ARGV[2]  how long the lease lasts without a word, in milliseconds; 0 to give it up (integer)
-- ARGV[3]  number of the last request that is in what is said (integer)
-- ARGV[4]  how many requests are kept, so that one sent again is known (integer)
-- ARGV[5]  and on: field, value
--
-- Returns  the requests that came after ARGV[3], the first first, each followed by its number;
--          nil when another has taken the clock. Idempotent. State and the number of the request
--          that led to it are written together: a request is done once, whoever dies when.

if redis.call('HGET', KEYS[2], 'holder') ~= ARGV[1] then
  return false
end
if tonumber(ARGV[2]) > 0 then
  redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
elseif redis.call('GET', KEYS[1]) == ARGV[1] then
  redis.call('DEL', KEYS[1])
end
local now = redis.call('TIME')
redis.call('HSET', KEYS[2], 'applied', ARGV[3], 'updated-at', string.format('%d.%06d', now[1], now[2]))
redis.call('HSET', KEYS[2], unpack(ARGV, 5))
redis.call('ZREMRANGEBYRANK', KEYS[3], 0, -1 - tonumber(ARGV[4]))
return redis.call('ZRANGEBYSCORE', KEYS[3], '(' .. ARGV[3], '+inf', 'WITHSCORES')
