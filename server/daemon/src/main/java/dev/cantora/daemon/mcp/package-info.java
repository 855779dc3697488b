/**
 * The Model Context Protocol over Streamable HTTP, for agents: stateless, one JSON-RPC message a request, answered as JSON.
 * Written by hand because Helidon's extension needs a later Helidon and the Java SDK's server brings Reactor and another
 * version of the schema validator for what is a switch over five methods; the SDK's client drives it in a test.
 */
package dev.cantora.daemon.mcp;
