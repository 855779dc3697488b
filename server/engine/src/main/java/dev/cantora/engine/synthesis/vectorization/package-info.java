/**
 * The two innermost loops, once on the Vector API and once in plain Java, behind {@link
 * dev.cantora.engine.synthesis.vectorization.SampleKernel}. SIMD lanes are successive samples, so the order in which
 * partials and noise bands are summed is the same whatever the lane count, and both implementations give the same bits.
 * Nothing outside this package may know {@code jdk.incubator.vector}; the arrangement follows Lucene's
 * {@code internal/vectorization}.
 */
package dev.cantora.engine.synthesis.vectorization;
