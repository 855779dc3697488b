/**
 * Elementary functions whose bits are the same on every machine and JVM. {@code Math.sin}, {@code Math.exp} and their
 * kin may be replaced by intrinsics that differ in the last bit; what reaches samples uses these polynomials, which
 * consist of IEEE additions, multiplications and {@code Math.fma} alone.
 */
package dev.cantora.engine.numeric;
