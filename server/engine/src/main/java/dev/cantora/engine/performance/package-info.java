/**
 * How it is sung: score or live events to control points (f0, level, colour and the rest) at control rate. The choir deals
 * notes out to singers; each singer's line becomes a track of points joined by straight lines, cut at the samples where
 * notes begin and end. This is the only part that runs strictly forwards in time.
 */
package dev.cantora.engine.performance;
