/** What daemon tests share: a real daemon on a free port, an HTTP client, captured log lines. Also in the test jar. */
package dev.cantora.daemon.testing;
