-- Take one revision of an article into the article's record, a last-writer-wins register.
--
-- KEYS[1]  vigil:{ARTICLE}:record
--            A hash. order: of the revision that counts, the greatest ever given.
--            slots: every slot any revision spoke of, sorted, joined by spaces.
--            body: the ClaimSet of the revision that counts, "" where it makes no claim.
-- ARGV[1]  order of this revision (string, compared byte by byte)
-- ARGV[2]  its slots, sorted, joined by spaces (string, may be empty)
-- ARGV[3]  its body (string, may be empty)
--
-- Returns  an empty list when the record now is exactly what was given, else the record:
--          {order, slots, body}. Idempotent: given twice, the second time changes nothing.

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

local function union(a, b)
  local seen, all = {}, {}
  for name in string.gmatch(a .. ' ' .. b, '%S+') do
    if not seen[name] then
      seen[name] = true
      all[#all + 1] = name
    end
  end
  table.sort(all, before)
  return table.concat(all, ' ')
end

local stored = redis.call('HMGET', KEYS[1], 'order', 'slots', 'body')
local order, slots, body = stored[1], stored[2], stored[3]

if not order then
  redis.call('HSET', KEYS[1], 'order', ARGV[1], 'slots', ARGV[2], 'body', ARGV[3])
  return {}
end

if order == ARGV[1] and slots == ARGV[2] then
  return {}
end

local all = slots
if slots ~= ARGV[2] then
  all = union(slots, ARGV[2])
  if all ~= slots then
    redis.call('HSET', KEYS[1], 'slots', all)
  end
end

if before(order, ARGV[1]) then
  order, body = ARGV[1], ARGV[3]
  redis.call('HSET', KEYS[1], 'order', order, 'body', body)
end

return {order, all, body}
