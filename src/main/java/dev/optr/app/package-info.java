/** Arguments or environment in, exit code out: the commands, the wiring, the one catch ladder. */
@NullMarked
package dev.optr.app;

import org.jspecify.annotations.NullMarked;
