/** Jam sessions on {@code /ws/jam}: a band in one room. */
package dev.cantora.client.jam;
