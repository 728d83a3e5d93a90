-- Say how far along each partition the store has come, or refuse where it misses what lies before.
--
-- KEYS[1]  vigil:{all}:bookmarks  A hash: partition -> the offset before which the store has all.
--            Field "servers": which servers that was said of.
-- KEYS[2]  vigil:{all}:missing    A hash: partition -> the offset up to which the store once was
--            and has to come again. Not there while nothing is missing.
-- KEYS[3]  vigil:{all}:rebuild    A hash, see rebuild.lua.
-- KEYS[4]  vigil:{all}:version    A string: counts up with every change; the dashboard polls it.
-- ARGV[1]  now (string, ISO 8601)
-- ARGV[2]  which servers the store stands on (string, empty where there is one alone)
-- ARGV[3]  token of the rebuild that speaks (string, empty: an aggregator)
-- ARGV[4]  which process, of which history of replication, everything was written to (string)
-- ARGV[5]  the topics there are, each with its id (string, between spaces)
-- ARGV[6]  and on: partition, start, end, begin for each partition: all from start to end is
--          written now, and nothing there is before begin
--
-- Returns  which process this is, of which history of replication. Nothing else, and nothing was
--          said, where that is not what was written to: it may lack what the other acknowledged.
--          Then for each partition two integers. First: -2 while a rebuild of somebody else is under way
--          and nothing was said; -1 where the store has nothing and the partition must be read from
--          its beginning; an offset before `start` where the store has all up to there only; else
--          the offset before which it has all. Second: up to where it was once, 0 where that is
--          no further. Idempotent.

local OWN = 'aggregators'
local servers = redis.call('HGET', KEYS[1], 'servers')
local state = redis.call('HMGET', KEYS[3], 'token', 'state', 'read')
local process = redis.call('INFO', 'server'):match('run_id:(%w+)') or ''
local history = redis.call('INFO', 'replication'):match('master_replid:(%w+)') or ''
local replies = {process .. '-' .. history}

if ARGV[4] ~= replies[1] then
  return replies
end

if ARGV[3] == '' and state[2] == 'running' and state[1] ~= OWN then
  for i = 6, #ARGV, 4 do
    replies[#replies + 1] = -2
    replies[#replies + 1] = 0
  end
  return replies
end

-- Of servers that did not come through together nobody knows what each of them lost. Of a topic that
-- is no more nobody could ever bring it again.
if servers and servers ~= ARGV[2] then
  for _, name in ipairs(redis.call('HKEYS', KEYS[1])) do
    local was = name ~= 'servers' and tonumber(redis.call('HGET', KEYS[1], name))
    local topic = name:match('^(.*)%[') or ''
    local there = (' ' .. ARGV[5] .. ' '):find(' ' .. topic .. ' ', 1, true)
    if was and there and was > tonumber(redis.call('HGET', KEYS[2], name) or '0') then
      redis.call('HSET', KEYS[2], name, was)
    end
  end
  redis.call('DEL', KEYS[1])
end
if servers ~= ARGV[2] then
  redis.call('HSET', KEYS[1], 'servers', ARGV[2])
end

for i = 6, #ARGV, 4 do
  local name, start, finish = ARGV[i], tonumber(ARGV[i + 1]), tonumber(ARGV[i + 2])
  local here = tonumber(redis.call('HGET', KEYS[1], name) or '-1')
  local once = tonumber(redis.call('HGET', KEYS[2], name) or '0')
  -- Before its beginning the partition holds nothing that could be missing.
  if here >= start or start <= tonumber(ARGV[i + 3]) then
    if finish > here then
      redis.call('HSET', KEYS[1], name, finish)
      here = finish
    end
    if once > 0 and here >= once then
      redis.call('HDEL', KEYS[2], name)
      once = 0
    end
  elseif finish > once then
    redis.call('HSET', KEYS[2], name, finish)
    once = finish
  end
  replies[#replies + 1] = here
  replies[#replies + 1] = once
end

-- While anything is missing, whoever reads is told as of a rebuild.
local missing = 0
for _, once in ipairs(redis.call('HVALS', KEYS[2])) do
  missing = missing + tonumber(once)
end
local before = state[2]
local ours = state[1] == OWN
if missing > 0 and (ours or not before or before == 'done') then
  local has = 0
  for _, name in ipairs(redis.call('HKEYS', KEYS[2])) do
    has = has + tonumber(redis.call('HGET', KEYS[1], name) or '0')
  end
  if before ~= 'running' then
    redis.call('HSET', KEYS[3], 'token', OWN, 'state', 'running', 'started-at', ARGV[1])
  end
  redis.call('HSET', KEYS[3], 'updated-at', ARGV[1], 'read', has, 'total', missing)
elseif missing == 0 and ours and before == 'running' then
  redis.call('HSET', KEYS[3], 'state', 'done', 'updated-at', ARGV[1])
else
  return replies
end
if redis.call('HGET', KEYS[3], 'state') ~= before then
  -- A store that went back goes on at the clock: it never tells a number again that was seen.
  local now = redis.call('TIME')
  local clock = string.format('%d%06d', now[1], now[2])
  if tonumber(redis.call('GET', KEYS[4]) or '0') < tonumber(clock) then
    redis.call('SET', KEYS[4], clock)
  end
  redis.call('INCR', KEYS[4])
end
return replies
