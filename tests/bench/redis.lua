-- The same for Redis: the answer to a known id, else record, event and id.
if redis.call('EXISTS', KEYS[1]) == 1 then
	return redis.call('GET', KEYS[1])
end
redis.call('SET', KEYS[2], ARGV[1])
redis.call('XADD', 'journal', '*', 'e', ARGV[1])
redis.call('SET', KEYS[1], ARGV[1])
return 'OK'
