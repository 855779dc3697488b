/** The engine alone: whole scores to samples. */
package dev.cantora.bench.engine;
