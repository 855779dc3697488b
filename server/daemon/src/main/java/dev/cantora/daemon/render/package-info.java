/**
 * A render's life: checked into an order, queued as a job, sung by the engine, encoded and filed in the bank, told to
 * whoever listens. And the routes of the bank, which are about renders too. No synthesis and no files here.
 */
package dev.cantora.daemon.render;
