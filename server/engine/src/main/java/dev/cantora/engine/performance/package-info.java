/** How it is sung: score or live events to control curves (f0, level, spectral and noise targets) at control rate. */
package dev.cantora.engine.performance;
