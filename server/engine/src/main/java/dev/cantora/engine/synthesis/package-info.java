/** Control curves to samples. The only package whose arrays are reused, and the only one that knows the Vector API. */
package dev.cantora.engine.synthesis;
