/** The command line: one class a command, over engine and SDK. Standard output is the answer, standard error the talk. */
package dev.cantora.cli;
