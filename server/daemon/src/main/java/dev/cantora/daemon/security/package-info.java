/**
 * Who is asking and whether they may: keys and principals, client addresses behind proxies, rate limits, origins. Knows
 * no routes. Keys are kept as hashes only and never logged.
 */
package dev.cantora.daemon.security;
