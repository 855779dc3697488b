/**
 * Tells a caller's own server that a job has ended. Requests go only to public addresses, and to hosts that the operator
 * named: a daemon must not be made to talk to its neighbours (server-side request forgery).
 */
package dev.cantora.daemon.webhook;
