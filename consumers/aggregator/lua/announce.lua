-- Tell the dashboard what was taken in, after the slots are written.
--
-- KEYS[1]  vigil:{all}:version        A string: counts up with every change, from the clock's microsecond.
-- KEYS[2]  vigil:{all}:changed-at     A string: when that was, ISO 8601.
-- KEYS[3]  vigil:{all}:slots          A sorted set: slots by their day.
-- KEYS[4]  vigil:{all}:slot-versions  A hash: slot -> its version that KEYS[1] has counted.
-- KEYS[5]  vigil:{all}:articles       A set: article ids.
-- KEYS[6]  vigil:{all}:feed           A sorted set: article ids by the microsecond they were seen.
-- KEYS[7]  vigil:{all}:reviewed       A set: ids of articles a person reviewed a claim of.
-- KEYS[8]  vigil:{all}:slot-changes   A sorted set: slots by the KEYS[1] of their last change.
-- ARGV[1]  now (string, ISO 8601)
-- ARGV[2]  how many articles the feed keeps (integer)
-- ARGV[3]  number of articles (integer), number of articles with reviews (integer), number of
-- ARGV[4]  articles for the feed (integer): the rest are slots
-- ARGV[5]
-- ARGV[6]  and on, in this order:
--            article id                for each article
--            article id                for each article with reviews
--            score, article id         for each article of the feed
--            slot, score, version      for each slot
--
-- Returns  1 when anything was new, else 0. Only ever raises: an id joins, a score or version
--          grows. So it may be sent twice, late and by several: the greatest stays. A slot whose
--          writer died before it could tell is told by whoever is given the same articles next.

local feed_kept = tonumber(ARGV[2])
local articles = tonumber(ARGV[3])
local reviewed = tonumber(ARGV[4])
local feed = tonumber(ARGV[5])
local after_articles = 6 + articles
local after_reviewed = after_articles + reviewed
local after_feed = after_reviewed + 2 * feed
local news = 0

for i = 6, after_articles - 1 do
  news = news + redis.call('SADD', KEYS[5], ARGV[i])
end
for i = after_articles, after_reviewed - 1 do
  news = news + redis.call('SADD', KEYS[7], ARGV[i])
end

local moved = {}
for i = after_reviewed, after_feed - 1, 2 do
  if redis.call('ZADD', KEYS[6], 'GT', 'CH', ARGV[i], ARGV[i + 1]) == 1 then
    moved[#moved + 1] = ARGV[i + 1]
  end
end
-- What falls out here has so many above it for ever: scores only grow.
redis.call('ZREMRANGEBYRANK', KEYS[6], 0, -(feed_kept + 1))
for _, article in ipairs(moved) do
  if redis.call('ZSCORE', KEYS[6], article) then
    news = news + 1
  end
end

local changed = {}
for i = after_feed, #ARGV, 3 do
  local told = tonumber(redis.call('HGET', KEYS[4], ARGV[i]) or '0')
  if told < tonumber(ARGV[i + 2]) then
    redis.call('HSET', KEYS[4], ARGV[i], ARGV[i + 2])
    redis.call('ZADD', KEYS[3], ARGV[i + 1], ARGV[i])
    changed[#changed + 1] = ARGV[i]
    news = news + 1
  end
end

if news == 0 then
  return 0
end
-- A store that was emptied starts at the clock: it never tells a number again that was seen.
if redis.call('EXISTS', KEYS[1]) == 0 then
  local now = redis.call('TIME')
  redis.call('SET', KEYS[1], string.format('%d%06d', now[1], now[2]))
end
local version = redis.call('INCR', KEYS[1])
for _, slot in ipairs(changed) do
  redis.call('ZADD', KEYS[8], version, slot)
end
redis.call('SET', KEYS[2], ARGV[1])
return 1
