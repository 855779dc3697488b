/** JMH benchmarks of the innermost loops, for every width of SIMD and for plain Java, beside what the machine could do. */
package dev.cantora.bench.kernel;
