/**
 * Whole scores on all cores. A render is cut into chunks of time; one thread at a time writes the control points of the next
 * chunk for all singers (the only sequential part), then sings it while other threads do the same with the chunks after
 * it; finished chunks go to the sink in order. Every chunk sums its singers in the same order, so the bits do not depend
 * on the number of threads or on what runs beside. Memory is bounded by the chunks in flight.
 */
package dev.cantora.engine.rendering;
