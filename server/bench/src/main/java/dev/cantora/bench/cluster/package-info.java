/** Many daemons over three NATS servers: how throughput grows with nodes, and what is lost when some are killed. */
package dev.cantora.bench.cluster;
