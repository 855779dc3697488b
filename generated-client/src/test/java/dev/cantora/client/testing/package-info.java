/** What tests of the SDK put between it and the daemon. */
package dev.cantora.client.testing;
