/**
 * The daemon as one node of many, over NATS JetStream: nothing distributed is home-made. Only {@link
 * dev.cantora.daemon.cluster.ClusterNode} is known outside, and only to the composition root; a daemon without
 * CANTORA_CLUSTER loads no class of this package.
 *
 * <p>What JetStream holds, all names beginning with {@code cantora}: {@code renders} (key-value: what is stored, by id),
 * {@code audio} (object store: WAV files and documents), {@code budget} (key-value: the account), {@code nodes} (key-value:
 * who is alive). Every change is a compare-and-set on a revision; nothing relies on clocks of nodes agreeing beyond seconds.
 */
package dev.cantora.daemon.cluster;
