/** The voices that are installed: their list, and loaded voices kept for as long as their files stay the same. */
package dev.cantora.daemon.presets;
