-- Take what was learned of an article, a revision or reviews or both, into the article's record:
-- a last-writer-wins register, and one for each claim that was reviewed.
--
-- KEYS[1]  vigil:{ARTICLE}:record
--            A hash. order: of the revision that counts, the greatest ever given.
--            slots: every slot any revision spoke of, sorted, joined by spaces.
--            body: the ClaimSet of the revision that counts, "" where it makes no claim.
--            reviews: the latest review of each claim, a line each, sorted; not there without any.
-- ARGV[1]  order of this revision (string, compared byte by byte; empty: none is given)
-- ARGV[2]  its slots, sorted, joined by spaces (string, may be empty)
-- ARGV[3]  its body (string, may be empty)
-- ARGV[4]  reviews: lines "CLAIM ORDER ...", one a claim, sorted, joined by line breaks (string,
--          may be empty). Of two lines of one claim the greater stands, byte by byte.
--
-- Returns  an empty list when the record now is exactly what was given, else the record:
--          {order, slots, body, reviews}. Idempotent: given twice, the second time changes nothing.

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

local function latest(a, b)
  local known, all = {}, {}
  for line, claim in string.gmatch(a .. '\n' .. b, '((%S+) [^\n]+)') do
    if not known[claim] or before(known[claim], line) then
      known[claim] = line
    end
  end
  for _, line in pairs(known) do
    all[#all + 1] = line
  end
  table.sort(all, before)
  return table.concat(all, '\n')
end

local stored = redis.call('HMGET', KEYS[1], 'order', 'slots', 'body', 'reviews')
local order, slots, body, reviews = stored[1], stored[2], stored[3], stored[4]

if ARGV[4] ~= '' and reviews ~= ARGV[4] then
  local all = reviews and latest(reviews, ARGV[4]) or ARGV[4]
  if all ~= reviews then
    redis.call('HSET', KEYS[1], 'reviews', all)
  end
  reviews = all
end
reviews = reviews or ''

if not order then
  if ARGV[1] ~= '' then
    redis.call('HSET', KEYS[1], 'order', ARGV[1], 'slots', ARGV[2], 'body', ARGV[3])
  end
  return reviews == ARGV[4] and {} or {ARGV[1], ARGV[2], ARGV[3], reviews}
end

if order == ARGV[1] and slots == ARGV[2] and reviews == ARGV[4] then
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

return {order, all, body, reviews}
