/** Small documents that survive a restart, each a file of its own. What they hold is their owners' business. */
package dev.cantora.daemon.shelf;
