/**
 * Where renders are kept. {@link dev.cantora.daemon.bank.Bank} is what the rest of the daemon sees; the folder bank is its
 * default tenant, and whatever else will hold renders one day passes the same tests.
 *
 * <p>A render is saved by a {@link dev.cantora.daemon.bank.Draft}: budget is reserved before the first byte, everything is
 * written aside and synced, and one rename makes the render visible whole. Nobody can see half of one, not even after the
 * process was killed.
 *
 * <p>No HTTP and no synthesis here: callers decide who may see what.
 */
package dev.cantora.daemon.bank;
