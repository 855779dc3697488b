/** Benchmarks: JMH for the kernel, plain mains for whole renders. Absolute figures beside the machine's limit, in one run. */
package dev.cantora.bench;
