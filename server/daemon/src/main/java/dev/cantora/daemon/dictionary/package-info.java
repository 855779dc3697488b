/** Each principal's own pronunciations: kept in the store folder, used wherever that principal's words are sung. */
package dev.cantora.daemon.dictionary;
