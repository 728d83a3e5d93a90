-- Take what was learned of an article, a revision or reviews or both, into the article's record:
-- a last-writer-wins register, and one for each claim that was reviewed.
--
-- KEYS[1]  vigil:{ARTICLE}:record
--            A hash. order: of the revision that counts, the greatest ever given.
--            slots: every slot any revision spoke of, sorted, joined by spaces.
--            body: the ClaimSet of the revision that counts, "" where it makes no claim.
--            reviews: the latest review of each claim, a line each, sorted; not there without any.
--            earlier: the newest of the revisions that were superseded, a line "ORDER BODY" each,
--            sorted; not there without any.
--            verdicts: the newest verdicts of each claim, a line each, sorted; not there without any.
-- ARGV[1]  order of this revision (string, compared byte by byte; empty: none is given)
-- ARGV[2]  its slots, sorted, joined by spaces (string, may be empty)
-- ARGV[3]  its body (string, may be empty)
-- ARGV[4]  reviews: lines "CLAIM ORDER ...", one a claim, sorted, joined by line breaks (string,
--          may be empty). Of two lines of one claim the greater stands, byte by byte.
-- ARGV[5]  earlier revisions: lines "ORDER BODY", sorted, joined by line breaks (string, may be
--          empty). Of two bodies of one order the lesser stands: its sentences were removed.
-- ARGV[6]  verdicts: lines "CLAIM MOMENT DIGEST VERDICT", sorted, joined by line breaks (string,
--          may be empty)
-- ARGV[7]  how many earlier revisions are kept (integer)
-- ARGV[8]  how many verdicts of a claim are kept (integer)
--
-- Returns  an empty list when the record now is exactly what was given, else the record: {order,
--          slots, body, reviews, earlier, verdicts}. Idempotent: given twice, the second time
--          changes nothing.

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

-- The last of a sorted list, no more than so many of them.
local function newest(all, most)
  local kept = {}
  for i = math.max(1, #all - most + 1), #all do
    kept[#kept + 1] = all[i]
  end
  return kept
end

-- All revisions of two lists of lines, and one more where it has an order, but not the one that counts.
local function superseded(a, b, lost, body, counts)
  local bodies, all = {}, {}
  local function know(order, text)
    if order == '' or order == counts then
      return
    end
    if not bodies[order] then
      all[#all + 1] = order
      bodies[order] = text
    elseif before(text, bodies[order]) then
      bodies[order] = text
    end
  end
  know(lost, body)
  for order, text in string.gmatch(a .. '\n' .. b, '(%S+ %S* %S+) ([^\n]*)') do
    know(order, text)
  end
  table.sort(all, before)
  local lines = {}
  for _, order in ipairs(newest(all, tonumber(ARGV[7]))) do
    lines[#lines + 1] = order .. ' ' .. bodies[order]
  end
  return table.concat(lines, '\n')
end

local function found(a, b)
  local known, claims, all = {}, {}, {}
  for line, claim in string.gmatch(a .. '\n' .. b, '((%S+) [^\n]+)') do
    if not claims[claim] then
      claims[claim] = {}
      all[#all + 1] = claim
    end
    if not known[line] then
      known[line] = true
      table.insert(claims[claim], line)
    end
  end
  table.sort(all, before)
  local lines = {}
  for _, claim in ipairs(all) do
    table.sort(claims[claim], before)
    for _, line in ipairs(newest(claims[claim], tonumber(ARGV[8]))) do
      lines[#lines + 1] = line
    end
  end
  return table.concat(lines, '\n')
end

-- Write a field where it changed, and return what it holds now.
local function put(field, old, new)
  if new ~= old then
    redis.call('HSET', KEYS[1], field, new)
  end
  return new
end

local stored =
  redis.call('HMGET', KEYS[1], 'order', 'slots', 'body', 'reviews', 'earlier', 'verdicts')
local order, slots, body = stored[1] or '', stored[2] or '', stored[3] or ''
local reviews, earlier, verdicts = stored[4] or '', stored[5] or '', stored[6] or ''

if order == ARGV[1] and slots == ARGV[2] and reviews == ARGV[4] and earlier == ARGV[5]
  and verdicts == ARGV[6] then
  return {}
end

if reviews ~= ARGV[4] and ARGV[4] ~= '' then
  reviews = put('reviews', reviews, latest(reviews, ARGV[4]))
end
if verdicts ~= ARGV[6] and ARGV[6] ~= '' then
  verdicts = put('verdicts', verdicts, found(verdicts, ARGV[6]))
end

if order == '' then
  if ARGV[1] ~= '' then
    redis.call('HSET', KEYS[1], 'order', ARGV[1], 'slots', ARGV[2], 'body', ARGV[3])
    earlier = put('earlier', '', ARGV[5])
  end
  if reviews == ARGV[4] and verdicts == ARGV[6] then
    return {}
  end
  return {ARGV[1], ARGV[2], ARGV[3], reviews, earlier, verdicts}
end

if slots ~= ARGV[2] then
  slots = put('slots', slots, union(slots, ARGV[2]))
end

local lost, lost_body = ARGV[1], ARGV[3]
if before(order, ARGV[1]) then
  lost, lost_body = order, body
  order, body = ARGV[1], ARGV[3]
  redis.call('HSET', KEYS[1], 'order', order, 'body', body)
end
if lost ~= order or ARGV[5] ~= '' then
  earlier = put('earlier', earlier, superseded(earlier, ARGV[5], lost, lost_body, order))
end

return {order, slots, body, reviews, earlier, verdicts}
