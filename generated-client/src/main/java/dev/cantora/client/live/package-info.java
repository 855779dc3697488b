/** Live sessions on {@code /ws}: notes in, audio out. */
package dev.cantora.client.live;
