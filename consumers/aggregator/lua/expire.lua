-- Remove an article's record, unless something of it became known since the horizon.
--
-- KEYS[1]  vigil:{ARTICLE}:record  A hash, see register.lua.
-- ARGV[1]  the horizon: a moment (string, compared byte by byte)
--
-- Returns  1 when the record is not there any more, else 0. Idempotent. It is looked at once more
--          here, as another aggregator may have taken in a newer revision meanwhile.

-- Bytes, and not Lua's own comparison, which follows the server's locale.
local function before(a, b)
  local length = math.min(#a, #b)
  for i = 1, length do
    local x, y = string.byte(a, i), string.byte(b, i)
    if x ~= y then
      return x < y
    end
  end
  return #a < #b
end

local stored = redis.call('HMGET', KEYS[1], 'order', 'reviews')
local order, reviews = stored[1], stored[2]

if order and not before(order, ARGV[1]) then
  return 0
end
-- A review may have come before what it speaks of.
if not order and reviews then
  for moment in string.gmatch('\n' .. reviews, '\n%S+ (%S+)') do
    if not before(moment, ARGV[1]) then
      return 0
    end
  end
end
redis.call('DEL', KEYS[1])
return 1
