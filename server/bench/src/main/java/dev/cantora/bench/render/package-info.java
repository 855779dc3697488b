/** Renders over HTTP against a daemon in a process of its own. */
package dev.cantora.bench.render;
