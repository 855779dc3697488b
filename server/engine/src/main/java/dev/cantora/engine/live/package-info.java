/**
 * Notes as they are played. A table of slots decides, in the order of calls, which slot a note gets; events wait in a queue
 * until their sample; singers turn them into control points for the same synthesiser that sings scores. A note that has
 * to yield leaves its slot with its singer and fades outside the pool.
 */
package dev.cantora.engine.live;
