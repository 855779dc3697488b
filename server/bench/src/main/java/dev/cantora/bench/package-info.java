/**
 * Benchmarks: {@link dev.cantora.bench.BenchMain} has one subcommand per benchmark, each in a package of its own. Absolute
 * figures beside the machine's limit or the reference's, in one run. Speed is measured here and nowhere else: no test
 * depends on it.
 */
package dev.cantora.bench;
