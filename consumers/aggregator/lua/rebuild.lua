-- Mark the store as being rebuilt, say how far that is, or that it is done.
--
-- KEYS[1]  vigil:{all}:rebuild  A hash: token, state ("running", "stopped", "done") and more.
-- KEYS[2]  vigil:{all}:version  A string: counts up with every change; the dashboard polls it.
-- ARGV[1]  token of the rebuild that speaks (string)
-- ARGV[2]  1 to take over from whoever was rebuilding, else 0 (integer)
-- ARGV[3]  and on: field, value
--
-- Returns  1 when written, 0 when another rebuild has taken over. Idempotent, but that a state
--          told for the first time moves the version, so that who polls it looks again.

local owner = redis.call('HGET', KEYS[1], 'token')
if owner ~= ARGV[1] and tonumber(ARGV[2]) == 0 then
  return 0
end
local state = redis.call('HGET', KEYS[1], 'state')
redis.call('HSET', KEYS[1], unpack(ARGV, 3))
if redis.call('HGET', KEYS[1], 'state') ~= state then
  -- A store that was emptied starts at the clock: it never tells a number again that was seen.
  if redis.call('EXISTS', KEYS[2]) == 0 then
    local now = redis.call('TIME')
    redis.call('SET', KEYS[2], string.format('%d%06d', now[1], now[2]))
  end
  redis.call('INCR', KEYS[2])
end
return 1
