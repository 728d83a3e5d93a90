-- Empty one slot, so that it can be filled again.
--
-- KEYS[1]  vigil:{SLOT}:version    A string: counts up, and stays.
-- KEYS[2]  vigil:{SLOT}:claims     A hash, removed.
-- KEYS[3]  vigil:{SLOT}:estimates  A hash, removed.
-- KEYS[4]  vigil:{SLOT}:counters   A hash, removed.
-- ARGV[1]  not given: which slot it is, is all there is to say.
--
-- Returns  the slot's new version. The version is never taken back: a writer that read the slot
--          before it was emptied must be refused by settle.lua, and not find its number again
--          on other content. Sent twice, the slot is as empty and its version one higher.

redis.call('DEL', KEYS[2], KEYS[3], KEYS[4])
return redis.call('INCR', KEYS[1])
