/** Mixing of a jam: strips that ramp gain and pan and the click. Allocation-free. */
package dev.cantora.daemon.jam.mix;
