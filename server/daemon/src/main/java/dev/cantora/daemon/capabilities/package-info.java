/** What this daemon can do, told to clients. */
package dev.cantora.daemon.capabilities;
