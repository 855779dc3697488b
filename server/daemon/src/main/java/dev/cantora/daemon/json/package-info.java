/**
 * JSON in and out. Reading is strict (encoding, duplicates, depth, numbers) because bodies come from strangers; bounds of
 * fields are checked against the schemas of the API description, nowhere else.
 */
package dev.cantora.daemon.json;
